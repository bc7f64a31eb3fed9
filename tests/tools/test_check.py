"""What `./kith test` runs for each of its choices."""

import pytest
from tools.check import chosen, lint_steps, marks, suites_of
from tools.suites import Suites


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "not browser and not calibration"),
        (["--quick"], "not browser and not calibration and not slow"),
        (["--all"], "not browser"),
        (["-k", "clock"], "not browser and not calibration"),
    ],
)
def test_choice_decides_which_tests_run(arguments, expected):
    assert marks(chosen(arguments)) == expected


def test_quick_and_all_together_are_refused(capsys):
    with pytest.raises(SystemExit):
        chosen(["--quick", "--all"])

    assert "not allowed with" in capsys.readouterr().err


def test_steps_have_names_of_their_own():
    names = [step.name for step in lint_steps()]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("is_quick", "expected"),
    [
        (True, ["tests on SQLite", "everybody at every door", "the core without Django"]),
        (
            False,
            [
                "tests in a browser",
                "tests on PostgreSQL",
                "tests on SQLite",
                "everybody at every door",
                "the core without Django",
            ],
        ),
    ],
)
def test_every_suite_is_run(is_quick, expected, tmp_path):
    suites = Suites(
        python=tmp_path, marks="", only="", is_measured=False, is_thorough=False, folder=tmp_path, say=print
    )  # fmt: skip

    assert [step.name for step in suites_of(suites, is_quick=is_quick)] == expected
