"""What every test stands on: Django only where it is needed, and the same dice every time.

The tests of the core run without Django being installed. So nothing here imports it at the top,
and it is set up only when a test outside tests/core is asked for.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
CORE_TESTS = TESTS / "core"
# A test reads or writes the database when it asks for one of these, or carries the mark.
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server"})

# A slow machine is no reason to fail, and a failure must come back on the next run.
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=1_000)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our own choices to pytest's command line."""
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run only the tests that touch the database",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set Django up with our settings, unless only tests of the core were asked for."""
    asked = [Path(config.invocation_params.dir, arg.split("::")[0]) for arg in config.args]
    if all(path.resolve().is_relative_to(CORE_TESTS) for path in asked):
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.project.settings.test")
    import django  # noqa: PLC0415 - absent when only the core is tested

    # pytest-django reads its own setting from pytest's, where it would hold for the core as well.
    django.setup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what does not touch the database, when only the rest was asked for."""
    if config.getoption("only_database"):
        others = [item for item in items if not _touches_database(item)]
        items[:] = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=others)


def _touches_database(item: pytest.Item) -> bool:
    fixtures: list[str] = getattr(item, "fixturenames", [])
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or not DATABASE_FIXTURES.isdisjoint(fixtures)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Keep the SQLite database of the tests in a file, as a real instance does.

    In memory there is no write-ahead log, and two threads share one connection: a test of two
    people who write at once would prove nothing.
    """
    from django.db import connections  # noqa: PLC0415 - absent when only the core is tested

    described = connections["default"].settings_dict
    if described["ENGINE"] == "django.db.backends.sqlite3":
        path = tmp_path_factory.mktemp("database") / "kith.sqlite3"
        described["TEST"]["NAME"] = str(path)
    else:
        # One database for each worker of pytest-xdist.
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    yield
    connections.close_all()


@pytest.fixture(autouse=True)
def acts_may_be_taken_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the database forget acts when a test ends that really writes: it refuses everybody else.

    Forgetting ends with what a migrate ends with, so the next test finds them guarded again.
    """
    marker = request.node.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    is_real = is_marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)
    if is_real:
        # So that this ends before that does, which forgets.
        request.getfixturevalue("transactional_db")
    yield
    if is_real:
        from kith.web.acts import actions  # noqa: PLC0415 - absent when only the core is tested

        actions.unguard()


@pytest.fixture(autouse=True)
def numbers_are_the_defaults(request: pytest.FixtureRequest) -> None:
    """Begin with the numbers of the evidence, asked of no database until a test changes one.

    A process looks at them again once a second: a question more, in whichever test that falls.
    """
    if not request.node.path.is_relative_to(CORE_TESTS):
        from kith.web.kit import parameters  # noqa: PLC0415 - absent when only the core is tested

        parameters.begin_with_defaults()


@pytest.fixture(autouse=True)
def nobody_is_remembered(request: pytest.FixtureRequest) -> None:
    """Forget who may be rung, which a process keeps, so that no test rings people of another."""
    if not request.node.path.is_relative_to(CORE_TESTS):
        from kith.web.reach.bridge import shelf  # noqa: PLC0415 - absent when only the core is tested
        from kith.web.reach.views import answering  # noqa: PLC0415

        shelf.forget()
        answering.forget()
