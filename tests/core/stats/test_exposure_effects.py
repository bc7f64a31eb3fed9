"""Effects by exposure: every draw listed, then two thousand studies with people who reach others."""

import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest

from kith.core.randomize import Blocked, Minimised, Saturation, Simple, whole_law
from kith.core.randomize.exposure import Exposures, chances, circle, network, own, partner
from kith.core.rng import stream
from kith.core.stats.exposure_effects import (
    NeverExposedError,
    exposure_effect,
    exposure_means,
)
from kith.core.stats.saturation_effects import saturation_effects
from kith.errors import InvalidInputError

PAIRS = partner(np.array([1, 0, 3, 2]))


def test_partner_exposures_are_own_and_the_others():
    kinds = PAIRS.kinds(np.array([[0, 1, 1, 1]], np.int16))

    assert PAIRS.names == (
        "0, others none",
        "0, others from 1",
        "1, others none",
        "1, others from 1",
    )
    assert kinds.tolist() == [[1, 2, 3, 3]]


def test_circle_exposures_count_the_share_of_the_others():
    exposures = circle(np.array([0, 0, 0, 1, 1]), cuts=(0.5, 1))

    kinds = exposures.kinds(np.array([[1, 1, 0, 0, 1]], np.int16))

    assert kinds.tolist() == [[4, 4, 2, 2, 3]]


def test_ego_network_may_be_named_one_way():
    exposures = network(3, np.array([0]), np.array([1]), cuts=(1,))

    kinds = exposures.kinds(np.array([[0, 1, 1]], np.int16))

    assert kinds.tolist() == [[1, 2, 2]]


def test_chances_of_pairs_under_a_coin_are_exact():
    found = chances(Simple(4), PAIRS)

    assert found.is_exact
    np.testing.assert_allclose(found.single, np.full((4, 4), 1 / 4))
    assert [cell.units.tolist() for cell in found.cells] == [[0, 1], [2, 3]]


def test_chances_of_a_block_are_those_of_its_orders():
    found = chances(Blocked(np.zeros(4, np.int64)), PAIRS)

    # Two of four: a pair is both treated in 1 of 6 orders.
    np.testing.assert_allclose(found.single[:, 0], [1 / 6, 2 / 6, 2 / 6, 1 / 6])


def test_chances_by_redraws_agree_within_their_error():
    factors = np.arange(16)[:, None] % 2
    mechanism = Minimised(factors)

    found = chances(mechanism, own(16), redraws=400, seed=1)

    assert not found.is_exact
    # Arms have no names to minimisation: each is as likely, for everybody.
    assert np.all(np.abs(found.single[1] - 0.5) < 4.5 * found.error[1])


def _average_over_all_draws(mechanism, exposures, table, kinds, spread):
    """Return the mean estimate and variance, and the true variance, over every draw."""
    law, found = whole_law(mechanism), chances(mechanism, exposures)
    seen = exposures.kinds(law.arms)
    values, variances = [], []
    for kind in seen:
        outcome = table[kind, np.arange(len(kind))]
        fit = exposure_means(outcome, kind, found, kinds, by="horvitz_thompson", spread=spread)
        effect = exposure_effect(fit, *kinds)
        values.append(effect.value)
        variances.append(effect.se**2)
    weights = law.probability
    mean = weights @ np.array(values)
    return mean, weights @ np.array(variances), weights @ (np.array(values) - mean) ** 2


@pytest.mark.parametrize("spread", ["cells", "pairs"])
def test_horvitz_thompson_is_unbiased_and_its_variance_never_too_small(spread):
    # Own arm only: over a coin for each, every draw where both arms are seen is needed, so
    # blocks of two, whose four draws always show both.
    mechanism = Blocked(np.zeros(6, np.int64), (2,))
    table = np.array([[1.0, 4.0, 2.0, 2.5, 0.0, 3.0], [2.0, 4.5, 5.0, 2.0, 1.0, 7.0]])

    mean, variance, truth = _average_over_all_draws(mechanism, own(6), table, (1, 0), spread)

    assert mean == pytest.approx((table[1] - table[0]).mean())
    assert variance >= truth > 0


def test_hajek_of_a_constant_is_that_constant_without_error():
    found = chances(Simple(4), PAIRS)
    kind = PAIRS.kinds(np.array([[0, 0, 1, 1]], np.int16))[0]

    fit = exposure_means(np.full(4, 7.0), kind, found, (3, 0))

    assert [estimate.value for estimate in fit.estimates] == [7.0, 7.0]
    assert exposure_effect(fit, 3, 0).se == 0.0


def test_exposure_that_nobody_has_or_could_have_says_so():
    found = chances(Simple(4), PAIRS)
    kind = np.zeros(4, np.int64)

    with pytest.raises(NeverExposedError, match="exposure 3"):
        exposure_means(np.zeros(4), kind, found, (3, 0))


