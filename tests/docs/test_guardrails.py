"""Every harm that kith is designed against has its row, and says where its policy is kept."""

import re

import pytest
from tools.steps import ROOT

from kith.core.recipe.guardrails import all_guardrails

PAGE = (ROOT / "docs/science/guardrails.md").read_text()
TABLE = PAGE.split("|---|---|---|---|\n")[1].split("\n\n")[0]
ROWS = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in TABLE.splitlines()]
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
NOTHING = "–"


def test_each_guardrail_has_its_row_word_for_word():
    said = [(harm, policy) for harm, policy, _kept, _not_yet in ROWS]

    assert said == [(f"{one.area}: {one.harm}", one.policy) for one in all_guardrails()]


@each_row
def test_row_says_where_it_is_kept_or_what_is_missing(row):
    _harm, _policy, kept, not_yet = row

    assert (kept, not_yet) != (NOTHING, NOTHING)
    # A promise is a file that keeps it, and what is missing belongs to an issue.
    assert kept == NOTHING or re.search(r"`(?:src|tests)/", kept)
    assert not_yet == NOTHING or re.search(r"issue \d|No issue yet", not_yet)


@each_row
def test_every_file_and_name_in_a_row_exists(row):
    paths = re.findall(r"`((?:src|tests)/[^`]+)`", row[2])

    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_function_named_exists():
    names = set(re.findall(r"`(?:queries\.)?([a-z_]+)`", PAGE))
    source = "".join(path.read_text() for path in sorted((ROOT / "src/kith/web").rglob("*.py")))
    source += (ROOT / "tests/web/people/test_views.py").read_text()

    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", source)] == []
