"""Prediction errors, Go and NoGo, and habits: each worked by hand, then what holds always."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.brain import habit, opponent_actor, prediction_error

ZERO, ONE, THREE = np.float32(0), np.float32(1), np.float32(3)
YES, NO = np.bool_(True), np.bool_(False)
SURGE = np.float32(0.05)
small = st.floats(-5, 5, width=32).map(np.float32)
shares = st.floats(0, 1, width=32).map(np.float32)


def _f(*numbers):
    return (np.float32(number) for number in numbers)


def test_error_is_what_came_less_what_was_expected_and_of_the_drug_never_below_its_surge():
    reward, expected = _f(0.2, 0.5)

    assert prediction_error.error(reward, expected, NO, SURGE) == pytest.approx(-0.3)
    assert prediction_error.error(reward, expected, YES, SURGE) == pytest.approx(0.05)
    assert prediction_error.error(expected, reward, YES, SURGE) == pytest.approx(0.35)


@given(small, small)
def test_what_the_drug_is_worth_never_stops_growing(reward, expected):
    delta = prediction_error.error(reward, expected, YES, SURGE)

    assert delta >= SURGE
    assert prediction_error.expected_anew(ZERO, delta, np.float32(0.1)) > 0


def test_expectation_moves_by_its_rate():
    expected, delta, rate = _f(0.5, -0.3, 0.1)

    assert prediction_error.expected_anew(expected, delta, rate) == pytest.approx(0.47)


def test_go_learns_from_the_better_and_nogo_from_the_worse():
    weight, surprise, rate = _f(2.0, 0.5, 0.1)

    # 2 + .1 * 2 * .5
    assert opponent_actor.stirred(weight, surprise, rate) == pytest.approx(2.1)
    assert opponent_actor.stirred(weight, ZERO - surprise, rate) == pytest.approx(1.9)


def test_go_and_nogo_drift_to_one_and_stay_in_their_range():
    drift = np.float32(0.1)

    assert opponent_actor.settled(np.float32(2), drift, THREE) == pytest.approx(1.9)
    assert opponent_actor.settled(np.float32(5), drift, THREE) == 3
    assert opponent_actor.settled(np.float32(-5), drift, THREE) == 0


def test_in_withdrawal_costs_loom():
    tone, gain, slope = _f(0.5, 1.0, 0.8)

    rho = opponent_actor.vigour(tone, gain, slope)

    assert rho == pytest.approx(math.tanh(-0.4), abs=1e-6)
    # (1 + rho) * 1 - (1 - rho) * 1 = 2 rho
    assert opponent_actor.goal(ONE, ONE, rho) == pytest.approx(2 * math.tanh(-0.4), abs=1e-6)


@given(st.floats(0, 3, width=32).map(np.float32), st.floats(0, 3, width=32).map(np.float32))
def test_more_dopamine_favours_go(low, high):
    rho = [opponent_actor.vigour(tone, ONE, np.float32(0.8)) for tone in sorted((low, high))]
    goals = [opponent_actor.goal(ONE, ONE, one) for one in rho]

    assert goals == sorted(goals)
    assert -1 <= rho[0] <= rho[1] <= 1


def test_habit_moves_towards_what_was_done_at_its_rate():
    bound, rate = _f(0.5, 0.1)

    assert habit.bound(bound, YES, rate) == pytest.approx(0.55)
    assert habit.bound(bound, NO, rate) == pytest.approx(0.45)


@given(shares, shares, st.booleans())
def test_habit_stays_a_share_and_never_moves_away(bound, rate, was_done):
    new = habit.bound(bound, np.bool_(was_done), rate)

    assert 0 <= new <= 1
    assert new >= bound if was_done else new <= bound


def test_habit_takes_as_many_days_as_were_measured():
    # Lally 2010: 95 % of the way in 18 to 254 days; at the median rate 65 of one act a day.
    rate, bound, days = np.float32(0.0454), ZERO, 0
    while bound < 0.95:
        bound, days = habit.bound(bound, YES, rate), days + 1

    assert days == 65
