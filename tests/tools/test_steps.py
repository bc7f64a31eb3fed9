"""Running programs and steps: what fails is told in full, and nothing is left behind."""

import time
from pathlib import Path

import pytest
from tools.steps import ROOT, Ended, Result, Step, command, line, own_environment, report, run


def ok() -> Result:
    return Result(is_ok=True)


def broken() -> Result:
    raise ZeroDivisionError("the step itself is wrong")


def is_running(pid: int) -> bool:
    """Return whether process `pid` still does anything: a zombie only waits to be forgotten."""
    try:
        described = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return described.rpartition(")")[2].split()[0] != "Z"


def is_gone_soon(pid: int) -> bool:
    """Return whether process `pid` ends within five seconds: a signal takes a moment to arrive."""
    ends = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < ends:
        time.sleep(0.01)
    return not is_running(pid)


# ---- one program --------------------------------------------------------------------------------
def test_command_says_what_the_program_said_on_either_stream():
    ended = command(["sh", "-c", "echo one; echo two >&2"])

    assert ended == Result(is_ok=True, output="one\ntwo\n")


def test_command_that_fails_keeps_its_exit_status():
    ended = command(["sh", "-c", "echo why; exit 3"])

    assert ended == Result(is_ok=False, output="why\n", remark="exit 3")


def test_command_runs_in_the_root_of_the_project():
    assert command(["pwd"]).output == f"{ROOT}\n"


def test_command_hears_nothing_from_the_keyboard():
    assert command(["cat"]).output == ""


def test_command_survives_output_that_is_not_text():
    assert command(["sh", "-c", r"printf '\377'"]).output == "\N{REPLACEMENT CHARACTER}"


def test_command_that_hangs_is_ended_with_everything_it_started():
    ended = command(["sh", "-c", "sleep 60 & echo $!; wait"], longest_s=0.3)

    child = int(ended.output.splitlines()[0])
    assert not ended.is_ok
    assert ended.output.endswith("stopped after 0.3 seconds")
    assert is_gone_soon(child)


@pytest.mark.parametrize("name", ["KITH_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS"])
def test_check_is_never_aimed_at_a_real_instance(monkeypatch, name):
    monkeypatch.setenv(name, "postgres://somebody/real")

    assert name not in own_environment()
    assert command(["printenv", name]).output == ""


def test_command_gets_what_its_step_hands_it(monkeypatch):
    monkeypatch.setenv("KITH_COUNTRY", "NZ")

    assert (
        command(["printenv", "KITH_COUNTRY"], environment={"KITH_COUNTRY": "IE"}).output == "IE\n"
    )


# ---- many steps ---------------------------------------------------------------------------------
def test_run_says_one_line_for_each_step_and_gives_every_end():
    said: list[str] = []

    ended = run([Step("one", ok), Step("two", ok)], side_by_side=2, say=said.append)

    assert sorted(one.step.name for one in ended) == ["one", "two"]
    assert sorted(text.split()[-1] for text in said) == ["one", "two"]


def test_step_that_breaks_is_one_failure_and_the_others_still_run():
    said: list[str] = []

    ended = run([Step("broken", broken), Step("sound", ok)], side_by_side=1, say=said.append)

    results = {one.step.name: one.result for one in ended}
    assert results["sound"] == Result(is_ok=True)
    assert not results["broken"].is_ok
    assert results["broken"].output.startswith("Traceback")
    assert results["broken"].output.endswith("ZeroDivisionError: the step itself is wrong\n")
    assert said[0].startswith("FAILED")
    assert said[0].endswith("broken  (the check itself broke)")


def test_run_ends_the_programs_of_other_steps_when_it_is_interrupted(tmp_path):
    note = tmp_path / "pid"

    def slow() -> Result:
        return command(["sh", "-c", f"echo $$ > {note}.new; mv {note}.new {note}; exec sleep 60"])

    def quick() -> Result:
        while not note.exists():
            time.sleep(0.01)
        return Result(is_ok=True)

    def interrupted(_text: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([Step("slow", slow), Step("quick", quick)], side_by_side=2, say=interrupted)

    assert is_gone_soon(int(note.read_text()))


# ---- what people read -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Result(is_ok=True), "ok         1.5 s  doors"),
        (Result(is_ok=True, remark="12 passed"), "ok         1.5 s  doors  (12 passed)"),
        (Result(is_ok=False, remark="exit 1"), "FAILED     1.5 s  doors  (exit 1)"),
    ],
)
def test_line_says_how_a_step_ended(result, expected):
    assert line(Ended(Step("doors", ok), result, 1.52)) == expected


def test_report_of_what_passed_is_one_line():
    said: list[str] = []

    is_well = report([Ended(Step("doors", ok), Result(is_ok=True), 1)], seconds=75, say=said.append)

    assert is_well
    assert said == ["\nAll 1 steps passed in 1 min 15 s."]


def test_report_shows_in_full_what_failed_and_names_it_at_the_end():
    said: list[str] = []
    failed = Ended(Step("doors", ok), Result(is_ok=False, output="a door is open\n"), 1)
    passed = Ended(Step("types", ok), Result(is_ok=True, output="never shown"), 1)

    is_well = report([failed, passed], seconds=9, say=said.append)

    assert not is_well
    assert said == [
        "\n==== doors ====\na door is open",
        "\n1 of 2 steps failed in 9 s: doors",
    ]
