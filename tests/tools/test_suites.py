"""What pytest is asked for in each of its runs, and how its answers are read."""

import os

import pytest
from tools.steps import ROOT, Result
from tools.suites import Suites

from tools import suites

RECORDS = 'echo "$@" >> "$COVERAGE_FILE.asked"'


@pytest.fixture
def suite(program, tmp_path):
    """Make suites whose Python is a program that notes what it was asked and says `answer`."""

    def make(answer: str = "3 passed in 0.1s", status: int = 0, **choices) -> Suites:
        python = program("python", f'{RECORDS}\necho "{answer}"\nexit {status}')
        given = {
            "marks": "not browser",
            "only": "",
            "is_measured": False,
            "is_thorough": False,
            "say": print,
        }
        return Suites(python=python, folder=tmp_path, **{**given, **choices})

    return make


def asked(made: Suites) -> list[str]:
    """Return the command lines that the Python of `made` got."""
    return (made.folder / ".coverage.asked").read_text().splitlines()


def test_suites_on_sqlite_are_all_but_the_core(suite):
    made = suite()

    made.on_sqlite().work()
    made.at_the_doors().work()

    pytest_ = "-m pytest -q --color=no -p no:cacheprovider"
    assert asked(made) == [
        f"{pytest_} tests --ignore=tests/core --ignore=tests/doors -m not browser",
        f"{pytest_} tests/doors -m not browser",
    ]


def test_suite_counts_are_the_remark(suite):
    made = suite(answer="....\n3 passed, 2 deselected in 0.1s")

    ended = made.on_sqlite().work()

    assert [ended.is_ok, ended.remark] == [True, "3 passed, 2 deselected in 0.1s"]
    assert made.passed == ["tests --ignore=tests/core --ignore=tests/doors -m not browser"]


def test_suite_that_fails_is_not_among_those_that_passed(suite):
    made = suite(answer="1 failed, 2 passed in 0.1s", status=1)

    ended = made.on_sqlite().work()

    assert [ended.is_ok, ended.remark] == [False, "1 failed, 2 passed in 0.1s"]
    assert made.passed == []


def test_suite_without_a_match_is_well_only_when_names_were_asked_for(suite):
    named = suite(answer="no tests ran in 0.1s", status=5, only="nothing_like_it")
    unnamed = suite(answer="no tests ran in 0.1s", status=5)

    assert named.on_sqlite().work() == Result(is_ok=True, remark="no test matches")
    assert not unnamed.on_sqlite().work().is_ok
    assert named.passed == []


def test_suite_hands_on_names_and_thoroughness(suite):
    made = suite(only="clock", is_thorough=True)

    made.on_sqlite().work()

    assert asked(made)[0].endswith("-m not browser -k clock --hypothesis-profile=thorough")


def test_measured_suite_runs_under_coverage(suite):
    made = suite(is_measured=True)

    made.on_sqlite().work()

    assert asked(made)[0].startswith("-m coverage run -m pytest ")


# ---- the browser ----------------------------------------------------------------------------------
@pytest.fixture
def chromium(program, monkeypatch):
    path = program("chromium", "exit 0")
    monkeypatch.setenv("KITH_CHROMIUM", str(path))
    return path


def test_suite_in_the_browser_hands_on_the_browser_it_found(suite, chromium, program):
    made = suite()
    program("python", 'echo "1 passed in 0.1s"; echo "$KITH_CHROMIUM" > "$COVERAGE_FILE.browser"')

    made.in_browser().work()

    assert (made.folder / ".coverage.browser").read_text() == f"{chromium}\n"


def test_browser_test_that_was_skipped_is_a_failure(suite, chromium):
    made = suite(answer="5 passed, 1 skipped in 2.0s")

    ended = made.in_browser().work()

    assert [ended.is_ok, ended.remark] == [False, "a browser test was skipped"]


def test_suite_in_the_browser_without_one_says_what_to_install(suite, only_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    ended = suite().in_browser().work()

    assert not ended.is_ok
    assert "apt-get install --no-install-recommends chromium" in ended.output


# ---- coverage -------------------------------------------------------------------------------------
def test_coverage_is_not_measured_when_a_suite_failed(suite):
    made = suite(is_measured=True)

    ended = made.coverage(2).work()

    assert ended == Result(is_ok=False, output="Not measured, because tests failed.")


def test_coverage_says_the_total_and_holds_the_core_and_the_doors_to_every_line(suite):
    made = suite(answer="TOTAL   1200   12   400   8   97%", is_measured=True)

    ended = made.coverage(0).work()

    assert [ended.is_ok, ended.remark] == [True, "97%"]
    assert asked(made) == [
        f"-m coverage combine --quiet {made.folder}",
        "-m coverage report",
        "-m coverage report --fail-under=99"
        " --include=src/kith/core/*,src/kith/web/*/access.py,src/kith/web/*/access/*"
        f" --omit={suites._COMPILED},{suites._OF_STUDIES}",
        f"-m coverage report --fail-under=96 --include={suites._OF_STUDIES}",
    ]


def test_coverage_that_is_too_low_fails(suite):
    made = suite(answer="TOTAL   1200   900   400   8   20%", status=2, is_measured=True)

    assert not made.coverage(0).work().is_ok


def test_every_line_means_every_app_and_the_whole_core():
    included = [*suites._EVERY_LINE.split(","), *suites._OF_STUDIES.split(",")]

    assert [bool(list(ROOT.glob(pattern))) for pattern in included] == [True] * 9
