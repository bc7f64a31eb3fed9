"""The page on the model says the numbers that the model has."""

import re

import pytest
from tools.model_page import PAGE, PARTS, SCIENCE, written
from tools.steps import ROOT

from kith.core.brain.parameters import meanings
from kith.core.model.scenario import read
from kith.core.picture.sheet import beware
from kith.lab.simulate import shipped, text_of
from kith.lab.tables import read_table
from kith.lab.validating import NAME


def test_tables_are_what_the_code_writes():
    page = PAGE.read_text()

    assert written(page) == page
    assert [name for name in PARTS if f"<!-- {name} -->" not in page] == []


def test_a_table_that_is_out_of_date_is_written_anew():
    page = PAGE.read_text()
    name = next(iter(meanings()))
    old = page.replace(f"| `{name}` | ", f"| `{name}` | 9")

    assert old != page
    assert written(old) == page


def test_every_mechanism_has_its_equation():
    said = set(re.findall(r"`([a-z_]+)`", PAGE.read_text()))
    files = {path.stem for path in (ROOT / "src/kith/core/brain").glob("*.py")}

    no_equation = {"__init__", "curves", "shared", "words", "parameters"}
    assert files - no_equation - said == set()


def test_whoever_looks_at_a_picture_reads_how_the_model_stands_against_other_studies():
    rows = list(read_table(SCIENCE / f"{NAME}.csv"))
    right = sum(row["verdict"] == "within" for row in rows)
    many = sum(row["verdict"] == "too many" for row in rows)
    apart = [row["apart_verdict"] for row in rows if row["apart"]]

    assert f"it was right about {right} of {len(rows)} counts, and said that too many" in beware()
    assert f"about the other {many}." in beware()
    assert right + many == len(rows)
    assert apart == ["within"] * 3


@pytest.mark.parametrize("name", ["bad_circles", "contrasts", "contrasts_fresh", "isolation"])
def test_every_contrast_says_direction_interval_and_verdict(name):
    assert name in shipped()
    expected = read(text_of(name)).expected

    assert expected
    for one in expected:
        number = r"-?\d+\.\d{4}"
        verdict = "(as said|not shown|the other way)"
        assert re.fullmatch(rf"{number} \[{number}, {number}\]: {verdict}", one.found)
