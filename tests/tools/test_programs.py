"""Finding programs, and getting Debian's where that is allowed."""

import os

import pytest
from tools.programs import MissingProgramError, chromium, uv

from tools import programs


@pytest.fixture
def as_root_on_debian(only_path, tmp_path, monkeypatch):
    mark = tmp_path / "debian_version"
    mark.touch()
    monkeypatch.setattr(programs, "DEBIAN_MARK", mark)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.fixture
def as_anybody(only_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_chromium_is_found_under_any_of_its_names(program, only_path):
    path = program("google-chrome", "exit 0")

    assert chromium(print) == path


def test_chromium_that_was_named_is_the_only_one_tried(program, only_path, monkeypatch):
    program("chromium", "exit 0")
    named = program("my-browser", "exit 0")
    monkeypatch.setenv("KITH_CHROMIUM", str(named))

    assert chromium(print) == named


def test_program_of_that_name_that_does_not_run_is_none(program, as_anybody):
    program("chromium", "exit 1")

    with pytest.raises(MissingProgramError, match="chromium was not found"):
        chromium(print)


def test_chromium_is_installed_when_there_is_none_and_we_may(program, only_path, as_root_on_debian):
    said: list[str] = []
    source = program("fresh", "exit 0")
    program("apt-get", f"/bin/cp {source} {only_path}/chromium")

    found = chromium(said.append)

    assert found == only_path / "chromium"
    assert said == ["installing Debian's chromium (once)"]


def test_lists_of_packages_are_renewed_when_they_are_stale(program, only_path, as_root_on_debian):
    source = program("fresh", "exit 0")
    program(
        "apt-get",
        f"""if [ "$1" = update ]; then : > {only_path}/lists; exit 0; fi
        [ -e {only_path}/lists ] || exit 100
        /bin/cp {source} {only_path}/chromium""",
    )

    assert chromium(print) == only_path / "chromium"


def test_package_that_cannot_be_had_says_what_apt_said(program, as_root_on_debian):
    program("apt-get", "echo 'E: no such package' >&2; exit 100")

    with pytest.raises(MissingProgramError, match="E: no such package"):
        chromium(print)


def test_package_that_installs_and_does_not_run_says_so(program, as_root_on_debian):
    program("apt-get", "exit 0")

    with pytest.raises(MissingProgramError, match="is installed and does not run"):
        chromium(print)


def test_uv_on_the_path_is_used(program, only_path):
    path = program("uv", "exit 0")

    assert uv() == path


def test_uv_beside_the_launcher_is_used_next(only_path, tmp_path, monkeypatch):
    own = tmp_path / ".uv" / "bin" / "uv"
    own.parent.mkdir(parents=True)
    own.touch()
    monkeypatch.setattr(programs, "ROOT", tmp_path)

    assert uv() == own


def test_uv_that_is_gone_says_how_to_get_it_back(only_path, tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "ROOT", tmp_path)

    with pytest.raises(MissingProgramError, match=r"Delete \.venv and start \./kith test again"):
        uv()
