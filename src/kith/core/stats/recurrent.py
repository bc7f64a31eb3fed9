"""Events that can come to one person again and again."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float64, Int64
from scipy.special import ndtri

from kith.core.records import refuse_where
from kith.core.stats.cox import Covariates, Ties, cox
from kith.core.stats.results import Fit
from kith.core.stats.times import Events, Times, exposed, refuse_bad_times
from kith.errors import InvalidInputError, NoAnswerError

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
    cluster: Int64[np.ndarray, "rows"] | None = None,
    ties: Ties = "efron",
) -> Fit:
    """Return the logarithms of rate ratios of an event that may come again.

    A row for each stretch of time in which nothing changes; it ends with an event or without.
    Andersen & Gill 1982 for the estimates; since a person's events are alike, errors are robust,
    clustered by person (Lin, Wei, Yang & Ying 2000), which makes it a model of the mean count.
    Where people were drawn by circle or place, give that as `cluster` instead.

    Raises:
        InvalidInputError: As `cox`, or if two stretches of one person overlap.
        NoAnswerError: As `cox`.
    """
    refuse_bad_times(time, entry)
    _refuse_overlap(entry, time, person)
    by = person if cluster is None else cluster
    return cox(time, event, covariates, names, entry=entry, strata=strata, cluster=by, ties=ties)


def prentice_williams_peterson(  # noqa: PLR0913 - one argument for each column
    entry: Times,
    time: Times,
    event: Events,
    person: Int64[np.ndarray, "rows"],
    covariates: Covariates,
    names: tuple[str, ...],
    *,
    clock: Literal["total", "gap"] = "total",
    most: int | None = None,
    cluster: Int64[np.ndarray, "rows"] | None = None,
    ties: Ties = "efron",
) -> Fit:
    """Return the logarithms of hazard ratios of the next event, given how many came before.

    Rows as in `andersen_gill`. Whoever has had k events is compared only with others who have: the
    number of events before is the stratum (Prentice, Williams & Peterson 1981). Errors are robust,
    clustered by person. It answers what a covariate does to the *next* event; what it does to all
    events together, through the earlier ones too, is `andersen_gill`'s to say.

    Args:
        entry: When each row begins.
        time: When it ends.
        event: Whether it ends by the event.
        person: Whose it is.
        covariates: A column for each name.
        names: What the estimates are called.
        clock: "total" since the start of all, or "gap" since the person's last event.
        most: Rows after so many events are left out, where few are left to compare.
        cluster: Whoever may be alike, if more than the rows of one person: their circle.
        ties: What is done with events at one moment.

    Raises:
        InvalidInputError: As `andersen_gill`, or if `most` is below 1.
        NoAnswerError: As `cox`.
    """
    if most is not None and most < 1:
        raise InvalidInputError(f"most must be 1 event or more, got {most}")
    before, since = events_before(entry, time, event, person)
    kept = before < (np.inf if most is None else most)
    start = since if clock == "gap" else np.zeros(len(time))
    by = person if cluster is None else cluster
    return cox(
        (time - start)[kept], event[kept], covariates[kept], names, entry=(entry - start)[kept],
        strata=before[kept], cluster=by[kept], ties=ties,
    )  # fmt: skip


def events_before(
    entry: Times, time: Times, event: Events, person: Int64[np.ndarray, "rows"]
) -> tuple[Int64[np.ndarray, "rows"], Times]:
    """Return, for each row, how many events its person had before it, and when the last was.

    Where there was none, the person's first entry stands for the last event.

    Raises:
        InvalidInputError: If a stretch cannot have been followed so, or two of one person overlap.
    """
    refuse_bad_times(time, entry)
    _refuse_overlap(entry, time, person)
    order = np.lexsort((entry, person))
    is_first = np.append(True, np.diff(person[order]) != 0)
    first = np.flatnonzero(is_first)[np.cumsum(is_first) - 1]
    place = np.arange(len(order))
    had = np.cumsum(event[order]) - event[order]
    is_after = ~is_first & np.append(False, event[order][:-1])
    begun = np.maximum.accumulate(np.where(is_first | is_after, place, 0))
    # What began a gap: the person's first row, or the event that the row before ended with.
    since = np.where(is_after, np.append(0.0, time[order][:-1]), entry[order])[begun]
    before, last = np.empty(len(order), np.int64), np.empty(len(order))
    before[order], last[order] = had - had[first], since
    return before, last


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
    """Return the variance, moment by moment, without a table of persons and moments.

    With E(t) the sum of d / n^2, what a person is off by is c - s E(t): s whether they are at risk,
    and c changes only where a row of theirs begins, ends or has an event. So the sum of squares is
    C - 2 E D + E^2 S, whose C, D, S (of c^2, c s, s^2) are sums of changes.
    """
    expected = np.concatenate([[0.0], np.cumsum(each / n)])
    begin = np.searchsorted(moments, entry, side="right")
    end = np.searchsorted(moments, time, side="right")
    own = end[event] - 1
    who, at = np.concatenate([person, person, person[event]]), np.concatenate([begin, end, own])
    moved = np.concatenate([expected[begin], -expected[end], 1 / n[own]])
    turned = np.concatenate([np.ones(len(begin)), -np.ones(len(end)), np.zeros(len(own))])
    order = np.lexsort((at, who))
    is_first = np.append(True, np.diff(who[order]) != 0)
    c, s = (_since_first(change[order], is_first) for change in (moved, turned))
    squares, products, risks = (
        np.bincount(at[order], _changes(kind, is_first), len(moments) + 1)[:-1].cumsum()
        for kind in (c * c, c * s, s * s)
    )
    variance = squares - 2 * expected[1:] * products + expected[1:] ** 2 * risks
    return np.asarray(np.maximum(variance, 0.0), np.float64)


def _since_first(change: np.ndarray, is_first: np.ndarray) -> np.ndarray:
    """Return the sum of each person's changes so far."""
    total = np.cumsum(change)
    return np.asarray(total - (total - change)[is_first][np.cumsum(is_first) - 1])


def _changes(value: np.ndarray, is_first: np.ndarray) -> np.ndarray:
    """Return by how much each value is above that person's last one, which was 0 at first."""
    return np.asarray(value - np.where(is_first, 0.0, np.append(0.0, value[:-1])))


def _refuse_overlap(entry: np.ndarray, time: np.ndarray, person: np.ndarray) -> None:
    order = np.lexsort((entry, person))
    is_over = np.zeros(len(order), np.bool_)
    is_same = person[order[1:]] == person[order[:-1]]
    is_over[order[1:]] = is_same & (entry[order[1:]] < time[order[:-1]])
    refuse_where(is_over, "after the last stretch of that person", person=person, entry=entry)
