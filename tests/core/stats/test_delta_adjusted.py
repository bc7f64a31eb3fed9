from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from kith.core.rng import stream
from kith.core.stats.delta_adjusted import mean_range, risk_range
from kith.errors import InvalidInputError, NoAnswerError

# 80 of each arm: 20 and 40 of 60 and 70 used; 20 and 10 are missing.
ARM = np.repeat([True, False], 80)
USED = np.concatenate([np.repeat([1, 0, np.nan], [20, 40, 20]), np.repeat([1, 0, np.nan], [40, 30, 10])])  # fmt: skip


def test_ends_by_hand():
    found = risk_range(USED, ARM, deltas=(0.0, inf))

    observed, used = found.estimates
    assert observed.value == pytest.approx(20 / 60 - 40 / 70)
    assert observed.se == pytest.approx(np.sqrt(1 / 3 * 2 / 3 / 60 + 4 / 7 * 3 / 7 / 70))
    assert used.value == pytest.approx(40 / 80 - 50 / 80)
    assert used.se == pytest.approx(np.sqrt(0.5 * 0.5 / 80 + 5 / 8 * 3 / 8 / 80))
    assert (found.lower, found.upper) == (observed.lower, used.upper)
    # As observed it is clear, with all missing as used it is not: somewhere it tips.
    assert observed.p < 0.05 < used.p
    tip = risk_range(USED, ARM, deltas=(0.0, found.tipping)).estimates[1]
    assert tip.p == pytest.approx(0.05)


def test_middle_is_what_many_imputations_give():
    dice, delta = stream(1, "fills"), 1.0
    means = []
    for _ in range(4_000):
        risks = []
        for arm in (USED[:80], USED[80:]):
            seen = arm[~np.isnan(arm)]
            q = dice.choice(seen, len(seen)).mean()
            holes = dice.random(80 - len(seen)) < expit(logit(q) + delta)
            risks.append((seen.sum() + holes.sum()) / 80)
        means.append(risks[0] - risks[1])

    found = risk_range(USED, ARM, deltas=(0.0, delta)).estimates[1]

    assert found.value == pytest.approx(np.mean(means), abs=0.005)


@given(st.lists(st.floats(-6, 6), min_size=1, max_size=5, unique=True))
def test_risk_lies_between_nobody_and_everybody(deltas):
    found = risk_range(USED, ARM, deltas=(-inf, *sorted(deltas), inf))

    values = [one.value for one in found.estimates]
    assert values[0] == pytest.approx(20 / 80 - 40 / 80)
    # At worst all missing of one arm used, and none of the other.
    assert all(20 / 80 - 50 / 80 <= value <= 40 / 80 - 40 / 80 for value in values)
    assert all(found.lower <= one.lower <= one.upper <= found.upper for one in found.estimates)


def test_mean_by_hand():
    outcome = np.array([1.0, 3, np.nan, np.nan, 0, 2, 4, 6])
    arm = np.arange(8) < 4

    found = mean_range(outcome, arm, deltas=(0.0, 2.0))

    assert [one.value for one in found.estimates] == [-1, 0]
    assert found.estimates[1].se == pytest.approx(np.sqrt(2 / 2 + 4 / 16 + 20 / 3 / 4))
    assert found.tipping is None


def test_what_has_no_range_is_said():
    with pytest.raises(NoAnswerError, match="nobody of an arm was observed"):
        risk_range(np.where(ARM, np.nan, USED), ARM)
    with pytest.raises(InvalidInputError, match="0, 1 or nan"):
        risk_range(USED * 2, ARM)
    with pytest.raises(InvalidInputError, match="deltas must rise"):
        risk_range(USED, ARM, deltas=(1.0, 0.0))
    with pytest.raises(InvalidInputError, match="deltas finite"):
        mean_range(USED, ARM, deltas=(0.0, inf))


@pytest.mark.calibration
def test_intervals_cover_the_truth_in_95_of_100_studies():
    hits = 0
    for seed in range(2_000):
        dice = stream(seed, "lost")
        arm = np.arange(300) % 2 == 0
        lost = dice.random(300) < np.where(arm, 0.3, 0.2)
        risk = np.where(arm, 0.4, 0.5)
        odds = np.where(lost, expit(logit(risk) + 1), risk)
        outcome = np.where(lost, np.nan, dice.random(300) < odds)
        truth = 0.7 * 0.4 + 0.3 * expit(logit(0.4) + 1) - 0.8 * 0.5 - 0.2 * expit(1.0)

        found = risk_range(outcome, arm, deltas=(0.0, 1.0)).estimates[1]
        hits += found.lower <= truth <= found.upper

    assert 0.93 <= hits / 2_000 <= 0.97
