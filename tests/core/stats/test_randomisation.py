"""Tests by the draw itself: every draw listed, and a thousand studies of nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from kith.core.randomize import Blocked, Clustered, Constrained, Simple
from kith.core.rng import stream
from kith.core.stats.randomisation import (
    EndlessIntervalError,
    adjusted,
    difference,
    law_of,
    randomisation_effect,
    randomisation_p,
    studentised,
)
from kith.errors import InvalidInputError

ONE_BLOCK = Blocked(np.zeros(8, np.int64), (8,))
ARM = np.array([0, 0, 0, 0, 1, 1, 1, 1], np.int16)
OUTCOME = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])


def test_lady_who_is_always_right_is_one_of_seventy():
    # Fisher 1935: eight cups, four of each. Two-sided: all right, or all wrong.
    p = randomisation_p(OUTCOME, ARM, law_of(ONE_BLOCK))

    assert p == pytest.approx(2 / 70)


def test_redraws_count_the_draw_that_came():
    law = law_of(ONE_BLOCK, redraws=50, seed=3)

    p = randomisation_p(OUTCOME, ARM, law)

    far = np.abs(difference(OUTCOME, law.arms)) >= 4 - 1e-9
    assert not law.is_exact
    assert p == (1 + far.sum()) / 51


def test_p_is_that_of_scipy_for_one_block():
    outcome = np.array([1.2, 0.3, 2.8, 1.1, 2.5, 3.9, 0.7, 4.4])

    p = randomisation_p(outcome, ARM, law_of(ONE_BLOCK))

    theirs = permutation_test(
        (outcome[4:], outcome[:4]), lambda a, b: a.mean() - b.mean(), n_resamples=np.inf
    )
    assert p == pytest.approx(theirs.pvalue)


def test_circles_drawn_whole_can_come_in_few_ways():
    # Four circles of two, two in each arm: six draws, so that no p is below 2/6.
    mechanism = Clustered(np.repeat(np.arange(4), 2), Blocked(np.zeros(4, np.int64)))

    p = randomisation_p(OUTCOME, ARM, law_of(mechanism))

    assert p == pytest.approx(2 / 6)
    with pytest.raises(EndlessIntervalError):
        randomisation_effect(OUTCOME, ARM, law_of(mechanism))


@settings(max_examples=15, deadline=None)
@given(shift=st.floats(-50, 50), scale=st.floats(0.1, 20))
def test_interval_moves_and_stretches_with_the_outcome(shift, scale):
    law = law_of(ONE_BLOCK)
    outcome = np.array([1.2, 0.3, 2.8, 1.1, 2.5, 3.9, 0.7, 4.4])

    plain = randomisation_effect(outcome, ARM, law)
    moved = randomisation_effect(outcome * scale + shift * ARM, ARM, law)

    np.testing.assert_allclose(
        (moved.value, moved.lower, moved.upper),
        np.array((plain.value, plain.lower, plain.upper)) * scale + shift,
        atol=1e-6 * (1 + abs(shift) + scale),
    )


def test_interval_holds_what_is_not_ruled_out():
    law = law_of(ONE_BLOCK)
    outcome = np.array([1.2, 0.3, 2.8, 1.1, 2.5, 3.9, 0.7, 4.4])

    found = randomisation_effect(outcome, ARM, law, studentised())

    assert found.value == pytest.approx(2.875 - 1.35)
    for tau in (found.lower + 1e-6, found.value, found.upper - 1e-6):
        assert randomisation_p(outcome - tau * ARM, ARM, law, studentised()) > 0.05
    for tau in (found.lower - 1e-6, found.upper + 1e-6):
        assert randomisation_p(outcome - tau * ARM, ARM, law, studentised()) <= 0.05


def test_covariate_that_explains_the_outcome_narrows_the_interval():
    dice = stream(1, "people")
    before = dice.normal(size=40)
    mechanism = Blocked(np.zeros(40, np.int64))
    arm = mechanism.draw(1).arm
    outcome = 3 * before + arm + dice.normal(0, 0.3, 40)
    law = law_of(mechanism, redraws=400)

    plain = randomisation_effect(outcome, arm, law)
    known = randomisation_effect(outcome, arm, law, adjusted(before[:, None]))

    assert known.upper - known.lower < (plain.upper - plain.lower) / 3
    assert known.lower < 1 < known.upper


def test_studentised_by_circles_is_the_clustered_standard_error():
    cluster = np.repeat(np.arange(4), 2)

    found = studentised(cluster)(OUTCOME, ARM[None])

    # Residuals sum to -2, 2, -2, 2 in the circles, over four people in each arm.
    assert found == pytest.approx([4 / np.sqrt(4 * (2 / 4) ** 2)])


def test_outcomes_and_arms_that_are_none_are_refused():
    law = law_of(ONE_BLOCK)

    with pytest.raises(InvalidInputError, match="finite"):
        randomisation_p(OUTCOME[:3], ARM[:3], law)
    with pytest.raises(InvalidInputError, match="both there"):
        randomisation_effect(OUTCOME, np.zeros(8, np.int16), law)
    with pytest.raises(InvalidInputError, match="redraws"):
        law_of(Simple(3), redraws=0)


@pytest.mark.calibration
def test_gate_is_kept_or_the_test_is_wrong():
    # Balanced by a gate and analysed as if there had been none: too few false alarms. By the
    # mechanism that really drew: 5 %.
    x = stream(4, "x").normal(size=(30, 1))
    inner = Blocked(np.zeros(30, np.int64), (30,))
    gate = Constrained(inner, x, most=0.05)
    real, other = law_of(gate, redraws=400), law_of(inner, redraws=400)
    false = np.zeros((2, 1_000))
    for trial in range(1_000):
        arm = gate.draw(trial).arm
        y = 2 * x[:, 0] + stream(trial, "noise").normal(size=30)
        false[:, trial] = [randomisation_p(y, arm, law) <= 0.05 for law in (real, other)]

    assert 0.03 <= false[0].mean() <= 0.07
    assert false[1].mean() < 0.01
