"""How two arms differ: in means, in risks, in standard deviations; and several tests at once."""

from math import exp, log, sqrt

import numpy as np
from jaxtyping import Bool, Float64, Int
from scipy.optimize import brentq
from scipy.stats import nct

from kith.core.records import refuse_where
from kith.core.stats.results import Estimate
from kith.core.stats.sandwich import corrected, gained, numbered, refuse_collinear, sandwich, summed
from kith.core.stats.student import student
from kith.errors import InvalidInputError, NoAnswerError

Outcome = Float64[np.ndarray, "rows"]
Arm = Bool[np.ndarray, "rows"]
Covariates = Float64[np.ndarray, "rows k"]
Clusters = Int[np.ndarray, "rows"]


def mean_difference(
    outcome: Outcome,
    treated: Arm,
    *,
    covariates: Covariates | None = None,
    cluster: Clusters | None = None,
    unit: str = "",
    level: float = 0.95,
) -> Estimate:
    """Return by how much the mean of the treated is above that of the others (ANCOVA).

        outcome = intercept + difference * treated + covariates . gamma

    Errors hold where spreads differ and clusters share what nobody measured (CR3: Mancl & DeRouen
    2001), with t on clusters less the columns that do not vary inside one; rows are clusters of
    their own where none are given. Of outcomes 0 and 1 it is the risk difference. Assumes that
    clusters (or rows) are independent, and that covariates were known before the draw.

    Raises:
        InvalidInputError: If something is not finite.
        NoAnswerError: If an arm is empty, a covariate says nothing of its own, one cluster alone
            decides, or too few clusters are left.
    """
    theta, covariance, df = _linear(outcome, treated, covariates, cluster)
    se = sqrt(covariance[1, 1])
    return student("difference", float(theta[1]), se, df, unit=unit, level=level)


def risk_difference(
    outcome: Arm, treated: Arm, *, cluster: Clusters | None = None, level: float = 0.95
) -> Estimate:
    """Return by how much the risk of the treated is above that of the others.

    Raises:
        NoAnswerError: As `mean_difference`; or if nobody or everybody has the outcome.
    """
    numbers = outcome.astype(np.float64)
    found = mean_difference(numbers, treated, cluster=cluster, unit="risk", level=level)
    return student("risk difference", found.value, found.se, found.df, unit="risk", level=level)


def risk_ratio(
    outcome: Arm, treated: Arm, *, cluster: Clusters | None = None, level: float = 0.95
) -> Estimate:
    """Return how many times the risk of the others the treated have.

    The interval and p are of its logarithm, by the delta method; `se` is of the ratio.

    Raises:
        NoAnswerError: As `risk_difference`; or if an arm has no outcome at all.
    """
    theta, covariance, df = _linear(outcome.astype(np.float64), treated, None, cluster)
    other, own = float(theta[0]), float(theta[0] + theta[1])
    if not (outcome[treated].any() and outcome[~treated].any()):
        raise NoAnswerError("an arm has no outcome at all: there is no ratio of risks")
    slope = np.array([1 / own - 1 / other, 1 / own])
    se = sqrt(float(slope @ covariance @ slope))
    found = student("risk ratio", log(own / other), se, df, level=level)
    ratio = exp(found.value)
    return Estimate(
        "risk ratio", ratio, ratio * se, exp(found.lower), exp(found.upper), found.p, df,
        "risk ratio", level,
    )  # fmt: skip


def standardised_difference(outcome: Outcome, treated: Arm, *, level: float = 0.95) -> Estimate:
    """Return the difference of means in standard deviations, without small samples' bias.

        g = J (mean1 - mean0) / s,   J = 1 - 3 / (4 df - 1),   df = n1 + n0 - 2

    s is the pooled standard deviation (Hedges 1981). The interval inverts the noncentral t, so it
    assumes normal outcomes with one spread, and independent people.

    Raises:
        InvalidInputError: If an outcome is not finite.
        NoAnswerError: If an arm is empty, or nothing varies.
    """
    refuse_where(~np.isfinite(outcome), "finite", outcome=outcome)
    arms = outcome[treated], outcome[~treated]
    sizes = [len(arm) for arm in arms]
    df = sum(sizes) - 2
    if min(sizes) == 0 or df < 1:
        raise NoAnswerError(f"arms of {sizes[0]} and {sizes[1]} cannot be compared")
    spread = sqrt(sum(float(((arm - arm.mean()) ** 2).sum()) for arm in arms) / df)
    if spread == 0:
        raise NoAnswerError("nobody differs from their arm: there is no standard deviation")
    unbiased, root = 1 - 3 / (4 * df - 1), sqrt(1 / sizes[0] + 1 / sizes[1])
    d = float(arms[0].mean() - arms[1].mean()) / spread
    t = d / root
    test = student("", t, 1.0, float(df), level=level)
    reach = 12 + abs(t)
    lower, upper = (
        brentq(lambda away, q=q: nct.cdf(t, df, away) - q, t - reach, t + reach)
        for q in (0.5 + level / 2, 0.5 - level / 2)
    )
    g = unbiased * d
    se = unbiased * sqrt(root**2 + d**2 / (2 * sum(sizes)))
    return Estimate(
        "standardised difference", g, se, unbiased * root * lower, unbiased * root * upper, test.p,
        float(df), "standard deviations", level,
    )  # fmt: skip


def holm(p: Float64[np.ndarray, "tests"]) -> Float64[np.ndarray, "tests"]:
    """Return p values of several tests, adjusted so that any false alarm is as rare as one.

    Of sorted p_(i): the largest (m - j + 1) p_(j) of all j up to i, at most 1 (Holm 1979).

    Raises:
        InvalidInputError: If a p is not between 0 and 1.
    """
    refuse_where(~((p >= 0) & (p <= 1)), "between 0 and 1", p=p)
    order = np.argsort(p)
    adjusted = np.empty_like(p)
    steps = (len(p) - np.arange(len(p))) * p[order]
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def _linear(
    outcome: Outcome, treated: Arm, covariates: Covariates | None, cluster: Clusters | None
) -> tuple[Float64[np.ndarray, "p"], Float64[np.ndarray, "p p"], float]:
    """Return coefficients, their covariance and degrees of freedom."""
    more = np.zeros((len(outcome), 0)) if covariates is None else covariates
    refuse_where(~np.isfinite(outcome), "finite", outcome=outcome)
    if not np.isfinite(more).all():
        raise InvalidInputError("covariates must be finite: impute what is missing first")
    if treated.all() or not treated.any():
        raise NoAnswerError("an arm is empty: nothing can be compared")
    # Around their means, so that no covariate is so far out that it looks like the intercept.
    design = np.column_stack([np.ones(len(outcome)), treated, more - more.mean(axis=0)])
    names = ["intercept", "difference", *(f"covariate {at}" for at in range(more.shape[1]))]
    refuse_collinear(design, np.ones(len(outcome)), names)
    who, groups = numbered(np.arange(len(outcome)) if cluster is None else cluster)
    bread = np.linalg.inv(design.T @ design)
    theta = bread @ (design.T @ outcome)
    residual = outcome - design @ theta
    gains = gained(design, design, who, groups)
    scores = corrected(summed(design * residual[:, None], who, groups), gains, bread)
    first = np.unique(who, return_index=True)[1]
    is_between = (design == design[first[who]]).all(axis=0)
    df = float(groups - is_between.sum())
    if df < 1:
        raise NoAnswerError(f"{groups} clusters leave no degrees of freedom")
    return theta, sandwich(scores, bread), df
