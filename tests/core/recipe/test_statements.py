"""What may be said about a recipe, and everything behind it."""

from hypothesis import given
from hypothesis import strategies as st

from kith.core.recipe.findings import Direction, findings_on
from kith.core.recipe.grades import LETTERS, Strength
from kith.core.recipe.ingredients import DOSED, FLOOR, Ingredient
from kith.core.recipe.practices import practice
from kith.core.recipe.recipes import letters, recipe, speaking
from kith.core.recipe.statements import statements
from kith.core.recipe.systems import CORE_SYSTEMS, System, all_systems

some_doses = st.dictionaries(st.sampled_from(DOSED), st.integers(0, 3))


def about(code, system, **changed):
    return statements(recipe(practice(code), changed))[CORE_SYSTEMS.index(system)]


def brief(findings):
    return [
        (one.letter.symbol, one.direction.value, one.reference and one.reference.key)
        for one in findings
    ]


def test_oxytocin_in_a_choir_by_hand():
    said = about("choir", System.OXYTOCIN)

    assert said.system is System.OXYTOCIN
    assert said.letter.symbol == "B?"
    assert said.letter.strength is Strength.FAIR
    assert said.letter.disputed
    assert said.undisputed_letter.symbol == "C"
    assert said.rests_on == (Ingredient.SINGING_MUSIC_MAKING,)
    assert said.unstudied == ()
    assert brief(said.findings) == [
        ("B?", "mixed", "bowling2022"),
        ("B?", "mixed", "keeler2015"),
        ("C", "+", "dolen2013"),
        ("N", "reverse", "josef2019"),
        ("N", "-", "schladt2017"),
    ]
    assert brief(said.carrying) == [("B?", "mixed", "bowling2022"), ("B?", "mixed", "keeler2015")]


def test_serotonin_in_recovery_yoga_by_hand():
    # Prayer and meditation 3, moving in time 2 and being heard 2 speak.
    said = about("recovery_yoga", System.SEROTONIN)

    assert said.letter.symbol == "A?"
    assert said.letter.strength is Strength.STRONG
    assert said.undisputed_letter.symbol == "C"
    assert said.rests_on == (Ingredient.RITUAL_PRAYER_MEDITATION,)
    assert brief(said.findings) == [
        ("A?", "mixed", "newberg2018"),
        ("C", "+", "dolen2013"),
        ("C", "+", "rein2024"),
    ]
    assert said.unstudied == (Ingredient.SYNCHRONOUS_MOVEMENT, Ingredient.BEING_HEARD)
    assert said.about.honest_limit.startswith("No human study found")


def test_a_letter_may_rest_on_friendly_contact_alone():
    said = about("choir", System.MU_OPIOID)

    assert said.letter.symbol == "A"
    assert said.rests_on == (FLOOR,)


def test_a_null_result_stands_beside_the_finding_it_spoils():
    said = about("choir", System.ENDOCANNABINOID)

    assert said.letter.symbol == "B"
    assert [(one.ingredient, one.direction) for one in said.findings] == [
        (Ingredient.SINGING_MUSIC_MAKING, Direction.SUPPORTS),
        (FLOOR, Direction.SUPPORTS),
        (Ingredient.SYNCHRONOUS_MOVEMENT, Direction.NO_EFFECT),
    ]


def test_what_gives_no_letter_stands_last_and_the_opposite_very_last():
    said = about("faith_worship", System.OXYTOCIN)

    assert brief(said.findings)[-5:] == [
        ("N", "reverse", "josef2019"),
        ("N", "reverse", "rilling2012"),
        ("N", "reverse", "zak2007"),
        ("N", "reverse", "vancappellen2016"),
        ("N", "-", "schladt2017"),
    ]


def test_of_two_alike_what_these_people_do_comes_before_any_company():
    said = about("hike", System.MU_OPIOID)

    first = [one.ingredient for one in said.carrying]
    assert first == [
        Ingredient.PROGRESSIVE_DISCLOSURE,
        Ingredient.BEING_HEARD,
        Ingredient.CHALLENGE_EXERTION,
        Ingredient.CHALLENGE_EXERTION,
        FLOOR,
        FLOOR,
    ]


def test_what_nobody_has_checked_is_listed_apart():
    said = about("choir", System.DOPAMINE, live_music_awe=2)

    assert brief(said.unchecked) == [("B", "+", "trost2024")]
    assert brief(said.citable) == [
        ("A", "+", "ferreri2019"),
        ("B", "+", "tomova2020"),
        ("C", "+", "gunaydin2014"),
        ("D", "+", "brodal2017"),
        ("D", "+", "ferreri2019"),
    ]


def test_a_theory_is_a_finding_and_no_study():
    said = about("fast_friends", System.OXYTOCIN)

    theories = [one.ingredient for one in said.findings if one.reference is None]
    assert theories == [Ingredient.PROGRESSIVE_DISCLOSURE, Ingredient.BEING_HEARD]
    assert set(theories) < set(said.unstudied)


@given(some_doses)
def test_statements_say_the_letters_in_order(given_doses):
    ours = recipe(None, given_doses)

    said = statements(ours)

    assert tuple(one.system for one in said) == CORE_SYSTEMS
    assert tuple(one.letter for one in said) == letters(ours.doses)
    assert [one.about for one in said] == [all_systems()[system] for system in CORE_SYSTEMS]


@given(some_doses)
def test_nothing_known_is_hidden_and_the_most_supporting_comes_first(given_doses):
    ours = recipe(None, given_doses)

    for said in statements(ours):
        known = [
            one
            for code in speaking(ours.doses)
            for one in findings_on(code, said.system)
            if one.direction is not Direction.NONE
        ]
        places = [LETTERS.index(one.letter) for one in said.findings]

        assert len(said.findings) == len(known)
        assert set(said.findings) == set(known)
        assert places == sorted(places)


@given(some_doses)
def test_every_letter_is_carried_by_findings_of_what_it_rests_on(given_doses):
    ours = recipe(None, given_doses)

    for said in statements(ours):
        assert said.carrying == said.findings[: len(said.carrying)]
        assert {one.ingredient for one in said.carrying} == set(said.rests_on)
        assert said.rests_on


@given(some_doses)
def test_findings_are_citable_unchecked_or_theory(given_doses):
    ours = recipe(None, given_doses)

    for said in statements(ours):
        theory = [one for one in said.findings if one.reference is None]

        assert len(said.citable) + len(said.unchecked) + len(theory) == len(said.findings)


@given(some_doses)
def test_setting_disputes_aside_never_strengthens(given_doses):
    ours = recipe(None, given_doses)

    for said in statements(ours):
        assert not said.undisputed_letter.disputed
        assert LETTERS.index(said.undisputed_letter) >= LETTERS.index(said.letter)
        assert (said.undisputed_letter == said.letter) is not said.letter.disputed
