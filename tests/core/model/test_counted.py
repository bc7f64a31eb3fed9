import numpy as np
import pytest
from scipy.stats import binom
from tests.core.model.small import nothing, world

from kith.core.brain import parameters
from kith.core.model.beginning import begin
from kith.core.model.counted import (
    RELAPSED,
    USED,
    Counted,
    Mark,
    apart,
    faults_of,
    held,
    predicted,
    share,
)
from kith.core.model.state import NEVER
from kith.errors import InvalidInputError


def _state():
    """Six people, of whom these used and relapsed first on these days."""
    state = begin(world(6), nothing(6), parameters(), seed=1)
    state.first_use[:] = NEVER, 0, 6, 7, 3, 2
    state.relapse[:] = NEVER, 4, NEVER, 9, NEVER, 3
    return state


def _mark(use_days, dead=()):
    alive = np.ones(6, np.bool_)
    alive[list(dead)] = False
    return Mark(np.array(use_days, np.int16), alive)


MARKS = {10: _mark([0, 3, 1, 3, 1, 4]), 20: _mark([0, 9, 1, 3, 2, 4], dead=[5])}
FIVE = np.array([True, True, True, True, True, False])
SIX = np.ones(6, np.bool_)


@pytest.mark.parametrize(
    ("what", "since", "day", "who", "of_them"),
    [
        # Day 7 is index 6: the third used within a week, the fourth did not.
        (USED, 0, 7, SIX, 4 / 6),
        (USED, 0, 8, SIX, 5 / 6),
        (USED, 0, 7, FIVE, 3 / 5),
        (RELAPSED, 0, 4, SIX, 1 / 6),
        (RELAPSED, 0, 10, SIX, 3 / 6),
        # Only two went on to use after day 10; the sixth is dead, and is not asked.
        (USED, 10, 20, SIX, 2 / 5),
    ],
)
def test_share_is_of_those_who_are_asked(what, since, day, who, of_them):
    one = Counted("a", what, day, since=since)

    assert share(one, _state(), MARKS, who) == pytest.approx(of_them)


def test_where_nobody_can_be_asked_that_is_said():
    with pytest.raises(InvalidInputError, match="a: nobody whom the study takes in is left"):
        share(Counted("a", USED, 7), _state(), MARKS, ~SIX)


def test_one_share_predicts_what_the_binomial_does():
    assert predicted(np.full(7, 0.3), 50) == tuple(
        int(binom.ppf(end, 50, 0.3)) for end in (0.025, 0.5, 0.975)
    )


def test_shares_that_differ_predict_wider_than_their_mean():
    some = predicted(np.array([0.2, 0.5, 0.8]), 100)
    one = predicted(np.array([0.5]), 100)

    assert some.middle == pytest.approx(one.middle, abs=1)
    assert some.lower < 25
    assert some.upper > 75
    assert predicted(np.array([0.0]), 10) == (0, 0, 0)
    assert predicted(np.array([1.0]), 10) == (10, 10, 10)


def test_mixture_covers_what_is_drawn_from_it():
    dice = np.random.default_rng(5)
    shares = dice.beta(6, 4, 60)
    low, _, high = predicted(shares, 80)

    drawn = dice.binomial(80, dice.choice(shares, 20_000))

    assert np.mean((low <= drawn) & (drawn <= high)) == pytest.approx(0.95, abs=0.02)


def test_two_shares_are_as_far_apart_as_newcombe_has_it():
    # Newcombe 1998, Stat Med 17:873, table II, method 10, (a): 56/70 less 48/80.
    found = apart(Counted("a", count=56, people=70), Counted("b", count=48, people=80))

    assert found == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


@pytest.mark.parametrize(
    ("ends", "said"), [((2, 3, 4), "within"), ((5, 3, 9), "too many"), ((0, 3, 2), "too few")]
)
def test_what_the_model_says_too_many_of(ends, said):
    assert held(*ends) == said


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"arm": "none"}, "arm"),
        ({"what": "fame"}, "what"),
        ({"day": 31}, "day"),
        ({"day": 0}, "day"),
        ({"since": 20}, "since"),
        ({"what": RELAPSED, "since": 3}, "since"),
        ({"count": 9}, "count"),
    ],
)
def test_a_count_that_nobody_can_have_made_is_refused(changed, name):
    good = {"arm": "a", "what": USED, "day": 20, "count": 3, "people": 8, "since": 0}

    assert list(faults_of(Counted(**good), ["a"], 30)) == []
    assert name in {fault.name for fault in faults_of(Counted(**{**good, **changed}), ["a"], 30)}
