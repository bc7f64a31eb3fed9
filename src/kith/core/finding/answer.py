"""The search itself: in person near a point, online at one's hour, and both mixed sensibly."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, Int64, Integer, UInt8

from kith.core.finding.index import IN_PERSON, ONLINE, Index, unit_vectors
from kith.core.places import bounding_box
from kith.core.places.distance import EARTH_RADIUS_KM

Rows = Integer[np.ndarray, "_"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is looking for.

    Args:
        spans: Stretches of time, (from, to) in minutes since 1970 UTC; a meeting counts if it
            is on at any moment of one.
        near: Latitude and longitude in degrees, or None for anywhere.
        radius_km: How far from there people would go.
        modes: IN_PERSON, ONLINE or both.
        languages, audience: Masks of which one bit has to match; 0 for any.
        access: Mask of which every bit has to match.
        practices, touches: Codes of which one has to match; empty for any.
        online_most: Where both are wanted, at most so many online ones for each span.
        most: At most so many in all; the nearest are kept.
    """

    spans: tuple[tuple[int, int], ...]
    near: tuple[float, float] | None = None
    radius_km: float = 5.0
    modes: int = IN_PERSON | ONLINE
    languages: int = 0
    audience: int = 0
    access: int = 0
    practices: frozenset[int] = frozenset()
    touches: frozenset[int] = frozenset()
    online_most: int = 8
    most: int = 200


@dataclass(frozen=True, slots=True)
class Found:
    """Meetings found, by start.

    Args:
        number: The gatherings' numbers.
        starts, ends: Minutes since 1970 UTC.
        distance_km: From `near`; NaN where there is nothing to go to, or no point.
        n_in_all: How many there were before `most` cut them.
    """

    number: Int64[np.ndarray, "found"]
    starts: Int32[np.ndarray, "found"]
    ends: Int32[np.ndarray, "found"]
    distance_km: Float32[np.ndarray, "found"]
    n_in_all: int


def search(index: Index, wanted: Wanted) -> Found:
    """Return what of `index` is wanted.

    In person comes what lies within the radius. Online comes what fits, and where in person
    is wanted too only a few of it, the ones whose people live nearest first: it is company
    for those who cannot get out, not a wall of calls in front of the door next street.
    """
    meetings, distance = _in_person(index, wanted)
    if wanted.modes & ONLINE:
        calls, far = _online(index, wanted)
        meetings, distance = np.concatenate([meetings, calls]), np.concatenate([distance, far])
    n_in_all = len(meetings)
    if n_in_all > wanted.most:
        kept = np.argsort(np.nan_to_num(distance, nan=0.0), kind="stable")[: wanted.most]
        meetings, distance = meetings[kept], distance[kept]
    order = np.lexsort((np.nan_to_num(distance, nan=np.inf), index.starts[meetings]))
    meetings, distance = meetings[order], distance[order]
    return Found(
        number=index.number[index.row[meetings]],
        starts=index.starts[meetings],
        ends=index.ends[meetings],
        distance_km=distance,
        n_in_all=n_in_all,
    )


def nearest(index: Index, wanted: Wanted, count: int) -> tuple[Rows, Float32[np.ndarray, "_"]]:
    """Return (numbers, km) of about `count` gatherings nearest to `wanted.near`, times aside.

    The radius grows until enough are inside it, as BMLT's automatic radius does.
    """
    radius_km = 1.0
    while True:
        rows, distance = _near(index, wanted, wanted.modes, radius_km)
        if len(rows) >= count or radius_km > 20_000:
            kept = np.argsort(distance, kind="stable")[:count]
            return index.number[rows[kept]], distance[kept]
        radius_km *= 2


def within(index: Index, wanted: Wanted) -> tuple[Rows, Float32[np.ndarray, "_"]]:
    """Return (numbers, km) of the gatherings within the radius, nearest first, times aside."""
    rows, distance = _near(index, wanted, wanted.modes, wanted.radius_km)
    order = np.argsort(distance, kind="stable")
    return index.number[rows[order]], distance[order]


