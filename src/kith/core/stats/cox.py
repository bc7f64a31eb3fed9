"""By how much covariates raise or lower the rate of an event: Cox's model."""

from typing import Literal

import numpy as np
from jaxtyping import Float64, Int64
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import ndtri
from scipy.stats import chi2, norm

from kith.core.stats.kaplan_meier import kaplan_meier
from kith.core.stats.partial_likelihood import PartialLikelihood, partial_likelihood
from kith.core.stats.results import Estimate, Fit, Test
from kith.core.stats.times import Events, Times, refuse_bad_times
from kith.errors import InvalidInputError, NoAnswerError

Covariates = Float64[np.ndarray, "rows k"]
Whole = Int64[np.ndarray, "_"]
Beta = Float64[np.ndarray, "k"]
Ties = Literal["efron", "breslow"]

# With a summit, Newton's steps square their error each time; without one they stay as they are.
MOST_STEPS = 40


def cox(  # noqa: PLR0913 - one argument for each column
    time: Times,
    event: Events,
    covariates: Covariates,
    names: tuple[str, ...],
    *,
    entry: Times | None = None,
    strata: Whole | None = None,
    cluster: Whole | None = None,
    ties: Ties = "efron",
    level: float = 0.95,
) -> Fit:
    """Return the logarithms of hazard ratios.

        rate of i at t = baseline of i's stratum (t) * exp(covariates_i . beta)

    beta makes the partial likelihood largest (Cox 1972; ties by Efron 1977 or Breslow 1974). Where
    rows are of one `cluster`, errors are Lin & Wei's 1989, from score residuals summed by cluster.
    So one person may have several rows, each with its entry, as in repeated events: Andersen and
    Gill's model. Ours, since no library has strata, late entry, ties and errors by cluster right
    at once (decision 0017).

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
            Or there are not two clusters.
    """
    if not 0 < level < 1:
        raise InvalidInputError(f"level must be between 0 and 1, got {level}")
    _refuse(time, event, covariates, names, entry)
    _refuse_labels(len(time), strata=strata, cluster=cluster)
    scale, likelihood = _scaled(time, event, covariates, entry, strata, names, ties)
    standardised = _summit(likelihood, names)
    sums = likelihood.sums(standardised)
    inverse = np.linalg.inv(likelihood.information(sums))
    if cluster is not None:
        inverse = _by_cluster(likelihood.residuals(sums) @ inverse, cluster)
    beta, variance = standardised / scale, inverse / np.outer(scale, scale)
    se = np.sqrt(np.diag(variance))
    z = ndtri(0.5 + level / 2)
    estimates = tuple(
        Estimate(
            name, float(b), float(s), float(b - z * s), float(b + z * s),
            float(2 * norm.sf(abs(b / s))), None, "log hazard ratio", level,
        )
        for name, b, s in zip(names, beta, se, strict=True)
    )  # fmt: skip
    return Fit(estimates, variance, likelihood.loglik(standardised), len(time), int(event.sum()))


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
    strata: Whole | None = None,
) -> dict[str, Test]:
    """Return whether each hazard ratio drifts with time, and all together under "".

    Grambsch & Therneau 1994: the score test of adding covariate * (1 - Kaplan-Meier just before),
    as R's cox.zph does it since survival 3.0, ties by Efron.

    Raises:
        InvalidInputError, NoAnswerError: As `cox`.
    """
    _refuse(time, event, covariates, names, entry)
    _refuse_labels(len(time), strata=strata)
    _, likelihood = _scaled(time, event, covariates, entry, strata, names, "efron")
    sums = likelihood.sums(_summit(likelihood, names))
    clock = _share_gone(time, event, entry)[likelihood.row]
    # How late is counted from the middle: the test is the same, its numbers smaller.
    clock = clock - clock.mean()
    plain, by_clock, by_square = (
        likelihood.information(sums, weight) for weight in (None, clock, clock**2)
    )
    left = by_square - by_clock @ np.linalg.solve(plain, by_clock)
    score = likelihood.score(sums, clock)
    places = {name: [place] for place, name in enumerate(names)} | {"": [*range(len(names))]}
    return {
        name: _score_test(score[some], left[np.ix_(some, some)]) for name, some in places.items()
    }


