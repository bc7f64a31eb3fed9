"""Cues, choice, reaching, overdose and the curves: each worked by hand, then what holds always."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.brain import choice, cues, overdose, reaching
from kith.core.brain.curves import exponential, hyperbolic_tangent
from kith.core.brain.shared import larger, power_of_two, smaller, within

ONE = np.float32(1)
YES, NO = np.bool_(True), np.bool_(False)
I0, I1 = np.int32(0), np.int32(1)
shares = st.floats(0, 1, width=32).map(np.float32)


def _f(*numbers):
    return (np.float32(number) for number in numbers)


@pytest.mark.parametrize(
    ("near", "used", "chance"), [(NO, NO, 0.1), (YES, NO, 0.3), (NO, YES, 0.6), (YES, YES, 0.8)]
)
def test_a_drug_cue_is_likelier_near_a_use_and_after_ones_own(near, used, chance):
    base, company, priming = _f(0.1, 0.2, 0.5)

    assert cues.drug_cue(near, used, base, (company, priming)) == pytest.approx(chance)


def test_a_lonely_moment_is_likelier_the_less_oxytocin_there_is():
    low, full, base, need = _f(0.4, 1.3, 0.1, 0.5)

    assert cues.lonely(low, base, need) == pytest.approx(0.4)
    assert cues.lonely(full, base, need) == pytest.approx(0.1)


@pytest.mark.parametrize(("dice", "which"), [(0.0, 0), (0.19, 0), (0.2, 1), (0.49, 1), (0.5, 2), (0.99, 2)])  # fmt: skip
def test_the_moment_lies_where_the_dice_fall(dice, which):
    p_drug, p_lonely = _f(0.2, 0.3)

    assert cues.moment(np.float32(dice), p_drug, p_lonely, I1, I0) == which


def test_a_blow_is_the_far_end_of_the_dice():
    chance = np.float32(0.01)

    assert [bool(cues.is_blow(np.float32(d), chance)) for d in (0.5, 0.98, 0.995)] == [NO, NO, YES]
    assert not cues.is_blow(np.float32(1 - 2**-24), np.float32(0))


def test_a_logit_is_what_goal_habit_and_relief_weigh():
    goal, habit, relief = _f(0.5, 0.25, 0.2)

    # 1 * .5 + 4 * .25 + 1.5 * .2
    assert choice.logit(goal, habit, relief, tuple(_f(1, 4, 1.5))) == pytest.approx(1.8)


def test_nobody_answers_if_all_stay_silent():
    still = ONE
    for chance in _f(0.5, 0.5, 0.2):
        still = reaching.silent(still, chance)

    # One less what all three miss: .5, .5 and .8 of the times.
    assert ONE - still == pytest.approx(0.8)


@given(shares, shares)
def test_one_more_to_ring_never_makes_silence_likelier(still, chance):
    assert 0 <= reaching.silent(still, chance) <= still


def test_tolerance_follows_use_and_is_lost_without():
    tolerance, gain, kept = _f(0.5, 0.2, 0.9)

    assert overdose.tolerant(tolerance, YES, gain, kept) == pytest.approx(0.6)
    assert overdose.tolerant(tolerance, NO, gain, kept) == pytest.approx(0.45)


def test_lost_tolerance_kills():
    base, slope = _f(1e-5, 3.4)

    assert overdose.hazard(ONE, base, slope) == pytest.approx(1e-5)
    assert overdose.hazard(np.float32(0), base, slope) == pytest.approx(1e-5 * math.exp(3.4), rel=1e-5)  # fmt: skip


@given(shares, shares)
def test_less_tolerance_is_never_safer(one, another):
    base, slope = _f(1e-5, 3.4)
    low, high = sorted((one, another))

    assert overdose.hazard(low, base, slope) >= overdose.hazard(high, base, slope)


@given(st.floats(-80, 80, width=32).map(np.float32))
def test_exponential_is_that_of_mathematics(x):
    assert float(exponential(x)) == pytest.approx(math.exp(float(x)), rel=1.2e-5)


@given(st.floats(-20, 20, width=32).map(np.float32), st.floats(-20, 20, width=32).map(np.float32))
def test_tangent_is_that_of_mathematics_and_never_falls(one, another):
    low, high = sorted((one, another))

    assert float(hyperbolic_tangent(low)) == pytest.approx(math.tanh(float(low)), abs=2e-6)
    assert hyperbolic_tangent(low) <= hyperbolic_tangent(high) + 2e-7


def test_powers_of_two_are_exact():
    some = np.array([-126, -1, 0, 1, 127], np.float32)

    assert power_of_two(some).tolist() == [2.0**-126, 0.5, 1.0, 2.0, 2.0**127]


def test_words_of_comparison_say_what_they_mean():
    low, high = _f(1, 2)

    assert (larger(low, high), smaller(low, high)) == (2, 1)
    assert [within(np.float32(x), low, high) for x in (0, 1.5, 3)] == [1, 1.5, 2]
