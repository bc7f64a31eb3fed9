"""Every setting has its heading in docs/settings.md, and every heading its setting."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from tools.steps import ROOT

PAGE = (ROOT / "docs/settings.md").read_text()
# Read by the launcher and by the tests, which are no part of the package.
ELSEWHERE = {"KITH_PYTHON": ROOT / "kith", "KITH_CHROMIUM": ROOT / "tests/browser/conftest.py"}


def names_in(path: Path) -> Iterator[str]:
    """Yield the KITH_* names that stand as texts in a Python file: variables of the environment."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^KITH_[A-Z_]+$", node.value)


def test_each_setting_has_a_heading_and_each_heading_a_setting():
    read = {name for path in settings.PACKAGE_DIR.rglob("*.py") for name in names_in(path)}

    headings = re.findall(r"^### (KITH_\w+)$", PAGE, re.MULTILINE)

    assert sorted(headings) == sorted(read | set(ELSEWHERE))


def test_settings_read_elsewhere_are_read_there():
    assert [name for name, path in ELSEWHERE.items() if name not in path.read_text()] == []


def test_each_heading_is_followed_by_what_it_does():
    parts = re.split(r"^#+ (.*)$", PAGE, flags=re.MULTILINE)

    said = {name: text.split() for name, text in zip(parts[1::2], parts[2::2], strict=True)}

    assert [name for name, words in said.items() if "KITH_" in name and len(words) < 8] == []