def _score_test(score: Beta, variance: Float64[np.ndarray, "k k"]) -> Test:
    if not np.linalg.matrix_rank(variance, hermitian=True) == len(score):
        raise NoAnswerError("events come at too few moments to see a hazard ratio drift")
    statistic = float(score @ np.linalg.solve(variance, score))
    return Test(statistic, float(len(score)), float(chi2.sf(statistic, len(score))))


def _share_gone(time: Times, event: Events, entry: Times | None) -> Times:
    """Return, for each row, the share of all that had the event before its time."""
    curve = kaplan_meier(time, event, entry)
    before = np.append(1.0, curve.survival)[np.searchsorted(curve.times, time, side="left")]
    return np.asarray(1 - before, np.float64)


def _scaled(  # noqa: PLR0913, PLR0917
    time: Times,
    event: Events,
    covariates: Covariates,
    entry: Times | None,
    strata: Whole | None,
    names: tuple[str, ...],
    ties: Ties,
) -> tuple[Beta, PartialLikelihood]:
    """Return what covariates were divided by, and the likelihood of them, all of one size.

    Raises:
        NoAnswerError: If one says nothing that those before it do not say already.
    """
    scale = covariates.std(axis=0)
    # What is constant but for rounding is constant.
    scale[scale <= 1e-13 * np.abs(covariates).max(axis=0)] = 1.0
    middle = covariates.mean(axis=0)
    likelihood = partial_likelihood(
        time, event, (covariates - middle) / scale, entry, strata, is_efron=ties == "efron"
    )
    information = likelihood.information(likelihood.sums(np.zeros(len(names))))
    for place, name in enumerate(names):
        before, own = information[:place, :place], information[:place, place]
        rest = information[place, place] - own @ np.linalg.solve(before, own)
        if rest <= 1e-10 * int(event.sum()):
            raise NoAnswerError(f"{name} says nothing that the other covariates do not say already")
    return scale, likelihood


def _summit(likelihood: PartialLikelihood, names: tuple[str, ...]) -> Beta:
    """Return the beta that makes the likelihood largest, by Newton's steps, halved if too long.

    Raises:
        NoAnswerError: If there is none: the likelihood rises for ever in some direction.
    """
    beta = np.zeros(len(names))
    height = likelihood.loglik(beta)
    for _ in range(MOST_STEPS):
        sums = likelihood.sums(beta)
        try:
            step = cho_solve(cho_factor(likelihood.information(sums)), likelihood.score(sums))
        except (LinAlgError, ValueError):
            break
        if np.abs(step).max(initial=0.0) <= 1e-8 * (1 + np.abs(beta).max(initial=0.0)):
            return np.asarray(beta + step, np.float64)
        higher = likelihood.loglik(beta + step)
        while not higher >= height - 1e-9 * abs(height):
            step = step / 2
            higher = likelihood.loglik(beta + step)
        beta, height = beta + step, higher
    name = names[int(np.argmax(np.abs(beta)))]
    raise NoAnswerError(
        f"{name} separates those with the event from all others: no finite ratio fits"
    )


def _by_cluster(
    change: Float64[np.ndarray, "rows k"], cluster: Whole
) -> Float64[np.ndarray, "k k"]:
    """Return the covariance by how much each cluster, left out, would `change` beta."""
    found, place = np.unique(cluster, return_inverse=True)
    if len(found) < 2:
        raise NoAnswerError("there is one cluster: nothing says how clusters differ")
    total = np.zeros((len(found), change.shape[1]))
    np.add.at(total, place, change)
    return np.asarray(total.T @ total, np.float64)


def _refuse_labels(rows: int, **labels: Whole | None) -> None:
    for name, label in labels.items():
        if label is not None and len(label) != rows:
            raise InvalidInputError(f"{name} must be one for each of {rows} rows, got {len(label)}")


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
