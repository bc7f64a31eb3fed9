import json
import os
import subprocess
import sys
from hashlib import sha256

import pytest
from click.testing import CliRunner

from kith.core.study import read, read_lock, templates
from kith.lab.study import commitment, study


def run(*words):
    return CliRunner().invoke(study, [str(word) for word in words])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "circles.toml"
    assert run("new", "circles", path).exit_code == 0
    text = path.read_text("utf-8")
    for key in ("contact", "ethics"):
        text = text.replace(f'\n{key} = ""', f'\n{key} = "Mara"', 1)
    path.write_text(text, "utf-8")
    return path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_templates_are_listed_with_their_questions():
    told = run("new")

    assert [line.split()[0] for line in told.output.splitlines()] == list(templates())
    assert all(line.endswith("?") for line in told.output.splitlines())


def test_a_new_study_never_takes_the_place_of_another(file):
    before = file.read_text("utf-8")

    told = run("new", "pairs", file)

    assert told.exit_code == 1
    assert "is there already, and stays as it is" in told.output
    assert file.read_text("utf-8") == before


def test_a_template_that_is_none_is_refused(tmp_path):
    told = run("new", "cats", tmp_path / "x.toml")

    assert told.exit_code == 1
    assert told.output == (
        "There is no template cats. There are: circles, pairs, prompts, reach, service, survival.\n"
    )


def test_check_says_what_is_lacking(tmp_path):
    path = tmp_path / "study.toml"
    run("new", "pairs", path)

    told = run("check", path)

    assert told.exit_code == 1
    assert "line 11, study.contact: There is no contact." in told.output


def test_check_is_content_with_a_whole_study(file):
    told = run("check", file)

    assert told.exit_code == 0
    assert told.output == f"{file} lacks nothing that kith knows of. Not locked yet.\n"


def test_check_tells_machines_too(file):
    told = run("check", file, "--json")

    assert json.loads(told.output) == {
        "file": str(file), "problems": [], "changed": [], "lock": "Not locked yet.",
    }  # fmt: skip


@pytest.mark.parametrize("command", [["check"], ["explain"], ["lock", "--by", "Mara"]])
def test_wrong_toml_is_refused_with_line_and_column(file, command):
    change(file, 'title = "', "title = ")

    told = run(*command[:1], file, *command[1:])

    assert told.exit_code == 1
    assert "line 5, column 9: This cannot be read as TOML: Invalid value." in told.output
    assert not file.with_suffix(".lock").exists()


def test_a_file_in_another_coding_is_refused(file):
    file.write_bytes("# Zoë".encode("latin-1"))

    assert run("explain", file).output == f"{file} is no UTF-8 text.\n"


def test_explain_speaks_plainly(file):
    told = run("explain", file)

    assert told.exit_code == 0
    assert told.output.startswith("The question\n  After twelve weeks, are people less lonely")


def test_lock_holds_the_plan_and_a_promise_of_the_seed(file):
    told = run("lock", file, "--by", "Mara")

    assert told.exit_code == 0
    lock = read_lock(file.with_suffix(".lock").read_text("utf-8"))
    seed = int(file.with_suffix(".seed").read_text("utf-8"))
    assert lock.by == "Mara"
    assert lock.hash in told.output
    assert lock.hash == sha256(lock.plan.encode()).hexdigest()
    assert lock.seed_commitment == commitment(seed)
    assert str(seed) not in told.output
    assert file.with_suffix(".seed").stat().st_mode & 0o777 == 0o600


def test_two_locks_have_two_seeds(file, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(file.read_text("utf-8"), "utf-8")

    run("lock", file, "--by", "Mara")
    run("lock", other, "--by", "Mara")

    assert file.with_suffix(".seed").read_text() != other.with_suffix(".seed").read_text()


def test_a_seed_that_was_promised_already_is_kept(file):
    change(file, "[randomisation]", f'[randomisation]\nseed_commitment = "{"a" * 64}"')

    run("lock", file, "--by", "Mara")

    assert read_lock(file.with_suffix(".lock").read_text("utf-8")).seed_commitment == "a" * 64
    assert not file.with_suffix(".seed").exists()


def test_what_lacks_something_is_not_locked(file):
    change(file, "people = 240", "people = 60")

    told = run("lock", file, "--by", "Mara")

    assert told.exit_code == 1
    assert "cannot be locked yet:" in told.output
    assert "By formula the power is 35%" in told.output
    assert not file.with_suffix(".lock").exists()


def test_a_study_is_locked_once(file):
    run("lock", file, "--by", "Mara")
    before = file.with_suffix(".lock").read_text("utf-8")

    told = run("lock", file, "--by", "Jo")

    assert told.exit_code == 1
    assert "A study is locked once" in told.output
    assert file.with_suffix(".lock").read_text("utf-8") == before


def test_a_comment_may_change_after_locking(file):
    run("lock", file, "--by", "Mara")
    change(file, "[study]", "# asked at the June meeting\n[study]")

    told = run("check", file)

    assert told.exit_code == 0
    assert "by Mara." in told.output


def test_a_plan_changed_after_locking_is_told_section_by_section(file):
    run("lock", file, "--by", "Mara")
    change(file, "at_week = 12", "at_week = 8")
    change(file, 'who = "Anybody', 'who = "Everybody')

    told = run("check", file)

    assert told.exit_code == 1
    assert "Since then it says something else:" in told.output
    assert "  outcomes.lonely_at_12.at_week: locked as 12, now 8\n" in told.output
    assert "  population.who: locked as " in told.output


def test_a_lock_that_was_touched_is_refused(file):
    run("lock", file, "--by", "Mara")
    change(file.with_suffix(".lock"), "Anybody", "Nobody")

    told = run("check", file)

    assert told.exit_code == 1
    assert "The lock's hash is not that of the plan in it." in told.output


def test_the_command_is_one_of_kiths():
    told = subprocess.run(
        [sys.executable, "-m", "kith", "study", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    commands = {line.split()[0] for line in told.stdout.split("Commands:\n")[1].splitlines()}
    assert {"check", "explain", "lock", "new"} <= commands


def test_help_brings_in_nothing_heavy():
    seen = "import kith.project.cli, sys; assert not {'numpy', 'pyarrow', 'pandas', 'django'} & set(sys.modules)"

    subprocess.run([sys.executable, "-c", seen], check=True, env={**os.environ})


def test_a_study_is_read_without_the_libraries_of_statistics():
    seen = "import kith.core.study, sys; assert not {'pandas', 'pyarrow', 'scipy', 'statsmodels'} & set(sys.modules)"

    subprocess.run([sys.executable, "-c", seen], check=True, env={**os.environ})


def test_what_is_locked_is_what_was_read(file):
    run("lock", file, "--by", "Mara")

    lock = read_lock(file.with_suffix(".lock").read_text("utf-8"))

    assert json.loads(lock.plan)["study"]["title"] == read(file.read_text("utf-8")).study.title
