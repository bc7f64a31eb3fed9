"""How much of each ingredient, and what is no dose at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.recipe.doses import Amount, Doses
from kith.core.recipe.ingredients import DOSED, FLOOR, Ingredient
from kith.errors import InvalidInputError

some_doses = st.dictionaries(st.sampled_from(DOSED), st.integers(0, 3))


def test_what_is_not_named_is_zero():
    doses = Doses.named({"play": 3, "gratitude": 1})

    assert {code: dose for code, dose in doses.by_code().items() if dose} == {
        "play": 3,
        "gratitude": 1,
    }
    assert list(doses.by_code()) == list(DOSED)
    assert doses.of(Ingredient.PLAY) == 3
    assert doses.of(Ingredient.SHARED_MEAL) == 0


def test_changed_doses_keep_what_is_not_named():
    doses = Doses.named({"play": 3, "gratitude": 1})

    changed = doses.changed({"play": 0, "shared_meal": 2})

    assert changed == Doses.named({"gratitude": 1, "shared_meal": 2})
    assert doses == Doses.named({"play": 3, "gratitude": 1})


def test_at_least_keeps_the_order_of_the_table():
    doses = Doses.named({"shared_warmth": 2, "play": 1, "social_laughter": 3})

    assert doses.at_least(2) == (Ingredient.SOCIAL_LAUGHTER, Ingredient.SHARED_WARMTH)


@pytest.mark.parametrize(
    ("dose", "amount", "code"),
    [
        (0, Amount.NONE, "none"),
        (1, Amount.A_LITTLE, "a_little"),
        (2, Amount.SOME, "some"),
        (3, Amount.MOST, "most"),
    ],
)
def test_each_dose_has_its_word(dose, amount, code):
    doses = Doses.named({"play": dose})

    assert doses.amount(Ingredient.PLAY) is amount
    assert amount == code


@pytest.mark.parametrize("number", [-1, 4, 1.0, 1.5, "1", None, True])
def test_a_dose_must_be_a_whole_number_from_0_to_3(number):
    with pytest.raises(InvalidInputError) as error:
        Doses.named({"play": number})

    assert str(error.value) == (f"doses['play'] must be a whole number from 0 to 3, got {number!r}")


@pytest.mark.parametrize("code", ["dancing", "", "PLAY", str(FLOOR)])
def test_an_unknown_ingredient_is_refused_with_the_known_ones(code):
    with pytest.raises(InvalidInputError) as error:
        Doses.named({code: 1})

    assert str(error.value) == f"doses must name {', '.join(DOSED)}, got {code!r}"


def test_doses_must_be_seventeen():
    with pytest.raises(InvalidInputError, match="must hold 17 doses, got 16"):
        Doses((0,) * 16)


def test_doses_from_numbers_are_checked_too():
    with pytest.raises(InvalidInputError, match=r"doses\['shared_warmth'\] .* got 4"):
        Doses((*(0,) * 16, 4))


@given(some_doses)
def test_doses_come_back_from_their_codes(given_doses):
    doses = Doses.named(given_doses)

    assert Doses.named(doses.by_code()) == doses
    assert hash(Doses.named(doses.by_code())) == hash(doses)


@given(some_doses)
def test_order_of_naming_does_not_matter(given_doses):
    backwards = dict(reversed(given_doses.items()))

    assert Doses.named(backwards) == Doses.named(given_doses)
