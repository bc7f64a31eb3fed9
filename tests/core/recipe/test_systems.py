"""The five petals and the systems that get none."""

import pytest

from kith.core.recipe import tables
from kith.core.recipe.references import all_references
from kith.core.recipe.systems import CORE_SYSTEMS, System, Tier, all_systems, parse_systems
from kith.core.recipe.tables import MalformedTableError


def test_the_five_petals_stand_clockwise_from_the_top():
    assert [str(system) for system in CORE_SYSTEMS] == [
        "mu_opioid",
        "dopamine",
        "oxytocin",
        "serotonin",
        "endocannabinoid",
    ]
    assert tuple(all_systems())[:5] == CORE_SYSTEMS


def test_every_system_comes_with_its_limit_and_its_sources():
    for system, note in all_systems().items():
        assert note.system is system
        assert note.role
        assert note.honest_limit
        assert note.references


def test_the_talk_names_two_of_the_five():
    named = [code for code in CORE_SYSTEMS if all_systems()[code].named_in_talk == "yes"]

    assert named == [System.MU_OPIOID, System.OXYTOCIN]


def test_only_the_five_are_core():
    core = [code for code, note in all_systems().items() if note.tier is Tier.CORE]

    assert tuple(core) == CORE_SYSTEMS


@pytest.mark.parametrize(
    ("good", "bad", "row", "column"),
    [
        ("dopamine,core,", "dopamin,core,", 3, "system"),
        ("dopamine,core,", "dopamine,center,", 3, "tier"),
        ("dopamine,core,", "dopamine,secondary,", 3, "tier"),
        ("vasopressin,secondary,", "vasopressin,core,", 7, "tier"),
        ("vasopressin,secondary,no,", "vasopressin,secondary,,", 7, "named_in_talk"),
        ("noradrenaline,", "dopamine,", 9, "system"),
        (",Animal only,trezza2011", ",,trezza2011", 8, "honest_limit"),
        (",Animal only,trezza2011", ",Animal only,trezza", 8, "reference_keys"),
        (",Dampens or modulates social play,", ",,", 9, "role"),
    ],
)
def test_a_malformed_row_is_named(good, bad, row, column):
    text = tables.packaged("systems.csv")
    assert text.count(good) == 1

    with pytest.raises(MalformedTableError) as error:
        parse_systems(text.replace(good, bad), all_references())

    assert (error.value.table, error.value.row, error.value.column) == ("systems.csv", row, column)


def test_a_missing_system_is_named_after_the_last_row():
    text = "".join(tables.packaged("systems.csv").splitlines(keepends=True)[:-1])

    with pytest.raises(MalformedTableError, match="noradrenaline is missing") as error:
        parse_systems(text, all_references())

    assert (error.value.row, error.value.column) == (9, "system")
