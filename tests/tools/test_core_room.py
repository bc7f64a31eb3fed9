"""The room without Django: what is in it, and when it is made again."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from tools.core_room import CORE_NEEDS, LOCK, TEST_NEEDS
from tools.steps import ROOT

from tools import core_room

CORE = ROOT / "src" / "kith" / "core"


def imported_by_the_core() -> Iterator[str]:
    """Yield the first part of the name of every module that the core imports."""
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.split(".")[0]


def test_room_holds_what_the_core_imports_and_no_more():
    by_module = packages_distributions()
    foreign = set(imported_by_the_core()) - set(sys.stdlib_module_names) - {"kith"}
    brought = {by_module[name][0].lower() for name in foreign}

    assert brought - {"jaxtyping", "typing_extensions"} <= set(CORE_NEEDS)


def test_room_never_holds_django():
    assert [need for need in (*CORE_NEEDS, *TEST_NEEDS) if "django" in need] == []


@pytest.mark.parametrize("need", [*CORE_NEEDS, *TEST_NEEDS])
def test_every_need_has_its_version_in_the_lock(need):
    assert f"\n{need}==" in f"\n{LOCK.read_text()}"


# ---- making it ------------------------------------------------------------------------------------
@pytest.fixture
def room(tmp_path, program, only_path, monkeypatch):
    """A place for the room, and a uv that makes it and notes what it was asked."""
    place = tmp_path / "core"
    lock = tmp_path / "lock"
    lock.write_text("numpy==2.3.0\n")
    monkeypatch.setattr(core_room, "ROOM", place)
    monkeypatch.setattr(core_room, "LOCK", lock)
    python = program("python", "exit 0")
    program(
        "uv",
        f"""echo "$1" >> {tmp_path}/asked
        /bin/mkdir -p {place}/bin && /bin/cp {python} {place}/bin/python""",
    )
    return tmp_path


def asked(room: Path) -> list[str]:
    return (room / "asked").read_text().split()


def test_room_is_made_once(room):
    results = [core_room.made(), core_room.made()]

    assert [result.is_ok for result in results] == [True, True]
    assert asked(room) == ["venv", "pip"]


def test_room_is_made_again_when_the_lock_changes(room):
    core_room.made()
    (room / "lock").write_text("numpy==2.4.0\n")
    core_room.made()

    assert asked(room) == ["venv", "pip", "venv", "pip"]


def test_room_that_could_not_be_filled_is_tried_again(room, program):
    program("uv", f'echo "$1" >> {room}/asked; echo offline; exit 2')

    results = [core_room.made(), core_room.made()]

    assert [result.is_ok for result in results] == [False, False]
    assert results[0].output == "offline\n"
    assert asked(room) == ["venv", "venv"]


def test_room_with_django_in_it_fails(room, program):
    program("python", "exit 1")
    program(
        "uv", f"/bin/mkdir -p {room}/core/bin && /bin/cp {room}/programs/python {room}/core/bin"
    )

    assert not core_room.made().is_ok
