"""The index: what of every gathering a search looks at, as columns sorted from south to north."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float32, Int32, Int64, UInt8, UInt64

from kith.core.schedule import Schedule, occurrences, starts
from kith.core.schedule.instants import ASSUMED_MINUTES

# How many days ahead the index knows; searches look at most a week or two ahead.
HORIZON_DAYS = 16
IN_PERSON, ONLINE = 1, 2
# In earth radii from its middle: farther than anything on it.
FAR_AWAY = 9.0


class Entry(NamedTuple):
    """One gathering, as numbers. Bits of the masks mean whatever the caller says they mean.

    Args:
        number: The caller's name for it.
        latitude, longitude: Degrees, or None where no point is known.
        modes: IN_PERSON, ONLINE or both.
        practice, touch: Small codes, 0 for unstated.
        languages, audience, access: Masks.
        schedule: When it meets. Plain rules are expanded once for all that share them.
    """

    number: int
    latitude: float | None
    longitude: float | None
    modes: int
    practice: int
    touch: int
    languages: int
    audience: int
    access: int
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class ByTime:
    """Meetings by start.

    Args:
        meeting: Where each stands in the index.
        toward: Unit vectors from the middle of the earth to the home of its row.
        longest: Minutes of the longest.
    """

    meeting: Int32[np.ndarray, "some"]
    starts: Int32[np.ndarray, "some"]
    ends: Int32[np.ndarray, "some"]
    toward: Float32[np.ndarray, "some 3"]
    longest: int

    def touching(self, low: int, high: int) -> slice:
        """Return where all that are on between `low` and `high` lie, and a few more."""
        begin = np.searchsorted(self.starts, low - self.longest, side="left")
        return slice(int(begin), int(np.searchsorted(self.starts, high, side="left")))


@dataclass(frozen=True, slots=True)
class Index:
    """Gatherings by row, from south to north, and their meetings, row after row.

    Meetings of row r are `starts[first[r]:first[r + 1]]`, minutes since 1970 UTC. Rows without
    a point come last, at `n_placed` and after. `by_time` lists all meetings by start.
    `calls` holds those of rows that are online and nothing else, by start, with all that is
    asked of them side by side: most evenings they are many, and few of them are shown.
    """

    until: int
    n_placed: int
    number: Int64[np.ndarray, "rows"]
    latitude: Float32[np.ndarray, "rows"]
    longitude: Float32[np.ndarray, "rows"]
    modes: UInt8[np.ndarray, "rows"]
    practice: UInt8[np.ndarray, "rows"]
    touch: UInt8[np.ndarray, "rows"]
    languages: UInt64[np.ndarray, "rows"]
    audience: UInt64[np.ndarray, "rows"]
    access: UInt64[np.ndarray, "rows"]
    first: Int32[np.ndarray, "rows+1"]
    starts: Int32[np.ndarray, "meetings"]
    ends: Int32[np.ndarray, "meetings"]
    row: Int32[np.ndarray, "meetings"]
    by_time: ByTime
    calls: ByTime


def build(entries: Iterable[Entry], now: datetime) -> Index:
    """Return the index of `entries` for HORIZON_DAYS from `now` (aware)."""
    since = now.astimezone(UTC) - timedelta(days=1)
    until = now.astimezone(UTC) + timedelta(days=HORIZON_DAYS)
    span = (since.date() - timedelta(days=1), until.date() + timedelta(days=1))
    rows = sorted(entries, key=lambda e: (e.latitude is None, e.latitude or 0.0))
    begins, ends, first = array("i"), array("i"), array("i", [0])
    for entry in rows:
        for begin, end in _meetings(entry.schedule, since, until, span):
            begins.append(begin)
            ends.append(end)
        first.append(len(begins))
    starts_at = np.frombuffer(begins, np.int32) if begins else np.zeros(0, np.int32)
    ends_at = np.frombuffer(ends, np.int32) if ends else np.zeros(0, np.int32)
    firsts = np.frombuffer(first, np.int32)
    row = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(firsts))
    modes = _column([e.modes for e in rows], np.uint8)
    toward = unit_vectors([(e.latitude, e.longitude) for e in rows])
    order = np.argsort(starts_at, kind="stable").astype(np.int32)
    calls = order[modes[row[order]] == ONLINE]
    return Index(
        until=int(until.timestamp()) // 60,
        n_placed=sum(e.latitude is not None for e in rows),
        number=np.array([e.number for e in rows], np.int64),
        latitude=_column([e.latitude or 0.0 for e in rows], np.float32),
        longitude=_column([e.longitude or 0.0 for e in rows], np.float32),
        modes=modes,
        practice=_column([e.practice for e in rows], np.uint8),
        touch=_column([e.touch for e in rows], np.uint8),
        languages=_column([e.languages for e in rows], np.uint64),
        audience=_column([e.audience for e in rows], np.uint64),
        access=_column([e.access for e in rows], np.uint64),
        first=firsts,
        starts=starts_at,
        ends=ends_at,
        row=row,
        by_time=_by_time(order, starts_at, ends_at, toward[row[order]]),
        calls=_by_time(calls, starts_at, ends_at, toward[row[calls]]),
    )


def unit_vectors(
    points: Sequence[tuple[float | None, float | None]],
) -> Float32[np.ndarray, "points 3"]:
    """Return where points (degrees) lie on a ball of radius 1; far from it for one not known."""
    table = np.array(points, np.float64).reshape(-1, 2)
    phi, lam = np.radians(table[:, 0]), np.radians(table[:, 1])
    columns = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    vectors: Float32[np.ndarray, "points 3"] = np.nan_to_num(
        np.column_stack(columns), nan=FAR_AWAY
    ).astype(np.float32)
    return vectors


def _by_time(
    order: Int32[np.ndarray, "some"],
    starts_at: Int32[np.ndarray, "meetings"],
    ends_at: Int32[np.ndarray, "meetings"],
    toward: Float32[np.ndarray, "some 3"],
) -> ByTime:
    begins, ends = starts_at[order], ends_at[order]
    longest = int((ends - begins).max()) if len(order) else 0
    return ByTime(order, begins, ends, toward, longest)


def _column(
    values: list[float] | list[int], kind: type[np.generic]
) -> np.ndarray[Any, np.dtype[Any]]:
    return np.array(values, kind)


def _meetings(
    schedule: Schedule, since: datetime, until: datetime, span: tuple[date, date]
) -> Iterable[tuple[int, int]]:
    """Yield (start, end) in minutes since 1970 UTC of what is on between `since` and `until`."""
    is_plain = schedule.rule and not schedule.dated and not schedule.except_on
    if not is_plain or schedule.start is None:
        for meeting in occurrences(schedule, since, until):
            if meeting.dated is None or not meeting.dated.called_off:
                yield _minutes(meeting.starts), _minutes(meeting.ends)
        return
    length = schedule.duration_minutes or ASSUMED_MINUTES
    low, high = _minutes(since), _minutes(until)
    found = starts(schedule.rule, schedule.first_on, schedule.start, schedule.timezone, span)
    for begin in found:
        if begin + length > low and begin < high:
            yield begin, begin + length


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
