"""What studies found, row by row."""

import pytest

from kith.core.recipe.findings import (
    COLUMNS,
    Direction,
    all_findings,
    findings_on,
    parse_findings,
)
from kith.core.recipe.grades import Grade, strongest
from kith.core.recipe.ingredients import Ingredient
from kith.core.recipe.references import all_references
from kith.core.recipe.systems import CORE_SYSTEMS, System
from kith.core.recipe.tables import MalformedTableError

GOOD = {
    "ingredient": "play",
    "system": "dopamine",
    "grade": "C",
    "citation": "Achterberg et al. 2016 Neuropsychopharmacology 41:858",
    "doi_or_pmid": "10.1038/npp.2015.212",
    "note": "motivation for play",
    "direction": "+",
    "method": "animal",
    "mode_studied": "animal",
    "verified": "yes",
    "ref_key": "achterberg2016",
}
SOURCELESS = {"citation": "", "doi_or_pmid": "", "verified": "", "ref_key": ""}


def parse(**changed):
    line = ",".join((GOOD | changed)[column] for column in COLUMNS)
    return parse_findings(f"{','.join(COLUMNS)}\n{line}\n", all_references())


def test_a_row_becomes_a_finding():
    (finding,) = parse()

    assert finding.ingredient is Ingredient.PLAY
    assert finding.system is System.DOPAMINE
    assert finding.grade is Grade.C
    assert finding.direction is Direction.SUPPORTS
    assert finding.note == "motivation for play"
    assert finding.method == "animal"
    assert finding.mode_studied == "animal"
    assert finding.reference == all_references()["achterberg2016"]


@pytest.mark.parametrize(
    ("direction", "symbol", "inconvenient"),
    [
        ("+", "C", False),
        ("mixed", "C?", True),
        ("reverse", "N", False),
        ("0", "N", True),
        ("-", "N", True),
    ],
)
def test_only_supporting_and_mixed_findings_give_a_letter(direction, symbol, inconvenient):
    (finding,) = parse(direction=direction)

    assert finding.letter.symbol == symbol
    assert finding.is_inconvenient is inconvenient


def test_a_row_that_says_nobody_looked_gives_no_letter():
    (finding,) = parse(grade="N", direction="none", note="no study found", **SOURCELESS)

    assert finding.reference is None
    assert finding.letter.symbol == "N"
    assert not finding.is_inconvenient


def test_a_theory_needs_no_source():
    (finding,) = parse(grade="D", **SOURCELESS)

    assert finding.reference is None
    assert finding.letter.symbol == "D"


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"ingredient": "playing"}, "ingredient"),
        ({"system": "adrenaline"}, "system"),
        ({"grade": "E"}, "grade"),
        ({"direction": "up"}, "direction"),
        ({"direction": "none"}, "direction"),
        ({"grade": "N"}, "direction"),
        ({"note": ""}, "note"),
        ({"ref_key": "nobody1999"}, "ref_key"),
        ({"ref_key": "achterberg2016;trezza2011"}, "ref_key"),
        (SOURCELESS, "ref_key"),
        ({"citation": "Achterberg 2016"}, "citation"),
        ({"doi_or_pmid": "10.1038/npp.2015.213"}, "doi_or_pmid"),
        ({"verified": "no"}, "verified"),
    ],
)
def test_a_malformed_row_is_named(changed, column):
    with pytest.raises(MalformedTableError) as error:
        parse(**changed)

    assert (error.value.table, error.value.row, error.value.column) == (
        "ingredients.csv",
        2,
        column,
    )


def test_every_ingredient_says_something_of_every_petal():
    silent = [
        (ingredient, system)
        for ingredient in Ingredient
        for system in CORE_SYSTEMS
        if not findings_on(ingredient, system)
    ]

    assert silent == []


def test_findings_on_a_pair_keep_the_order_of_the_table():
    found = findings_on(Ingredient.SINGING_MUSIC_MAKING, System.OXYTOCIN)

    assert [(one.reference and one.reference.key, one.direction.value) for one in found] == [
        ("bowling2022", "mixed"),
        ("schladt2017", "-"),
        ("keeler2015", "mixed"),
    ]


def test_no_letter_rests_on_a_reference_nobody_has_checked():
    for ingredient in Ingredient:
        for system in CORE_SYSTEMS:
            found = findings_on(ingredient, system)
            checked = [one for one in found if one.reference is None or one.reference.is_citable]

            assert strongest(one.letter for one in checked) == strongest(
                one.letter for one in found
            ), (ingredient, system)


def test_inconvenient_findings_are_still_there():
    kept = {one.reference and one.reference.key for one in all_findings() if one.is_inconvenient}

    assert {"nummenmaa2016", "putkinen2025", "loseth2019", "schladt2017", "bowling2022"} <= kept


def test_no_note_gives_a_percentage_or_labels_anyone():
    for finding in all_findings():
        for word in ("%", "percent", "addict", "users", "abuse"):
            assert word not in finding.note
