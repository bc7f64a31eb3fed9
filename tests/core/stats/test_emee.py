from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.stats import trials
from tests.core.stats.published import checks

from kith.core.stats.convergence import DidNotConvergeError
from kith.core.stats.emee import emee
from kith.errors import InvalidInputError, NoAnswerError

PLAIN = trials.trial(
    np.repeat(np.arange(5), 4), [1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1],
    [1, 0] * 10, 0.5,
)  # fmt: skip


def values(fit):
    return np.array([estimate.value for estimate in fit.estimates])


def errors(fit):
    return np.array([estimate.se for estimate in fit.estimates])


def test_effect_by_hand():
    # Seven of ten with, four of ten without: nothing else is in the model, so that is the ratio.
    fit = emee(PLAIN, centre=0.5)

    assert PLAIN.outcome[PLAIN.treated].sum() == 7
    assert PLAIN.outcome[~PLAIN.treated].sum() == 4
    assert fit.named("treatment").value == pytest.approx(np.log(7 / 4))
    assert fit.named("intercept").value == pytest.approx(np.log(0.4))
    assert fit.named("treatment").df == 3
    assert fit.n_events == 11


def test_effect_is_that_of_the_reference():
    told = checks()["emee_binary"]

    plain = emee(trials.yes_or_no(), centre=0.5, small_sample=False)
    fit = emee(trials.yes_or_no(), centre=0.5)

    def near(found, wanted):
        np.testing.assert_allclose(found, wanted, atol=told["tol"], rtol=0)

    near(values(fit), told["alpha"] + told["beta"])
    near(values(plain), told["alpha"] + told["beta"])
    near(errors(plain), told["alpha_se"] + told["beta_se"])
    near(errors(fit)[3:], told["beta_se_adjusted"])


def test_estimated_centre_is_a_solution_of_all_equations_at_once():
    made = trials.drawn(5, people=40, times=100, binary=True)
    on = made.available
    who, y, a, p = made.person[on], made.outcome[on], made.treated[on] * 1.0, made.probability[on]
    x = np.column_stack([np.ones(on.sum()), made.moderators[on]])

    def scores(theta):
        rho, alpha, beta = theta[:2], theta[2:4], theta[4:]
        c = 1 / (1 + np.exp(-x @ rho))
        w = np.where(a == 1, c / p, (1 - c) / (1 - p))
        r = w * np.exp(-a * (x @ beta)) * (y - np.exp(x @ alpha + a * (x @ beta)))
        rows = np.hstack([(a - c)[:, None] * x, r[:, None] * x, (r * (a - c))[:, None] * x])
        return np.stack([np.bincount(who, column) for column in rows.T], axis=1)

    fit = emee(made, small_sample=False)

    # Two moods, so the centre is the share treated in each.
    shares = [a[made.moderators[on][:, 0] == mood].mean() for mood in (-1, 1)]
    low, high = np.log(np.array(shares) / (1 - np.array(shares)))
    theta = np.concatenate([[(low + high) / 2, (high - low) / 2], values(fit)])
    np.testing.assert_allclose(scores(theta).sum(0), 0, atol=1e-7)
    step = np.eye(6) * 1e-5
    slope = np.stack([(scores(theta + h) - scores(theta - h)).sum(0) / 2e-5 for h in step], axis=1)
    bread = np.linalg.inv(slope)
    stacked = bread @ scores(theta).T @ scores(theta) @ bread.T
    np.testing.assert_allclose(fit.covariance, stacked[2:, 2:], rtol=1e-5, atol=1e-9)


@settings(max_examples=25)
@given(st.permutations(range(5)), st.integers(1, 3))
def test_effect_knows_no_order_of_people_and_no_more_when_rows_are_doubled(order, times):
    rows = np.concatenate([np.flatnonzero(PLAIN.person == who) for who in order] * times)
    columns = ("person", "outcome", "treated", "probability", "available", "moderators", "controls")

    then = emee(
        replace(PLAIN, **{name: getattr(PLAIN, name)[rows] for name in columns}), centre=0.5
    )

    np.testing.assert_allclose(values(then), values(emee(PLAIN, centre=0.5)), atol=1e-9)
    np.testing.assert_allclose(errors(then), errors(emee(PLAIN, centre=0.5)), rtol=1e-8)


@pytest.mark.parametrize("arm", [True, False])
def test_outcome_that_never_comes_in_an_arm_has_no_answer(arm):
    outcome = np.where(PLAIN.treated == arm, 0.0, PLAIN.outcome)

    with pytest.raises(NoAnswerError, match="no ratio of risks"):
        emee(replace(PLAIN, outcome=outcome))


def test_outcome_that_is_neither_yes_nor_no_is_refused():
    with pytest.raises(InvalidInputError, match="0 or 1"):
        emee(replace(PLAIN, outcome=PLAIN.outcome * 2))


def test_outcome_that_never_comes_in_one_mood_has_no_summit():
    made = trials.drawn(3, binary=True)
    outcome = np.where(made.moderators[:, 0] > 0, made.outcome, 0.0)

    # In that mood the ratio is of nothing to nothing.
    with pytest.raises(DidNotConvergeError, match="relative risk did not converge") as raised:
        emee(replace(made, outcome=outcome), centre=0.5)

    assert raised.value.residual > 0


def test_centre_that_a_moderator_tells_beforehand_has_no_summit():
    made = trials.drawn(3, binary=True)
    always = np.where(made.treated, 1.0, -1.0)[:, None]

    with pytest.raises(DidNotConvergeError, match="the centre did not converge"):
        emee(replace(made, moderators=always))


def test_one_person_has_no_answer():
    with pytest.raises(NoAnswerError, match="1 people cannot carry 2"):
        emee(replace(PLAIN, person=np.zeros(20, np.int64)))


@pytest.mark.calibration
@pytest.mark.parametrize("centre", [0.5, None])
def test_intervals_cover_the_truth_in_95_of_100_trials(centre):
    held = {"treatment": trials.EFFECT, "treatment x mood": trials.MODERATED}
    hits = dict.fromkeys(held, 0)

    for seed in range(2_000):
        fit = emee(trials.drawn(seed, binary=True), centre=centre)
        for name, truth in held.items():
            hits[name] += fit.named(name).lower <= truth <= fit.named(name).upper

    assert all(0.93 <= hit / 2_000 <= 0.97 for hit in hits.values()), hits
