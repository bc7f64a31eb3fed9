"""From doses to letters: by hand, against the published tables, and as a rule."""

import csv
import io
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.recipe.doses import Amount, Doses
from kith.core.recipe.findings import findings_on
from kith.core.recipe.grades import LETTERS, NO_LETTER, Grade, strongest
from kith.core.recipe.ingredients import DOSED, FLOOR, Ingredient
from kith.core.recipe.practices import all_practices, practice
from kith.core.recipe.recipes import (
    Portion,
    Recipe,
    ingredient_letter,
    letters,
    recipe,
    speaking,
    summary,
)
from kith.core.recipe.systems import CORE_SYSTEMS, System
from kith.core.recipe.tables import packaged
from kith.errors import InvalidInputError

some_doses = st.dictionaries(st.sampled_from(DOSED), st.integers(0, 3))
PEOPLE = {Grade.A, Grade.B}


def published(table):
    return list(csv.DictReader(io.StringIO(packaged(table))))


def symbols(found):
    return [letter.symbol for letter in found]


def test_letters_of_a_choir_by_hand():
    # Singing 3 and moving in time 2 speak; the rest is 1 or 0. With any friendly contact:
    #   mu-opioid        singing B, moving A (mixed) -> A?, contact A -> A
    #   dopamine         singing D, moving D, contact B               -> B
    #   oxytocin         singing B mixed, B -, B mixed -> B?; moving only reverse; contact C -> B?
    #   serotonin        singing and moving unstudied, contact C      -> C
    #   endocannabinoid  singing B, moving 0, contact C               -> B
    found = letters(practice("choir").doses)

    assert symbols(found) == ["A", "B", "B?", "C", "B"]


def test_letters_of_a_hike_by_hand():
    # Disclosure 2, being heard 2, exertion 2 and the outdoors 3 speak. With any contact:
    #   mu-opioid        disclosure A, heard A, exertion A, contact A -> A
    #   dopamine         exertion A (trial), disclosure B, heard B    -> A
    #   oxytocin         exertion B, disclosure D, heard D            -> B
    #   serotonin        outdoors B (sunlight), contact C             -> B
    #   endocannabinoid  exertion B mixed -> B?, contact C            -> B?
    found = letters(practice("hike").doses)

    assert symbols(found) == ["A", "A", "B", "B", "B?"]


def test_letters_without_any_ingredient_are_those_of_friendly_contact():
    assert symbols(letters(Doses.named({}))) == ["A", "B", "C", "C", "C"]


def test_an_ingredient_speaks_from_a_dose_of_two():
    assert symbols(letters(Doses.named({"nature_outdoors": 1}))) == ["A", "B", "C", "C", "C"]
    assert symbols(letters(Doses.named({"nature_outdoors": 2}))) == ["A", "B", "C", "B", "C"]


@pytest.mark.parametrize("row", published("ingredient_letters.csv"), ids=lambda r: r["ingredient"])
def test_ingredient_letters_are_as_published(row):
    found = [ingredient_letter(Ingredient(row["ingredient"]), system) for system in CORE_SYSTEMS]

    assert symbols(found) == [row[system] for system in CORE_SYSTEMS]


def test_ingredient_letters_are_published_for_every_ingredient():
    assert [row["ingredient"] for row in published("ingredient_letters.csv")] == list(Ingredient)


@pytest.mark.parametrize("row", published("practice_letters.csv"), ids=lambda r: r["practice"])
def test_practice_letters_are_as_published(row):
    doses = practice(row["practice"]).doses

    assert symbols(letters(doses)) == [row[system] for system in CORE_SYSTEMS]
    assert [*row["ingredients_dose2plus"].split(), FLOOR] == list(speaking(doses))


def test_practice_letters_are_published_for_every_practice():
    assert [row["practice"] for row in published("practice_letters.csv")] == list(all_practices())


def test_full_spectrum_sets_are_the_smallest_and_all_there_are():
    found = {}
    for pair in combinations(DOSED, 2):
        together = letters(Doses.named(dict.fromkeys(pair, 2)))
        if all(letter.grade in PEOPLE for letter in together):
            found[" + ".join(pair)] = symbols(together)
    alone = [
        code
        for code in DOSED
        if all(letter.grade in PEOPLE for letter in letters(Doses.named({code: 3})))
    ]

    assert alone == []
    assert found == {
        row["ingredients"]: [row[system] for system in CORE_SYSTEMS]
        for row in published("full_spectrum_sets.csv")
    }


def test_only_one_published_letter_depends_on_how_a_dispute_is_read():
    # The other reading: mixed findings count only where nothing plain supports at all.
    differing = []
    for ingredient in Ingredient:
        for system in CORE_SYSTEMS:
            found = [one.letter for one in findings_on(ingredient, system)]
            plain = strongest(letter for letter in found if not letter.disputed)
            if strongest(found).disputed and plain != NO_LETTER:
                differing.append((ingredient, system, strongest(found).symbol, plain.symbol))

    assert differing == [(Ingredient.SYNCHRONOUS_MOVEMENT, System.MU_OPIOID, "A?", "B")]


@given(some_doses, st.sampled_from(DOSED), st.integers(2, 3))
def test_adding_an_ingredient_never_weakens_a_letter(given_doses, added, dose):
    doses = Doses.named(given_doses)

    before, after = letters(doses), letters(doses.changed({added: dose}))

    for old, new in zip(before, after, strict=True):
        assert LETTERS.index(new) <= LETTERS.index(old)


@given(some_doses)
def test_order_of_ingredients_does_not_matter(given_doses):
    backwards = dict(reversed(given_doses.items()))

    assert letters(Doses.named(backwards)) == letters(Doses.named(given_doses))


@given(some_doses)
def test_letters_are_five_and_never_below_friendly_contact(given_doses):
    found = letters(Doses.named(given_doses))

    floor = letters(Doses.named({}))
    assert len(found) == 5
    assert all(letter in LETTERS for letter in found)
    assert [strongest(pair) for pair in zip(found, floor, strict=True)] == list(found)


def test_a_recipe_is_its_practice_until_the_host_changes_it():
    choir = practice("choir")

    assert recipe(choir) == Recipe(practice=choir, doses=choir.doses)
    assert recipe(choir, {"shared_meal": 2}) == Recipe(
        practice=choir, doses=choir.doses.changed({"shared_meal": 2})
    )


def test_a_recipe_without_a_practice_holds_what_the_host_says():
    ours = recipe(None, {"play": 2})

    assert ours == Recipe(practice=None, doses=Doses.named({"play": 2}))


def test_a_recipe_refuses_what_is_no_dose():
    with pytest.raises(InvalidInputError, match=r"doses\['play'\] must be a whole number"):
        recipe(practice("choir"), {"play": 7})


def test_summary_puts_most_first_and_names_all_seventeen():
    parts = summary(recipe(practice("choir")))

    assert parts[:4] == (
        Portion(Ingredient.SINGING_MUSIC_MAKING, Amount.MOST),
        Portion(Ingredient.SYNCHRONOUS_MOVEMENT, Amount.SOME),
        Portion(Ingredient.LIVE_MUSIC_AWE, Amount.A_LITTLE),
        Portion(Ingredient.SOCIAL_LAUGHTER, Amount.A_LITTLE),
    )
    assert parts[-1] == Portion(Ingredient.SHARED_WARMTH, Amount.NONE)
    assert sorted(part.ingredient for part in parts) == sorted(DOSED)
