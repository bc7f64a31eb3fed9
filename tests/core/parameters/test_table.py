"""Defaults with their sources."""

import pytest

from kith.core.parameters.table import (
    COLUMNS,
    ParameterGrade,
    all_parameters,
    parameter,
    parse_parameters,
)
from kith.core.recipe.references import all_references
from kith.core.recipe.tables import MalformedTableError
from kith.errors import InvalidInputError

HEADER = ",".join(COLUMNS)


def parse(line):
    good = "circle.size,6,people,5-8,D,,a choice"
    return parse_parameters(f"{HEADER}\n{good}\n{line}\n", all_references())


def test_a_default_comes_with_grade_and_source():
    wait = parameter("reachout.time_to_human_seconds")

    assert wait.number == 60
    assert wait.unit == "s"
    assert wait.plausible == "30-120"
    assert wait.grade is ParameterGrade.C
    assert not wait.is_our_choice
    assert [one.key for one in wait.references] == ["venniro2018", "venniro2021"]
    assert wait.rationale.endswith("exact number is a design choice")


def test_a_plain_choice_says_so():
    assert parameter("reachout.parallel_contacts").is_our_choice


def test_every_packaged_default_is_read():
    assert len(all_parameters()) == 54
    assert [key for key, one in all_parameters().items() if one.key != key] == []


def test_a_default_may_be_a_word():
    channel = parameter("reachout.channel_default")

    assert channel.value == "voice"
    with pytest.raises(InvalidInputError, match=r"reachout\.channel_default must be a number"):
        _ = channel.number


def test_an_unknown_key_is_refused():
    with pytest.raises(InvalidInputError, match=r"'reachout\.taps_min'"):
        parameter("reachout.taps_min")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",6,people,5-8,D,,a choice", "key"),
        ("circle.seats,,people,5-8,D,,a choice", "value"),
        ("circle.seats,6,people,5-8,E,,a choice", "grade"),
        ("circle.seats,6,people,5-8,B,,a choice", "ref_keys"),
        ("circle.seats,6,people,5-8,B,nobody1999,a choice", "ref_keys"),
        ("circle.size,6,people,5-8,D,,a choice", "key"),
    ],
)
def test_a_malformed_row_is_named(line, column):
    with pytest.raises(MalformedTableError) as error:
        parse(line)

    assert (error.value.table, error.value.row, error.value.column) == (
        "parameters.csv",
        3,
        column,
    )
