"""Events that can come to one person again and again."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64
from scipy.special import ndtri

from kith.core.records import refuse_where
from kith.core.stats.cox import Covariates, Ties, cox
from kith.core.stats.results import Fit
from kith.core.stats.times import Events, Times, exposed, refuse_bad_times
from kith.errors import NoAnswerError

Column = Float64[np.ndarray, "moments"]


@dataclass(frozen=True, slots=True)
class MeanCount:
    """How many events one person has had on average by each moment.

    Args:
        times: Moments at which an event came to somebody, in order.
        mean: Events for each person up to and with that moment.
        lower, upper: Its interval, moment by moment.
    """

    times: Column
    mean: Column
    lower: Column
    upper: Column


def andersen_gill(  # noqa: PLR0913 - one argument for each column
    entry: Times,
    time: Times,
    event: Events,
    person: Int64[np.ndarray, "rows"],
    covariates: Covariates,
    names: tuple[str, ...],
    *,
    strata: Int64[np.ndarray, "rows"] | None = None,
    ties: Ties = "efron",
) -> Fit:
    """Return the logarithms of rate ratios of an event that may come again.

    A row for each stretch of time in which nothing changes; it ends with an event or without.
    Andersen & Gill 1982 for the estimates; since a person's events are alike, errors are robust,
    clustered by person (Lin, Wei, Yang & Ying 2000), which makes it a model of the mean count.

    Raises:
        InvalidInputError: As `cox`, or if two stretches of one person overlap.
        NoAnswerError: As `cox`.
    """
    refuse_bad_times(time, entry)
    _refuse_overlap(entry, time, person)
    return cox(
        time, event, covariates, names, entry=entry, strata=strata, cluster=person, ties=ties
    )


def mean_count(
    entry: Times,
    time: Times,
    event: Events,
    person: Int64[np.ndarray, "rows"],
    *,
    level: float = 0.95,
) -> MeanCount:
    """Return the mean number of events of one person up to each moment.

        M(t) = sum over event times u <= t of d(u) / n(u)
        var M(t) = sum over persons of (sum over u <= t of (dN_i(u) - Y_i(u) d(u) / n(u)) / n(u))^2

    Nelson 1988; the variance is Lawless & Nadeau's 1995, which lets a person's events be alike.
    The interval is on the scale of the logarithm.

    Raises:
        InvalidInputError: If a stretch cannot have been followed so, or two of one person overlap.
        NoAnswerError: If no event came.
    """
    refuse_bad_times(time, entry)
    _refuse_overlap(entry, time, person)
    if not event.any():
        raise NoAnswerError("no event came")
    moments, came = np.unique(time[event], return_inverse=True)
    n = exposed(time, entry, moments)
    each = np.bincount(came) / n
    mean = np.cumsum(each)
    variance = _spread(entry, time, event, person, moments, n, each)
    wide = np.exp(ndtri(0.5 + level / 2) * np.sqrt(variance) / mean)
    return MeanCount(moments, mean, mean / wide, mean * wide)


def _spread(  # noqa: PLR0913, PLR0917
    entry: np.ndarray,
    time: np.ndarray,
    event: np.ndarray,
    person: np.ndarray,
    moments: np.ndarray,
    n: np.ndarray,
    each: np.ndarray,
) -> Column:
    total = np.zeros(len(moments))
    expected = np.concatenate([[0.0], np.cumsum(each / n)])
    order = np.argsort(person, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(person[order])) + 1):
        residual = np.zeros(len(moments))
        begins = np.searchsorted(moments, entry[rows], side="right")
        ends = np.searchsorted(moments, time[rows], side="right")
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            residual[begin:end] -= np.diff(expected)[begin:end]
        own = np.searchsorted(moments, time[rows[event[rows]]])
        np.add.at(residual, own, 1 / n[own])
        total += np.cumsum(residual) ** 2
    return total


def _refuse_overlap(entry: np.ndarray, time: np.ndarray, person: np.ndarray) -> None:
    order = np.lexsort((entry, person))
    is_over = np.zeros(len(order), np.bool_)
    is_same = person[order[1:]] == person[order[:-1]]
    is_over[order[1:]] = is_same & (entry[order[1:]] < time[order[:-1]])
    refuse_where(is_over, "after the last stretch of that person", person=person, entry=entry)
