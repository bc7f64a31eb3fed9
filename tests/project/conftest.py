"""What every test of a command begins with: nothing remembered of another database."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    from tests.web.gatherings.making import forget_everything  # noqa: PLC0415 - needs Django

    forget_everything()


@pytest.fixture
def kith():
    """Return a function that runs `kith` with arguments, and gives its result."""
    from click.testing import CliRunner  # noqa: PLC0415

    from kith.project.cli import main  # noqa: PLC0415 - needs Django

    return lambda *arguments, **more: CliRunner().invoke(main, [*map(str, arguments)], **more)
