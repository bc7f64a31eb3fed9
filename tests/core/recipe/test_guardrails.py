"""Harms, their evidence and the default policy against each."""

import pytest

from kith.core.recipe.guardrails import COLUMNS, all_guardrails, parse_guardrails
from kith.core.recipe.references import all_references
from kith.core.recipe.tables import MalformedTableError


def test_every_harm_comes_with_a_policy():
    assert len(all_guardrails()) == 18
    assert [one.harm for one in all_guardrails() if not one.policy] == []


def test_a_guardrail_names_its_sources():
    found = {one.harm: one for one in all_guardrails()}["neurochemistry claims"]

    assert found.area == "overclaim"
    assert [one.key for one in found.references] == [
        "nummenmaa2016",
        "putkinen2025",
        "manninen2017",
    ]
    assert found.evidence.startswith("serotonin and endocannabinoid evidence in humans is weak")
    assert found.policy.startswith("show evidence letter and words, never percentages")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",harm,known,wei2015,do", "area"),
        ("area,,known,wei2015,do", "harm"),
        ("area,harm,,wei2015,do", "evidence"),
        ("area,harm,known,nobody1999,do", "ref_keys"),
        ("area,harm,known,wei2015,", "default_policy"),
    ],
)
def test_a_malformed_row_is_named(line, column):
    with pytest.raises(MalformedTableError) as error:
        parse_guardrails(f"{','.join(COLUMNS)}\n{line}\n", all_references())

    assert (error.value.table, error.value.row, error.value.column) == (
        "guardrails.csv",
        2,
        column,
    )
