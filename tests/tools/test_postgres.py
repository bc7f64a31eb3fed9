"""Which PostgreSQL is chosen. That it starts and stops is shown by every run of the check."""

from pathlib import Path

import pytest
from tools.postgres import NoPostgresError, find_programs, main, version

from tools import postgres


@pytest.fixture
def debian(tmp_path, only_path, monkeypatch):
    """Write installations of PostgreSQL as Debian lays them out: `debian(13, 15)`."""
    home = tmp_path / "postgresql"
    monkeypatch.setattr(postgres, "DEBIAN_HOME", home)

    def install(*versions: int, programs: tuple[str, ...] = ("initdb", "postgres")) -> list[Path]:
        folders = [home / str(number) / "bin" for number in versions]
        for number, folder in zip(versions, folders, strict=True):
            folder.mkdir(parents=True)
            for name in programs:
                path = folder / name
                path.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {number}.8 (Debian)'\n")
                path.chmod(0o755)
        return folders

    return install


def test_version_is_the_major_one(debian):
    (folder,) = debian(15)

    assert version(folder) == 15


def test_newest_is_chosen_by_number_not_by_letters(debian):
    _nine, fifteen, _fourteen = debian(9, 15, 14)

    assert find_programs() == fifteen


def test_installation_without_its_server_is_passed_over(debian):
    (complete,) = debian(14)
    debian(16, programs=("initdb",))

    assert find_programs() == complete


def test_programs_on_the_path_count_too(debian, only_path, program):
    program("initdb", "exit 0")
    program("postgres", "echo 'postgres (PostgreSQL) 17.1'")

    assert find_programs() == only_path


def test_version_that_django_does_not_work_with_is_refused(debian):
    debian(13)

    with pytest.raises(NoPostgresError, match="PostgreSQL 13 is too old: 14 or newer is needed"):
        find_programs()


def test_machine_without_postgres_is_told_how_to_get_it(debian):
    with pytest.raises(NoPostgresError, match="apt-get install --no-install-recommends postgresql"):
        find_programs()


def test_command_is_not_run_without_postgres(debian, only_path, program, capsys):
    command = program("command", f": > {only_path}/ran")

    status = main([str(command)])

    assert status == 1
    assert capsys.readouterr().err.startswith("kith: PostgreSQL's programs")
    assert not (only_path / "ran").exists()
