import pytest

from kith.web.gatherings.bridge import recipes
from kith.web.gatherings.bridge.shelf import PRACTICE_NUMBERS
from kith.web.gatherings.choices import INGREDIENTS, PRACTICES
from kith.web.gatherings.models import Gathering


def test_every_practice_and_ingredient_of_the_core_has_words():
    assert PRACTICES.keys() == PRACTICE_NUMBERS.keys()
    for practice in PRACTICES:
        portions = recipes.portions_of(Gathering(practice=practice))
        assert {p.ingredient for p in portions} <= INGREDIENTS.keys()


@pytest.mark.parametrize("practice", ["", "golf"])
def test_gathering_of_which_nobody_said_what_people_do_has_no_petals(practice):
    gathering = Gathering(practice=practice)

    assert recipes.letters_of(practice, {}) == recipes.NO_PETALS
    assert recipes.portions_of(gathering) == []
    assert recipes.said_of(gathering) == ()
    assert recipes.host_note(gathering) == ""


@pytest.mark.parametrize("practice", PRACTICES)
def test_practice_has_five_letters_and_no_empty_portion(practice):
    letters = recipes.letters_of(practice, {}).split(",")

    assert len(letters) == 5
    assert all(p.amount != "none" for p in recipes.portions_of(Gathering(practice=practice)))
    assert len(recipes.said_of(Gathering(practice=practice))) == 5


def test_doses_that_a_host_wrote_change_the_recipe():
    plain, sung = Gathering(practice="hike"), Gathering(practice="hike", doses={"singing_music_making": 3})  # fmt: skip

    first = [p.ingredient for p in recipes.portions_of(plain)]
    second = [p.ingredient for p in recipes.portions_of(sung)]

    assert "singing_music_making" not in first
    assert "singing_music_making" in second


def test_doses_alone_are_a_recipe_too():
    assert recipes.letters_of("", {"being_heard": 2})
    assert recipes.portions_of(Gathering(practice="golf", doses={"being_heard": 2}))


@pytest.mark.parametrize("doses", [{}, {"being_heard": 0}, {"being_heard": 3, "play": 1}])
def test_doses_of_known_ingredients_are_right(doses):
    assert recipes.check_doses(doses) == ""


@pytest.mark.parametrize(
    "doses", [[], "x", None, {"being_heard": 9}, {"being_heard": -1}, {"magic": 1}, {"being_heard": "2"}]
)  # fmt: skip
def test_other_doses_are_told_what_is_wrong(doses):
    assert recipes.check_doses(doses)
