"""By how much covariates raise or lower the rate of an event: Cox's model."""

import warnings
from typing import Any, Literal

import numpy as np
from jaxtyping import Float64, Int64
from scipy.special import ndtri
from scipy.stats import norm
from surpyval import CoxPH

from kith.core.stats.results import Estimate, Fit, Test
from kith.core.stats.times import Events, Times, refuse_bad_times
from kith.errors import InvalidInputError, NoAnswerError

Covariates = Float64[np.ndarray, "rows k"]
Ties = Literal["efron", "breslow"]


def cox(  # noqa: PLR0913 - one argument for each column
    time: Times,
    event: Events,
    covariates: Covariates,
    names: tuple[str, ...],
    *,
    entry: Times | None = None,
    strata: Int64[np.ndarray, "rows"] | None = None,
    cluster: Int64[np.ndarray, "rows"] | None = None,
    ties: Ties = "efron",
    level: float = 0.95,
) -> Fit:
    """Return the logarithms of hazard ratios.

        rate of i at t = baseline of i's stratum (t) * exp(covariates_i . beta)

    beta makes the partial likelihood largest (Cox 1972; ties by Efron 1977 or Breslow 1974). Where
    rows are of one `cluster`, errors are Lin & Wei's 1989, from score residuals summed by cluster.
    So one person may have several rows, each with its entry, as in repeated events: Andersen and
    Gill's model. Rests on surpyval, which is exact under ties with delayed entry where lifelines
    and statsmodels are not (decision 0017).

    Assumes that hazards stay proportional (see `proportional_hazards`), and that leaving says
    nothing about the event, given the covariates.

    Args:
        time: When each row ends, in any unit.
        event: Whether it ends by the event.
        covariates: A column for each name; see `hazard_ratio` for what comes of one.
        names: What the estimates are called.
        entry: When each row begins, if not at 0: it is at risk only after that.
        strata: Each has a baseline of its own.
        cluster: Whoever may be alike: the same person, the same circle.
        ties: What is done with events at one moment.
        level: Of the intervals.

    Raises:
        InvalidInputError: If a row cannot have been followed so, or a covariate is not finite.
        NoAnswerError: If there is no event, a covariate says nothing that others do not say
            already, or it separates those with an event from all others.
    """
    _refuse(time, event, covariates, names, entry)
    model = _fitted(time, event, covariates, entry, strata, ties)
    beta = np.asarray(model.beta, np.float64)
    variance = np.asarray(
        model.covariance() if cluster is None else model.robust_covariance(cluster), np.float64
    )
    se = np.sqrt(np.diag(variance))
    _refuse_no_answer(names, beta, se, covariates)
    z = ndtri(0.5 + level / 2)
    estimates = tuple(
        Estimate(
            name, float(b), float(s), float(b - z * s), float(b + z * s),
            float(2 * norm.sf(abs(b / s))), None, "log hazard ratio", level,
        )
        for name, b, s in zip(names, beta, se, strict=True)
    )  # fmt: skip
    return Fit(estimates, variance, -float(model.neg_ll()), len(time), int(event.sum()))


def hazard_ratio(estimate: Estimate) -> Estimate:
    """Return an estimate of Cox's model as a ratio; its error is by the delta method."""
    value, lower, upper = (
        float(np.exp(x)) for x in (estimate.value, estimate.lower, estimate.upper)
    )
    return Estimate(
        estimate.name, value, value * estimate.se, lower, upper, estimate.p, None, "hazard ratio",
        estimate.level,
    )  # fmt: skip


def proportional_hazards(
    time: Times,
    event: Events,
    covariates: Covariates,
    names: tuple[str, ...],
    *,
    entry: Times | None = None,
    strata: Int64[np.ndarray, "rows"] | None = None,
) -> dict[str, Test]:
    """Return whether each hazard ratio drifts with time, and all together under "".

    Grambsch & Therneau 1994: the score test of adding covariate * (1 - Kaplan-Meier), as R's
    cox.zph does it since survival 3.0.

    Raises:
        InvalidInputError, NoAnswerError: As `cox`.
    """
    _refuse(time, event, covariates, names, entry)
    found = _fitted(time, event, covariates, entry, strata, "efron").check_ph()
    rows = found.to_numpy(np.float64).tolist()
    return {
        name: Test(statistic, df, p)
        for name, (statistic, df, p) in zip([*names, ""], rows, strict=True)
    }


def _fitted(
    time: Times,
    event: Events,
    covariates: Covariates,
    entry: Times | None,
    strata: Int64[np.ndarray, "rows"] | None,
    ties: Ties,
) -> Any:
    # What surpyval warns of (a column that says nothing) is an error here, and said in our words.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CoxPH.fit(
            time, covariates, c=(~event).astype(int), tl=entry, strata=strata, tie_method=ties
        )


def _refuse(
    time: Times,
    event: Events,
    covariates: Covariates,
    names: tuple[str, ...],
    entry: Times | None,
) -> None:
    refuse_bad_times(time, entry)
    if covariates.shape != (len(time), len(names)):
        raise InvalidInputError(
            f"covariates must be {len(time)} rows of {len(names)}, got {covariates.shape}"
        )
    if not np.isfinite(covariates).all():
        row, column = np.argwhere(~np.isfinite(covariates))[0]
        raise InvalidInputError(
            f"row {row} has {names[column]} {covariates[row, column]}: must be finite"
        )
    if not event.any():
        raise NoAnswerError("nobody had the event: no rate can be compared")


def _refuse_no_answer(
    names: tuple[str, ...],
    beta: Float64[np.ndarray, "k"],
    se: Float64[np.ndarray, "k"],
    covariates: Covariates,
) -> None:
    spread = covariates.std(axis=0)
    for name, b, s, wide in zip(names, beta, se, spread, strict=True):
        # A hazard ratio of e^12 for one standard deviation is a likelihood without a summit.
        if abs(b) * wide > 12:
            raise NoAnswerError(
                f"{name} separates those with the event from all others: no finite ratio fits"
            )
        if not (np.isfinite(b) and np.isfinite(s) and s > 0):
            raise NoAnswerError(f"{name} says nothing that the other covariates do not say already")
