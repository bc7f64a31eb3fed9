"""The page on security names only tests that there are, and leaves no requirement out."""

import ast
import re

import pytest
from tools.steps import ROOT

PAGE = (ROOT / "docs/operations/security.md").read_text()
ROWS = [line.split(" | ") for line in PAGE.splitlines() if re.match(r"\| \d+\.\d+\.\d+ \|", line)]
NAMED = sorted(set(re.findall(r"tests/[\w/]+\.py::\w+", PAGE)))
# Of OWASP ASVS 4.0.3, levels 1 and 2, by chapter.
HAS = {1: 38, 2: 53, 3: 18, 4: 9, 5: 30, 6: 13, 7: 12, 8: 15, 9: 7, 10: 5, 11: 8, 12: 15, 13: 13, 14: 23}  # fmt: skip


def names_in(path):
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("named", NAMED)
def test_test_that_is_named_is_there(named):
    path, name = named.split("::")

    assert (ROOT / path).is_file(), f"{path} is gone: mend the row in docs/operations/security.md"
    assert name in names_in(path), f"{name} is gone: mend the row in docs/operations/security.md"


def test_every_requirement_has_one_row():
    numbers = [row[0].strip("| ") for row in ROWS]
    found = {chapter: sum(n.startswith(f"{chapter}.") for n in numbers) for chapter in HAS}

    assert found == HAS
    assert len(set(numbers)) == len(numbers)


def test_every_row_says_how_it_is_kept():
    kinds = ("Test: ", "Setting: ", "Gap: ", "None here: ")

    assert [row[0] for row in ROWS if not row[2].startswith(kinds)] == []
    assert [
        row[0]
        for row in ROWS
        if "Test: " in row[2] and "::" not in row[2] and "kith test" not in row[2]
    ] == []


def test_page_says_how_many_gaps_there_are():
    gaps = sum("Gap:" in row[2] for row in ROWS)

    assert f"{gaps} rows have a gap." in PAGE
