"""Who is rung."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kith.core import reach
from kith.core.reach import ANYBODY, KNOWN, NOBODY, Asker, Crowd, Rule, Wrong, faults_of
from kith.core.reach.choosing import worth
from kith.core.rng import stream
from kith.errors import InvalidInputError

NOW = 1_000_000.0
NO_CHANCE = Rule(p_chance=0.0)


def rows(*people: int) -> np.ndarray:
    return np.array(people, np.int64)


def asking(**more) -> Asker:
    """Return somebody who knows nobody, and speaks the first language."""
    nobody = rows()
    given = {"plan": nobody, "circle": nobody, "tied": nobody, "apart": nobody,
             "strength": np.empty(0), "languages": 1, "now_s": NOW}  # fmt: skip
    return Asker(**{**given, **more})


def open_people(many: int, **more) -> Crowd:
    """Return people whom anybody may ring now."""
    crowd = replace(
        Crowd.of(many),
        open_to=np.full(many, ANYBODY, np.uint8),
        is_in_hours=np.ones(many, np.bool_),
        languages=np.ones(many, np.uint64),
        most_a_day=np.full(many, 3, np.int16),
        most_a_week=np.full(many, 10, np.int16),
    )
    for name, changes in more.items():
        for person, value in changes.items():
            getattr(crowd, name)[person] = value
    return crowd


def chosen(crowd: Crowd, asker: Asker, rule: Rule = NO_CHANCE, seed: int = 1) -> list[int]:
    choice = reach.choose(crowd, asker, stream(seed, "reach"), rule)
    assert faults_of(choice, crowd, asker, rule) == []
    people: list[int] = choice.person.tolist()
    return people


def test_plan_comes_first_in_its_order_then_ties_then_those_who_have_time():
    crowd = open_people(6, is_awake={4: True}, open_to={5: NOBODY, 2: NOBODY})
    asker = asking(plan=rows(5, 2), tied=rows(1), strength=np.array([0.4]))

    assert chosen(crowd, asker) == [5, 2, 1]
    assert chosen(crowd, replace(asker, plan=rows(5))) == [5, 1, 4]


def test_circle_comes_before_somebody_who_is_hardly_tied():
    crowd = open_people(5, open_to={3: KNOWN})
    asker = asking(circle=rows(3), tied=rows(1), strength=np.array([0.2]))

    assert chosen(crowd, asker)[:2] == [3, 1]


@pytest.mark.parametrize(
    "why",
    [
        {"busy_until_s": NOW + 1},
        {"rung_today": 3},
        {"rung_this_week": 10},
        {"languages": 2},
        {"is_in_hours": False},
        {"open_to": NOBODY},
        {"open_to": KNOWN},
        {"is_new": True},
        {"last_rung_s": NOW - 60},
    ],
    ids=str,
)
def test_stranger_is_not_rung(why):
    ((name, value),) = why.items()
    crowd = open_people(2, **{name: {0: value}})

    assert chosen(crowd, asking()) == [1]


def test_newcomer_is_rung_by_their_circle_and_plan_only():
    crowd = open_people(2, is_new={0: True, 1: True})

    assert chosen(crowd, asking()) == []
    assert chosen(crowd, asking(circle=rows(0), plan=rows(1))) == [1, 0]


@pytest.mark.parametrize("near", ["plan", "circle"])
def test_nobody_kept_apart_is_rung_however_near(near):
    crowd = open_people(1)
    asker = asking(**{near: rows(0)}, apart=rows(0))

    assert chosen(crowd, asker) == []


def test_those_who_were_rung_less_go_first():
    crowd = open_people(4, rung_this_week={0: 3, 1: 1, 2: 2, 3: 4})

    assert chosen(crowd, asking()) == [1, 2, 0]


def test_same_seed_chooses_the_same_and_another_spreads_the_load():
    crowd = open_people(50)

    assert chosen(crowd, asking(), seed=7) == chosen(crowd, asking(), seed=7)
    assert len({tuple(chosen(crowd, asking(), seed=seed)) for seed in range(20)}) > 15


def test_probabilities_are_those_with_which_people_are_chosen():
    crowd = open_people(4, is_awake={0: True})
    rule = Rule(parallel=1, p_chance=0.2)

    dice = stream(3, "reach")
    draws = [reach.choose(crowd, asking(), dice, rule) for _ in range(4_000)]

    first = [draw for draw in draws if draw.person[0] == 0]
    np.testing.assert_allclose(first[0].p, [0.2 / 4 + 0.8])
    assert abs(len(first) / len(draws) - 0.85) < 0.02
    np.testing.assert_allclose(
        {float(draw.p[0]) for draw in draws if draw.person[0] != 0}.pop(), 0.2 / 4
    )


def test_probabilities_sum_to_one_over_who_could_be_first():
    crowd = open_people(5, is_awake={0: True, 3: True})
    rule = Rule(parallel=1)

    p = {}
    for seed in range(400):
        choice = reach.choose(crowd, asking(), stream(seed, "reach"), rule)
        p[int(choice.person[0])] = float(choice.p[0])

    assert sum(p.values()) == pytest.approx(1)


def test_worth_is_worked_by_hand():
    crowd = open_people(2, is_awake={0: True}, rung_this_week={0: 5})
    asker = asking(circle=rows(0), tied=rows(0), strength=np.array([0.33]))

    np.testing.assert_allclose(worth(crowd, asker), [4 * 0.3 + 1 + 0.5 - 0.5 * 5 / 10, 0])


@st.composite
def situations(draw):
    """Draw a crowd, and somebody who asks."""
    many = draw(st.integers(1, 12))

    def column(kind, elements):
        return draw(hnp.arrays(kind, many, elements=elements))

    small = st.integers(0, 4)
    moment = st.sampled_from([-np.inf, NOW - 7200, NOW - 60, NOW, NOW + 60])
    crowd = Crowd(
        open_to=column(np.uint8, st.integers(0, 2)),
        is_new=column(np.bool_, st.booleans()),
        is_in_hours=column(np.bool_, st.booleans()),
        is_awake=column(np.bool_, st.booleans()),
        languages=column(np.uint64, st.integers(0, 3)),
        most_a_day=column(np.int16, small),
        most_a_week=column(np.int16, small),
        rung_today=column(np.int16, small),
        rung_this_week=column(np.int16, small),
        last_rung_s=column(np.float64, moment),
        busy_until_s=column(np.float64, moment),
    )
    some = st.lists(st.integers(0, many - 1), max_size=4).map(lambda found: rows(*found))
    tied = draw(st.lists(st.integers(0, many - 1), max_size=4, unique=True))
    strength = draw(hnp.arrays(np.float64, len(tied), elements=st.floats(0, 0.99)))
    asker = asking(
        plan=draw(some), circle=draw(some), apart=draw(some), tied=rows(*tied),
        strength=strength, languages=draw(st.integers(0, 3)),
    )  # fmt: skip
    return crowd, asker


@given(situations(), st.integers(0, 99), st.integers(1, 5), st.sampled_from([0.0, 0.2, 1.0]))
def test_every_choice_passes_the_plain_check_and_nobody_is_left_out(
    situation, seed, parallel, p_chance
):
    crowd, asker = situation
    rule = Rule(parallel=parallel, p_chance=p_chance)

    choice = reach.choose(crowd, asker, stream(seed, "reach"), rule)

    assert faults_of(choice, crowd, asker, rule) == []
    may = [
        one
        for one in range(len(crowd))
        if faults_of(reach.Choice(rows(one), np.ones(1)), crowd, asker, rule) == []
    ]
    assert len(choice.person) == min(parallel, len(may))


# ---- the check ----------------------------------------------------------------------------------
def test_check_names_each_fault():
    crowd = open_people(3, busy_until_s={0: NOW + 9}, rung_today={0: 3}, is_new={0: True},
                        languages={0: 2}, is_in_hours={0: False}, last_rung_s={0: NOW})  # fmt: skip
    choice = reach.Choice(rows(0, 1, 1, 2), np.array([1.0, 0.5, 0.5, 0.0]))

    found = faults_of(choice, crowd, asking(apart=rows(0)))

    assert found == [Wrong.TOO_MANY, Wrong.TWICE, Wrong.ODDS, Wrong.APART, Wrong.BUSY, Wrong.LIMIT,
                     Wrong.LANGUAGE, Wrong.NEW, Wrong.HOURS, Wrong.TIRED]  # fmt: skip


def test_check_finds_who_is_not_willing():
    crowd = open_people(1, open_to={0: KNOWN})

    assert faults_of(reach.Choice(rows(0), np.ones(1)), crowd, asking()) == [Wrong.UNWILLING]


# ---- what is refused ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"parallel": 0}, "parallel must be at least 1, got 0"),
        ({"p_chance": 1.5}, "p_chance must be from 0 to 1, got 1.5"),
        ({"rest_s": -1.0}, "rest_s must not be below 0, got -1.0"),
    ],
)
def test_rule_refuses_what_is_out_of_range(wrong, said):
    with pytest.raises(InvalidInputError, match=said):
        Rule(**wrong)


def test_crowd_refuses_columns_of_another_length():
    with pytest.raises(InvalidInputError, match="is_new must be one row of bool"):
        replace(Crowd.of(3), is_new=np.zeros(2, np.bool_))


def test_asker_refuses_a_tie_without_strength():
    with pytest.raises(InvalidInputError, match="got 1 and 0"):
        asking(tied=rows(0))