def test_exposures_that_are_none_are_refused():
    with pytest.raises(InvalidInputError, match="ascend"):
        Exposures(own(2).others, (0.5, 0.5))
    with pytest.raises(InvalidInputError, match="their own others"):
        network(2, np.array([0]), np.array([0]), cuts=(1,))
    with pytest.raises(InvalidInputError, match="0 or 1"):
        own(1).kinds(np.array([[2]], np.int16))
    with pytest.raises(InvalidInputError, match="finite"):
        exposure_means(np.full(4, np.nan), np.zeros(4, np.int64), chances(Simple(4), PAIRS), (0,))


def test_saturation_effects_by_hand():
    # Circles of two: means at saturation 1/2: (1, 3), (2, 6); at 0: both people in arm 0.
    outcome = np.array([1.0, 3.0, 2.0, 6.0, 1.0, 0.0, 1.0, 1.0])
    arm = np.array([0, 1, 0, 1, 0, 0, 0, 0], np.int16)
    circle_of = np.repeat(np.arange(4), 2)

    found = saturation_effects(outcome, arm, circle_of, np.array([1, 1, 0, 0], np.int16))

    assert {name: estimate.value for name, estimate in found.items()} == {
        "direct": 3.0, "indirect": 0.75, "total": 3.75, "overall": 2.25,
    }  # fmt: skip
    assert found["direct"].se == pytest.approx(1.0)
    assert found["indirect"].se == pytest.approx(np.sqrt(0.5 / 2 + 0.125 / 2))


# Circles of five in which company reaches the others too.
OWN, SPILL = 1.0, 2.0


def _study(seed, mechanism, exposures, circles):
    """Return what one study saw: outcome, arms, exposures, levels."""
    drawn, dice = mechanism.draw(seed), stream(seed, "outcomes")
    circle_of = np.repeat(np.arange(circles), 5)
    others = (np.bincount(circle_of, drawn.arm)[circle_of] - drawn.arm) / 4
    noise = dice.normal(0, 0.5, circles)[circle_of] + dice.normal(0, 1, 5 * circles)
    outcome = 3 + OWN * drawn.arm + SPILL * others + noise
    return outcome, drawn.arm, exposures.kinds(drawn.arm[None])[0], mechanism.levels(seed).arm


def _coverage(trials, circles=160):
    """Return how often intervals hold the effect of everybody's company against nobody's."""
    circle_of = np.repeat(np.arange(circles), 5)
    mechanism = Saturation(circle_of, (0.0, 0.4, 1.0), Simple(circles, (1, 1, 1)))
    exposures = circle(circle_of, cuts=(0.2, 0.9))
    law = chances(mechanism, exposures)
    truth = OWN + SPILL
    held = np.zeros((3, trials))
    for trial in range(trials):
        y, arm, kind, level = _study(trial, mechanism, exposures, circles)
        mapped = exposure_effect(exposure_means(y, kind, law, (5, 0)), 5, 0)
        gap = y[arm == 1].mean() - y[arm == 0].mean()
        se = np.sqrt(sum(y[arm == a].var(ddof=1) / (arm == a).sum() for a in (0, 1)))
        total = saturation_effects(y, arm, circle_of, level, high=2, low=0)["total"]
        held[0, trial] = abs(gap - truth) <= 1.96 * se
        held[1, trial] = mapped.lower <= truth <= mapped.upper
        held[2, trial] = total.lower <= truth <= total.upper
    return held.mean(axis=1)


def test_naive_analysis_fails_with_interference_and_the_mapped_one_recovers():
    naive, mapped, staged = _coverage(60)

    assert naive < 0.2
    # Binomial error of 60 trials at 95 %: 2.8 points, three of them.
    assert mapped > 0.86
    assert staged > 0.86


@pytest.mark.calibration
def test_mapped_intervals_keep_their_promise_with_interference():
    naive, mapped, staged = _coverage(2_000)

    assert naive < 0.05
    assert 0.93 <= mapped <= 0.97
    assert 0.93 <= staged <= 0.97


def test_cheap_door_loads_no_heavy_library():
    code = "import kith.core.stats, kith.core.randomize, sys; assert 'pandas' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_two_members_of_a_circle_have_joint_chances():
    mechanism = Saturation(np.zeros(3, np.int64), (1 / 3, 1 / 3), Simple(1))
    found = chances(mechanism, own(3))

    (cell,) = found.cells

    for i, j in combinations(range(3), 2):
        assert cell.joint[1, i, 1, j] == 0
        assert cell.joint[1, i, 0, j] == pytest.approx(1 / 3)
