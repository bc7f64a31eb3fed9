"""How many it takes: against statsmodels, published examples, and studies made up."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f as fisher
from scipy.stats import ttest_ind
from statsmodels.stats.power import TTestIndPower
from tests.core.stats import trials

from kith.core.rng import stream
from kith.core.stats.power.means import (
    design_effect,
    people_for_means,
    people_not_worse,
    power_of_clusters,
    power_of_means,
)
from kith.core.stats.power.micro import over_days, people_for_moments, power_of_moments, rising
from kith.core.stats.power.proportions import people_for_proportions, power_of_proportions
from kith.core.stats.power.search import NeverEnoughError
from kith.core.stats.power.simulation import simulated_power
from kith.core.stats.power.survival import events_for_hazards, power_of_hazards
from kith.core.stats.wcls import wcls
from kith.errors import InvalidInputError


@pytest.mark.parametrize(("n", "d", "ratio"), [(20, 0.5, 1.0), (64, 0.5, 1.0), (30, 0.3, 2.0)])
def test_power_of_means_is_that_of_statsmodels(n, d, ratio):
    theirs = TTestIndPower().power(d, n, 0.05, ratio=ratio)

    assert power_of_means(n, d, ratio=ratio) == pytest.approx(theirs, abs=1e-9)


def test_cohens_medium_effect_takes_64_in_each_arm():
    # Cohen, Psychol Bull 112:155 (1992), table 2.
    assert people_for_means(0.5) == 64
    assert people_for_means(0.5, loss=0.2) == 80


def test_proportions_of_fleiss():
    # 0.6 against 0.7 at 80 %: n = (1.96 sqrt(2*.65*.35) + .8416 sqrt(.24 + .21))^2 / .01 = 355.9
    assert people_for_proportions(0.6, 0.7) == 356


def test_schoenfeld_by_hand():
    # (1.95996 + 0.84162)^2 / (0.25 * log(0.5)^2) = 65.35
    assert events_for_hazards(0.5) == 66
    assert power_of_hazards(66, 0.5) == pytest.approx(0.8, abs=0.005)


def test_circles_of_one_or_without_correlation_are_people():
    assert power_of_clusters(64, 0.5, size=1.0, icc=0.3) == power_of_means(64, 0.5)
    assert design_effect(21.0, 0.05) == pytest.approx(2.0)
    assert design_effect(20.0, 0.05, variation=0.5) == pytest.approx(1 + (1.25 * 20 - 1) * 0.05)


def test_not_worse_by_hand():
    # 2 * (1.95996 + 0.84162)^2 / 0.5^2 = 62.79
    assert people_not_worse(0.5, 1.0) == 63


def test_heartsteps_took_42_people():
    # Liao et al. 2016: 42 days of 5 moments, prompted with 0.4, available half of the time, an
    # effect of 0.1 on average, 0 at first, highest on day 28: 42 people.
    n = people_for_moments(
        rising(42, 5, mean=0.1, first=0.0, turns=28),
        over_days(42, 5),
        np.full(210, 0.5),
        np.full(210, 0.4),
    )

    assert n == 42


@given(n=st.integers(2, 500), d=st.floats(0.01, 2), more=st.integers(1, 100))
def test_more_people_have_more_power(n, d, more):
    assert power_of_means(n + more, d) >= power_of_means(n, d) - 1e-12


def _study(seed):
    dice = stream(seed, "study")
    return float(ttest_ind(dice.normal(0.5, 1, 64), dice.normal(0, 1, 64)).pvalue)


def test_simulation_agrees_with_the_formula():
    found = simulated_power(_study, seed=1, studies=1_000)

    assert found.lower < power_of_means(64, 0.5) < found.upper
    assert found.upper - found.lower < 0.055


def _circles(seed):
    """Twelve circles of five in each arm: 0.09 of the variance is theirs."""
    dice = stream(seed, "study of circles")
    own = 0.3 * dice.normal(size=(24, 1))
    told = own + np.sqrt(1 - 0.09) * dice.normal(size=(24, 5))
    told[:12] += 0.6
    means = told.mean(axis=1)
    return float(ttest_ind(means[:12], means[12:]).pvalue)


def test_simulated_circles_have_the_power_of_the_formula():
    found = simulated_power(_circles, seed=2, studies=1_000)

    told = power_of_clusters(12, 0.6, size=5.0, icc=0.09)
    assert found.lower < told < found.upper
    assert power_of_means(60, 0.6) > found.upper


DAYS, PER_DAY = 14, 3
_LINE = over_days(DAYS, PER_DAY, degree=1)
_RISES = rising(DAYS, PER_DAY, mean=0.18, first=0.0, turns=DAYS)


def _moments(seed, people=25):
    """A micro-randomised trial, tested for an effect that is a line over days."""
    dice = stream(seed, "study of moments")
    moments = len(_RISES)
    shape = (people, moments)
    available, treated = dice.random(shape) < 0.6, dice.random(shape) < 0.4
    outcome = 0.5 * dice.normal(size=(people, 1)) + np.sqrt(0.75) * dice.normal(size=shape)
    outcome += treated * _RISES
    day = ("day", np.tile(_LINE[:, 1], people))
    trial = trials.trial(
        np.repeat(np.arange(people), moments), outcome.ravel(), (treated & available).ravel(), 0.4,
        available.ravel(), moderators=[day], controls=[day],
    )  # fmt: skip
    fit = wcls(trial, centre=0.4)
    beta = np.array([one.value for one in fit.estimates[2:]])
    distance = float(beta @ np.linalg.solve(fit.covariance[2:, 2:], beta))
    # Hotelling's: two coefficients, and as many degrees of freedom as people less coefficients.
    return float(fisher.sf(distance * (people - 5) / (2 * (people - 4)), 2, people - 5))


@pytest.mark.calibration
def test_simulated_moments_have_the_power_of_the_formula():
    told = power_of_moments(25, _RISES, _LINE, np.full(len(_RISES), 0.6), np.full(len(_RISES), 0.4))

    found = simulated_power(_moments, seed=3, studies=1_000)

    assert 0.5 < told < 0.95
    assert told == pytest.approx(found.power, abs=0.05)


def test_simulation_is_the_same_on_a_pool():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        pooled = simulated_power(_study, seed=1, studies=20, mapped=pool.map)

    assert pooled == simulated_power(_study, seed=1, studies=20)


def test_nothing_and_everything_found_still_have_an_interval():
    never = simulated_power(lambda seed: 1.0, seed=1, studies=10)
    always = simulated_power(lambda seed: 0.0, seed=1, studies=10)

    assert [never.lower, never.upper] == pytest.approx([0.0, 1 - 0.025 ** (1 / 10)])
    assert [always.lower, always.upper] == pytest.approx([0.025 ** (1 / 10), 1.0])


REFUSED = {
    "alpha": lambda: power_of_means(10, 0.5, alpha=1.0),
    "one-person": lambda: power_of_means(1, 0.5),
    "loss": lambda: people_for_means(0.5, loss=1.0),
    "target": lambda: people_for_means(0.5, target=1.0),
    "circle": lambda: design_effect(0.5, 0.1),
    "one-circle": lambda: power_of_clusters(1, 0.5, size=5.0, icc=0.1),
    "margin": lambda: people_not_worse(0.5, 1.0, truth=-0.5),
    "proportion": lambda: power_of_proportions(10, 0.0, 0.5),
    "hazard": lambda: events_for_hazards(1.0),
    "moments": lambda: power_of_moments(
        6, np.ones(2), np.ones((2, 3)), np.full(2, 0.5), np.full(2, 0.5)
    ),
    "turn": lambda: rising(1, 1, mean=0.1, first=0.0, turns=0),
    "studies": lambda: simulated_power(_study, seed=1, studies=0),
    "p": lambda: simulated_power(lambda seed: 2.0, seed=1, studies=2),
}


@pytest.mark.parametrize("name", REFUSED)
def test_numbers_that_are_none_are_refused(name):
    with pytest.raises(InvalidInputError):
        REFUSED[name]()


def test_next_to_no_effect_is_never_enough():
    with pytest.raises(NeverEnoughError):
        people_for_means(1e-6)
