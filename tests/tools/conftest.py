"""Programs written on the spot, in the place of those that the checker would call."""

from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[[str, str], Path]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Return what writes a program for /bin/sh into a folder of its own: `program(name, text)`."""
    folder = tmp_path / "programs"
    folder.mkdir()

    def write(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def only_path(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let nothing be found but what `program` writes, and return where that is."""
    folder = tmp_path / "programs"
    monkeypatch.setenv("PATH", str(folder))
    return folder
