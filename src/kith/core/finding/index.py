"""The index: what of every gathering a search looks at, as columns sorted from south to north."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64, UInt8, UInt64

from kith.core.schedule import Schedule

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
        longest: Minutes of the longest.
    """

    meeting: Int32[np.ndarray, "some"]
    starts: Int32[np.ndarray, "some"]
    ends: Int32[np.ndarray, "some"]
    longest: int

    def touching(self, low: int, high: int) -> slice:
        """Return where all that are on between `low` and `high` lie, and a few more."""
        # Of the column's own kind: for another, numpy would turn all of it into that one first.
        edges = np.array([low - self.longest, high], self.starts.dtype)
        begin, end = np.searchsorted(self.starts, edges, side="left").tolist()
        return slice(begin, end)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is asked of gatherings, time and place aside; see Entry."""

    modes: UInt8[np.ndarray, "some"]
    practice: UInt8[np.ndarray, "some"]
    touch: UInt8[np.ndarray, "some"]
    languages: UInt64[np.ndarray, "some"]
    audience: UInt64[np.ndarray, "some"]
    access: UInt64[np.ndarray, "some"]

    def of(self, rows: Any) -> "Kinds":
        """Return those of `rows`."""
        return Kinds(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Index:
    """Gatherings by row, from south to north, and their meetings, row after row.

    Meetings of row r are `starts[first[r]:first[r + 1]]`, minutes since 1970 UTC. Rows without
    a point come last, at `n_placed` and after. `by_time` lists all meetings by start.
    `calls` holds those of rows that are online and nothing else, by start, with all that is
    asked of them side by side: most evenings they are many, and few of them are shown.
    `kinds` and `call_kinds` are what rows and `calls` are; `homes` and `call_homes` are their
    points, as unit_vectors.
    """

    since: int
    until: int
    n_placed: int
    number: Int64[np.ndarray, "rows"]
    latitude: Float32[np.ndarray, "rows"]
    longitude: Float32[np.ndarray, "rows"]
    kinds: Kinds
    first: Int32[np.ndarray, "rows+1"]
    starts: Int32[np.ndarray, "meetings"]
    ends: Int32[np.ndarray, "meetings"]
    row: Int32[np.ndarray, "meetings"]
    by_time: ByTime
    calls: ByTime
    homes: Float64[np.ndarray, "3 rows"]
    call_kinds: Kinds
    call_homes: Float32[np.ndarray, "3 calls"]


def unit_vectors(points: Iterable[Any]) -> Float64[np.ndarray, "points 3"]:
    """Return where points (degrees) lie on a ball of radius 1; far from it for one not known."""
    table = np.array(points, np.float64).reshape(-1, 2)
    phi, lam = np.radians(table[:, 0]), np.radians(table[:, 1])
    columns = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    vectors: Float64[np.ndarray, "points 3"] = np.nan_to_num(np.column_stack(columns), nan=FAR_AWAY)
    return vectors
