"""Making the index: from schedules to columns, all of them or only what changed."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float64, Int32, Int64

from kith.core.finding.index import (
    FAR_AWAY,
    HORIZON_DAYS,
    ONLINE,
    ByTime,
    Entry,
    Index,
    Kinds,
    unit_vectors,
)
from kith.core.schedule import Schedule, occurrences, starts
from kith.core.schedule.instants import ASSUMED_MINUTES

# Of an Entry, what a search looks at, and how it is kept.
_OWN: dict[str, type[np.generic]] = {
    "number": np.int64, "latitude": np.float32, "longitude": np.float32,
}  # fmt: skip
_KINDS: dict[str, type[np.generic]] = {
    "modes": np.uint8, "practice": np.uint8, "touch": np.uint8, "languages": np.uint64,
    "audience": np.uint64, "access": np.uint64,
}  # fmt: skip
# What is longer may have begun before the dates that plain rules are expanded for.
_DAY_MINUTES = 24 * 60


def build(entries: Iterable[Entry], now: datetime) -> Index:
    """Return the index of `entries` for HORIZON_DAYS from `now` (aware)."""
    since = now.astimezone(UTC) - timedelta(days=1)
    return _arranged(_table(entries, since, since + timedelta(days=1 + HORIZON_DAYS)))


def amended(index: Index, entries: Iterable[Entry], gone: Iterable[int]) -> Index:
    """Return `index` with `entries` in place of those of their numbers, and without `gone`.

    It is what `build` would make of all of them at the moment `index` was made, in the time
    that copying takes: whoever changes one gathering need not wait for a hundred thousand.
    """
    since, until = (datetime.fromtimestamp(m * 60, UTC) for m in (index.since, index.until))
    new = _table(entries, since, until)
    left_out = np.concatenate([new.columns["number"], np.fromiter(gone, np.int64)])
    stays = ~np.isin(index.number, left_out)
    old = {name: getattr(index, name) for name in _OWN}
    old |= {name: getattr(index.kinds, name) for name in _KINDS}
    counts = np.diff(index.first)
    meets = np.repeat(stays, counts)
    return _arranged(
        _Table(
            columns={
                name: np.concatenate([old[name][stays], column])
                for name, column in new.columns.items()
            },
            homes=np.concatenate([index.homes[:, stays], new.homes], axis=1),
            counts=np.concatenate([counts[stays], new.counts]),
            starts=np.concatenate([index.starts[meets], new.starts]),
            ends=np.concatenate([index.ends[meets], new.ends]),
            since=index.since,
            until=index.until,
        )
    )


class _Table(NamedTuple):
    """Gatherings in any order, and their meetings, gathering after gathering."""

    columns: dict[str, np.ndarray[Any, np.dtype[Any]]]
    homes: Float64[np.ndarray, "3 rows"]
    counts: Int64[np.ndarray, "rows"]
    starts: Int32[np.ndarray, "meetings"]
    ends: Int32[np.ndarray, "meetings"]
    since: int
    until: int


def _table(entries: Iterable[Entry], since: datetime, until: datetime) -> _Table:
    rows = list(entries)
    by_field = zip(*rows, strict=True) if rows else [()] * len(Entry._fields)
    given: dict[str, Any] = dict(zip(Entry._fields, by_field, strict=True))
    # None becomes NaN.
    points = np.array([given["latitude"], given["longitude"]], np.float64)
    given |= {"latitude": np.nan_to_num(points[0]), "longitude": np.nan_to_num(points[1])}
    counts, starts_at, ends_at = _all_meetings(given["schedule"], since, until)
    return _Table(
        columns={name: np.array(given[name], kind) for name, kind in (_OWN | _KINDS).items()},
        homes=np.ascontiguousarray(unit_vectors(points.T).T),
        counts=counts,
        starts=starts_at,
        ends=ends_at,
        since=_minutes(since),
        until=_minutes(until),
    )


def _all_meetings(
    schedules: Iterable[Schedule], since: datetime, until: datetime
) -> tuple[Int64[np.ndarray, "rows"], Int32[np.ndarray, "all"], Int32[np.ndarray, "all"]]:
    """Return how many meetings each of `schedules` has, and the start and end of all."""
    # A day more on both sides, as local dates are not those of UTC; one for what began before.
    span = (since.date() - timedelta(days=2), until.date() + timedelta(days=1))
    begins, finishes, counts = array("i"), array("i"), array("i")
    for schedule in schedules:
        found = _meetings(schedule, since, until, span)
        begins.extend(found[0])
        finishes.extend(found[1])
        counts.append(len(found[0]))
    starts_at, ends_at = np.array(begins, np.int32), np.array(finishes, np.int32)
    is_on = (ends_at > _minutes(since)) & (starts_at < _minutes(until))
    row = np.repeat(np.arange(len(counts)), np.array(counts, np.int32))
    return np.bincount(row[is_on], minlength=len(counts)), starts_at[is_on], ends_at[is_on]


def _arranged(table: _Table) -> Index:
    """Return the index of what `table` holds, from south to north."""
    is_placed = table.homes[0] < FAR_AWAY
    south_first = np.lexsort((table.columns["latitude"], ~is_placed))
    columns = {name: column[south_first] for name, column in table.columns.items()}
    homes = np.ascontiguousarray(table.homes[:, south_first])
    counts = table.counts[south_first]
    row = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    # Where the meetings of each row stood in the table.
    stood = (np.cumsum(table.counts) - table.counts)[south_first]
    moved = np.arange(len(row)) + np.repeat(stood - first[:-1], counts)
    starts_at, ends_at = table.starts[moved], table.ends[moved]
    order = np.argsort(starts_at, kind="stable").astype(np.int32)
    calls = order[columns["modes"][row[order]] == ONLINE]
    kinds = Kinds(**{name: columns.pop(name) for name in _KINDS})
    return Index(
        since=table.since,
        until=table.until,
        n_placed=int(np.count_nonzero(is_placed)),
        **columns,
        kinds=kinds,
        first=first,
        starts=starts_at,
        ends=ends_at,
        row=row,
        homes=homes,
        by_time=_by_time(order, starts_at, ends_at),
        calls=_by_time(calls, starts_at, ends_at),
        call_kinds=kinds.of(row[calls]),
        call_homes=homes[:, row[calls]].astype(np.float32),
    )


def _by_time(
    order: Int32[np.ndarray, "some"],
    starts_at: Int32[np.ndarray, "meetings"],
    ends_at: Int32[np.ndarray, "meetings"],
) -> ByTime:
    begins, ends = starts_at[order], ends_at[order]
    longest = int((ends - begins).max()) if len(order) else 0
    return ByTime(order, begins, ends, longest)


def _meetings(
    schedule: Schedule, since: datetime, until: datetime, span: tuple[date, date]
) -> tuple[Sequence[int], Sequence[int]]:
    """Return starts and ends, in minutes since 1970 UTC, of what is on about then."""
    length = schedule.duration_minutes or ASSUMED_MINUTES
    is_plain = not schedule.dated and not schedule.except_on and length <= _DAY_MINUTES
    if is_plain and schedule.rule and schedule.start is not None:
        found = starts(schedule.rule, schedule.first_on, schedule.start, schedule.timezone, span)
        return found, [begin + length for begin in found]
    on = [
        meeting
        for meeting in occurrences(schedule, since, until)
        if meeting.dated is None or not meeting.dated.called_off
    ]
    return [_minutes(m.starts) for m in on], [_minutes(m.ends) for m in on]


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