def _in_person(index: Index, wanted: Wanted) -> tuple[Rows, Float32[np.ndarray, "_"]]:
    if not wanted.modes & IN_PERSON:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    if wanted.near is None:
        meetings = _at_time(index, wanted)
        meetings = meetings[_fits(index, wanted, index.row[meetings], IN_PERSON)]
        return meetings, np.full(len(meetings), np.nan, np.float32)
    rows, distance = _near(index, wanted, IN_PERSON, wanted.radius_km)
    counts = index.first[rows + 1] - index.first[rows]
    # The meetings of each row, row after row, without a loop.
    offsets = np.repeat(index.first[rows] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    meetings = (np.arange(len(offsets)) + offsets).astype(np.int64)
    distance = np.repeat(distance, counts)
    on = _is_on(index, wanted, meetings)
    return meetings[on], distance[on]


def _online(index: Index, wanted: Wanted) -> tuple[Rows, Float32[np.ndarray, "_"]]:
    if wanted.modes & IN_PERSON:
        # A hybrid one is already found at its door, or too far to be found there.
        meetings = _nearest_calls(index, wanted)
    else:
        meetings = _at_time(index, wanted)
        meetings = meetings[_fits(index, wanted, index.row[meetings], ONLINE)]
    return meetings, np.full(len(meetings), np.nan, np.float32)


def _nearest_calls(index: Index, wanted: Wanted) -> Rows:
    """Return at most `online_most` calls of each span, those of people who live nearest."""
    toward = unit_vectors([wanted.near])[0] if wanted.near else np.zeros(3, np.float32)
    kept = [_calls_within(index, wanted, low, high, toward) for low, high in wanted.spans]
    # A long call may lie in two spans.
    return np.unique(np.concatenate(kept)).astype(np.int64) if kept else np.zeros(0, np.int64)


def _calls_within(
    index: Index, wanted: Wanted, low: int, high: int, toward: Float32[np.ndarray, "3"]
) -> Int32[np.ndarray, "_"]:
    calls = index.calls
    some = calls.touching(low, high)
    meetings = calls.meeting[some]
    fits = calls.ends[some] > low
    if _asks_more(wanted):
        fits &= _fits(index, wanted, index.row[meetings], ONLINE)
    count = min(wanted.online_most, int(np.count_nonzero(fits)))
    if count == 0:
        return meetings[:0]
    if wanted.near is None:
        return meetings[np.flatnonzero(fits)[:count]]
    # The square of the straight line through the earth orders points as the way around it does.
    away = calls.toward[some] - toward
    far = np.einsum("ij,ij->i", away, away)
    far[~fits] = np.inf
    # Alike ones keep their order by start: the first is the soonest.
    limit = np.partition(far, count - 1)[count - 1]
    nearer = np.flatnonzero(far < limit)
    alike = np.flatnonzero(far == limit)[: count - len(nearer)]
    chosen: Int32[np.ndarray, _] = meetings[np.concatenate([nearer, alike])]
    return chosen


def _at_time(index: Index, wanted: Wanted) -> Rows:
    """Return all meetings that are on within a span."""
    found = [np.zeros(0, np.int32)]
    for low, high in wanted.spans:
        some = index.by_time.touching(low, high)
        found.append(index.by_time.meeting[some][index.by_time.ends[some] > low])
    meetings: Rows = np.concatenate(found).astype(np.int64)
    # Spans may overlap, or one long meeting lie in two.
    return meetings if len(wanted.spans) < 2 else np.unique(meetings)


def _is_on(index: Index, wanted: Wanted, meetings: Rows) -> Bool[np.ndarray, "_"]:
    starts, ends = index.starts[meetings], index.ends[meetings]
    on = np.zeros(len(meetings), bool)
    for low, high in wanted.spans:
        on |= (ends > low) & (starts < high)
    return on


def _near(
    index: Index, wanted: Wanted, modes: int, radius_km: float
) -> tuple[Rows, Float32[np.ndarray, "_"]]:
    """Return the rows within a radius that have one of `modes` and fit, and their km."""
    if wanted.near is None:
        rows = np.flatnonzero(_fits(index, wanted, slice(None), modes))
        return rows, np.full(len(rows), np.nan, np.float32)
    lat, lon = wanted.near
    south, north, west, east = bounding_box(lat, lon, radius_km)
    band = index.latitude[: index.n_placed]
    begin = int(np.searchsorted(band, np.float32(south), side="left"))
    end = int(np.searchsorted(band, np.float32(north), side="right"))
    turn = (index.longitude[begin:end] - np.float32(lon) + 180.0) % 360.0 - 180.0
    rows = begin + np.flatnonzero(np.abs(turn) <= (east - west) / 2 + 1e-4)
    rows = rows[_fits(index, wanted, rows, modes)]
    distance = _distance_km(index, rows, lat, lon)
    inside = distance <= radius_km
    return rows[inside], distance[inside].astype(np.float32)


def _asks_more(wanted: Wanted) -> bool:
    """Return whether anything but time, place and mode is wanted."""
    masks = wanted.languages | wanted.audience | wanted.access
    return bool(masks or wanted.practices or wanted.touches)


def _fits(index: Index, wanted: Wanted, rows: Rows | slice, modes: int) -> Bool[np.ndarray, "_"]:
    """Return which rows have one of `modes` and everything else that is wanted."""
    fits: Bool[np.ndarray, _] = (index.modes[rows] & modes) != 0
    for mask, column in ((wanted.languages, index.languages), (wanted.audience, index.audience)):
        if mask:
            fits &= (column[rows] & np.uint64(mask)) != 0
    if wanted.access:
        access = np.uint64(wanted.access)
        fits &= (index.access[rows] & access) == access
    for codes, small in ((wanted.practices, index.practice), (wanted.touches, index.touch)):
        if codes:
            fits &= _is_one_of(small[rows], codes)
    return fits


def _is_one_of(column: UInt8[np.ndarray, "_"], codes: frozenset[int]) -> Bool[np.ndarray, "_"]:
    table = np.zeros(256, bool)
    table[list(codes)] = True
    chosen: Bool[np.ndarray, _] = table[column]
    return chosen


def _distance_km(index: Index, rows: Rows, lat: float, lon: float) -> Float64[np.ndarray, "_"]:
    phi = np.radians(index.latitude[rows].astype(np.float64))
    half_lat = (phi - np.radians(lat)) / 2
    half_lon = np.radians(index.longitude[rows].astype(np.float64) - lon) / 2
    h = np.sin(half_lat) ** 2 + np.cos(np.radians(lat)) * np.cos(phi) * np.sin(half_lon) ** 2
    angle: Float64[np.ndarray, _] = 2 * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    return EARTH_RADIUS_KM * angle
