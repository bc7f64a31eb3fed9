from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.rng import stream
from kith.core.study import StudyPlan, power_by_formula, read, template
from kith.core.study.exposing import exposed_shares


@cache
def base(name):
    return read(template(name))


def plan(name, **power):
    found = base(name)
    return replace(found, power=replace(found.power, **power))


def test_power_worked_by_hand():
    """240 * 0.75 = 180 stay, 90 in each arm; D = 1 + 5 * 0.05 = 1.25; SE = 1.9 sqrt(1.25 * 2 / 90) = 0.3167;
    1 / 0.3167 = 3.158; Phi(3.158 - 1.960) = Phi(1.198) = 0.8845."""
    assert power_by_formula(plan("circles")) == pytest.approx(0.8845, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "power", "expected"),
    [
        # Cohen 1988: d = 0.5, 64 in each arm, two-sided 0.05: 0.80.
        ("circles", {"people": 128, "loss": 0.0, "effect": 0.5, "sd": 1.0, "icc": 0.0}, 0.80),
        # Fleiss: 0.6 against 0.4, 97 in each arm: 0.80 without continuity correction.
        ("reach", {"people": 194, "loss": 0.0, "baseline": 0.4, "effect": 0.2, "icc": 0.0}, 0.80),
        # Schoenfeld 1983: hazard ratio 0.5, 66 events, equal arms: 0.80.
        ("survival", {"people": 110, "baseline": 0.72, "effect": 0.5}, 0.80),
    ],
)  # fmt: skip
def test_power_is_as_published(name, power, expected):
    assert power_by_formula(plan(name, **power)) == pytest.approx(expected, abs=0.015)


def test_power_by_exposure_worked_by_hand():
    """400 * 0.8 = 320 stay; 3 of the 5 others or more have it: 1/2; own arm too: 1/4, 80 people.

    SE = 1.9 sqrt(2 / 80) = 0.3004; 1 / 0.3004 = 3.329; Phi(3.329 - 1.960) = Phi(1.369) = 0.9145.
    """
    assert power_by_formula(plan("service")) == pytest.approx(0.9145, abs=5e-4)


def test_shares_that_are_drawn_in_two_stages_expose_whole_circles():
    """Of 0, 1/2 and all: all others and the own arm in the last third, neither in the first."""
    draw = replace(
        base("service").randomisation, unit="circles", mechanism="saturation", saturation=(0.0, 0.5, 1.0)
    )  # fmt: skip
    whole = replace(base("service"), randomisation=draw)
    outcome = replace(whole.outcomes[0], settings={"exposure": "circle"})

    assert exposed_shares(whole, outcome, (0.5, 0.5)) == pytest.approx((1 / 3, 1 / 3))
    # Three of six: of each of the others two or three of five, so below half is what two are.
    assert exposed_shares(whole, whole.outcomes[0], (0.5, 0.5)) == pytest.approx((1 / 3, 1 / 3))


def test_all_or_none_of_the_others_is_rare_where_each_is_drawn_alone():
    outcome = replace(base("service").outcomes[0], settings={"exposure": "circle"})

    assert exposed_shares(base("service"), outcome, (0.5, 0.5)) == pytest.approx((1 / 64, 1 / 64))


@given(st.integers(10, 2_000), st.floats(0.1, 3), st.floats(0, 0.5))
def test_power_rises_with_people_and_falls_with_loss(people, effect, loss):
    found = power_by_formula(plan("circles", people=people, effect=effect, loss=loss))

    assert 0 <= found <= 1
    assert power_by_formula(plan("circles", people=2 * people, effect=effect, loss=loss)) >= found
    assert power_by_formula(plan("circles", people=people, effect=effect, loss=loss + 0.1)) <= found


def test_more_primary_outcomes_leave_less_power_for_each():
    one = read(template("circles"))
    both = replace(
        one, outcomes=tuple(replace(outcome, role="primary") for outcome in one.outcomes[:2])
    )
    shared = replace(both, analysis=replace(both.analysis, multiplicity="holm"))

    assert power_by_formula(shared) < power_by_formula(both)


@pytest.mark.parametrize("power", [{"people": 0}, {"effect": 0.0}, {"sd": 0.0}])
def test_there_is_no_power_without_what_it_takes(power):
    assert power_by_formula(plan("circles", **power)) is None


def test_an_empty_plan_has_no_power():
    assert power_by_formula(StudyPlan()) is None


@pytest.mark.calibration
def test_decisions_have_the_power_that_simulated_trials_have():
    """60 people, 126 decisions each, effect 0.1 of sd 1, availability 0.6, chances 0.6 and 0.4."""
    prompts = plan("prompts", people=60, loss=0.0, effect=0.07, sd=1.0)
    dice = stream(7, "trials")
    n, chance = 60 * 126, 0.4
    seen = 0
    for _ in range(1_000):
        is_there = dice.random(n) < 0.6
        treated = (dice.random(n) < chance)[is_there]
        y = 0.07 * treated + dice.normal(size=len(treated))
        one, other = y[treated], y[~treated]
        se = np.sqrt(one.var() / len(one) + other.var() / len(other))
        seen += abs(one.mean() - other.mean()) / se > 1.96

    assert power_by_formula(prompts) == pytest.approx(seen / 1_000, abs=0.05)
