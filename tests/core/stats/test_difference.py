import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from kith.core.rng import stream
from kith.core.stats.difference import (
    holm,
    mean_difference,
    risk_difference,
    risk_ratio,
    standardised_difference,
)
from kith.errors import InvalidInputError, NoAnswerError

ARM = np.array([True, True, True, True, False, False, False, False])
OUTCOME = np.array([5.0, 6, 8, 9, 1, 2, 4, 5])


def clustered(seed, *, circles=20, each=6):
    dice = stream(seed, "circles")
    cluster = np.repeat(np.arange(circles), each)
    treated = dice.permutation(np.arange(circles) % 2 == 0)[cluster]
    own = dice.normal(size=circles)[cluster]
    before = dice.normal(size=circles * each)
    return own + before + 0.5 * treated + dice.normal(size=len(own)), treated, before, cluster


def test_difference_by_hand():
    found = mean_difference(OUTCOME, ARM)

    # Squares within an arm sum to 10; the correction divides each residual by 1 - 1/4.
    assert found.value == 4
    assert found.se == pytest.approx(np.sqrt(2 * 10 / 16 / 0.75**2))
    assert found.df == 6


def test_risks_by_hand():
    has = np.array([1, 1, 1, 0, 1, 0, 0, 0], bool)

    difference, ratio = risk_difference(has, ARM), risk_ratio(has, ARM)

    assert difference.value == pytest.approx(0.5)
    assert ratio.value == pytest.approx(3)
    # Each arm's risk has the variance 3/4 / 16 / (3/4)^2; delta by the risks 3/4 and 1/4.
    var = 0.75 / 16 / 0.75**2
    assert ratio.se == pytest.approx(3 * np.sqrt(var / 0.75**2 + var / 0.25**2))
    assert ratio.lower * ratio.upper == pytest.approx(9)


def test_standardised_difference_by_hand():
    found = standardised_difference(OUTCOME, ARM)

    assert found.value == pytest.approx(4 / np.sqrt(20 / 6) * (1 - 3 / 23))
    assert found.lower < found.value < found.upper
    assert (found.p < 0.05) == (found.lower > 0)


def test_clustered_errors_are_those_of_statsmodels():
    outcome, treated, before, cluster = clustered(1)
    design = np.column_stack([np.ones(len(outcome)), treated, before - before.mean()])

    found = mean_difference(outcome, treated, covariates=before[:, None], cluster=cluster)

    told = sm.GEE(outcome, design, groups=cluster).fit(cov_type="bias_reduced")
    assert found.value == pytest.approx(told.params[1])
    assert found.se == pytest.approx(told.bse[1])
    # What varies inside a circle costs no circle.
    assert found.df == 18


def test_errors_without_clusters_are_hc3():
    outcome, treated, before, _ = clustered(2)
    design = np.column_stack([np.ones(len(outcome)), treated, before])

    found = mean_difference(outcome, treated, covariates=before[:, None])

    told = sm.OLS(outcome, design).fit(cov_type="HC3", use_t=True)
    assert found.se == pytest.approx(told.bse[1])
    assert found.p == pytest.approx(told.pvalues[1])


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_that_of_statsmodels(p):
    told = multipletests(p, method="holm")[1]

    np.testing.assert_allclose(holm(np.array(p)), told, atol=1e-12)


@settings(max_examples=30)
@given(st.floats(-100, 100), st.floats(0.01, 100))
def test_difference_scales_and_turns_with_the_arms(shift, scale):
    there, back = mean_difference(OUTCOME * scale + shift, ARM), mean_difference(OUTCOME, ~ARM)

    assert there.value == pytest.approx(-scale * back.value)
    assert there.se == pytest.approx(scale * back.se)


def test_what_cannot_be_compared_is_said():
    everybody = np.ones(8, bool)
    with pytest.raises(NoAnswerError, match="an arm is empty"):
        mean_difference(OUTCOME, everybody)
    with pytest.raises(InvalidInputError, match="outcome"):
        mean_difference(np.where(ARM, np.nan, OUTCOME), ARM)
    with pytest.raises(NoAnswerError, match="covariate 0 says nothing"):
        mean_difference(OUTCOME, ARM, covariates=ARM[:, None] * 2.0)
    with pytest.raises(NoAnswerError, match=r"one person alone|one cluster|no degrees"):
        mean_difference(OUTCOME, ARM, cluster=ARM.astype(int))
    with pytest.raises(NoAnswerError, match="no outcome at all"):
        risk_ratio(ARM, ARM)
    with pytest.raises(NoAnswerError, match="no standard deviation"):
        standardised_difference(ARM * 1.0, ARM)
    with pytest.raises(InvalidInputError, match="between 0 and 1"):
        holm(np.array([0.5, 1.2]))


@pytest.mark.calibration
def test_intervals_cover_the_truth_in_95_of_100_studies_of_few_circles():
    hits = 0

    for seed in range(2_000):
        outcome, treated, before, cluster = clustered(seed, circles=12)
        found = mean_difference(outcome, treated, covariates=before[:, None], cluster=cluster)
        hits += found.lower <= 0.5 <= found.upper

    assert 0.93 <= hits / 2_000 <= 0.97
