"""The search itself: in person near a point, online at one's hour, and both mixed sensibly."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, Int64, Integer, UInt8

from kith.core.finding.index import IN_PERSON, ONLINE, Index, Kinds
from kith.core.finding.nearness import km_around, least, squared_chord, squared_chords, unit_vector
from kith.core.places import bounding_box

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
        calls = _online(index, wanted)
        meetings = np.concatenate([meetings, calls])
        distance = np.concatenate([distance, _nowhere(calls)])
    n_in_all = len(meetings)
    if n_in_all > wanted.most:
        # Nobody travels to a call: it is as near as can be. Of two as near, the sooner is kept.
        away = np.where(np.isnan(distance), 0.0, distance)
        kept = np.lexsort((index.starts[meetings], away))[: wanted.most]
        meetings, distance = meetings[kept], distance[kept]
    # Sorting puts NaN last.
    order = np.lexsort((distance, index.starts[meetings]))
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
        meetings = meetings[_fits(index.kinds.of(index.row[meetings]), wanted, IN_PERSON)]
        return meetings, _nowhere(meetings)
    rows, distance = _near(index, wanted, IN_PERSON, wanted.radius_km)
    first = index.first[rows]
    counts = index.first[rows + 1] - first
    # The meetings of each row, row after row, without a loop.
    spread: Rows = np.arange(counts.sum()) + np.repeat(first - np.cumsum(counts) + counts, counts)
    distance = np.repeat(distance, counts)
    on = _is_on(index, wanted, spread)
    return spread[on], distance[on]


def _online(index: Index, wanted: Wanted) -> Rows:
    if wanted.modes & IN_PERSON:
        # A hybrid one is already found at its door, or too far to be found there.
        return _nearest_calls(index, wanted)
    meetings = _at_time(index, wanted)
    online: Rows = meetings[_fits(index.kinds.of(index.row[meetings]), wanted, ONLINE)]
    return online


def _nowhere(meetings: Rows) -> Float32[np.ndarray, "_"]:
    """Return the distance to what there is no going to."""
    return np.full(len(meetings), np.nan, np.float32)


def _nearest_calls(index: Index, wanted: Wanted) -> Rows:
    """Return at most `online_most` calls of each span, those of people who live nearest."""
    toward = unit_vector(*wanted.near) if wanted.near else None
    kept = [_calls_within(index, wanted, span, toward) for span in wanted.spans]
    if len(kept) == 1:
        return kept[0]
    # A long call may lie in two spans.
    all_kept: Rows = np.unique(np.concatenate([np.zeros(0, np.int32), *kept]))
    return all_kept


def _calls_within(
    index: Index, wanted: Wanted, span: tuple[int, int], toward: Float64[np.ndarray, "3"] | None
) -> Int32[np.ndarray, "_"]:
    low, high = span
    calls = index.calls
    some = calls.touching(low, high)
    fits = calls.ends[some] > low
    if _asks_more(wanted):
        fits &= _fits(index.call_kinds.of(some), wanted, ONLINE)
    chosen = np.flatnonzero(fits)
    if toward is not None:
        homes = index.call_homes[:, some]
        # Picking a few out costs more than measuring to all, unless they are few.
        is_few = len(chosen) * 4 < len(fits)
        ways = squared_chords(homes[:, chosen] if is_few else homes, toward.astype(np.float32))
        chosen = chosen[least(ways if is_few else ways[chosen], wanted.online_most)]
    kept: Int32[np.ndarray, _] = calls.meeting[some][chosen[: wanted.online_most]]
    return kept


def _at_time(index: Index, wanted: Wanted) -> Rows:
    """Return all meetings that are on within a span."""
    found = [np.zeros(0, np.int32)]
    for low, high in wanted.spans:
        some = index.by_time.touching(low, high)
        found.append(index.by_time.meeting[some][index.by_time.ends[some] > low])
    meetings: Rows = np.concatenate(found)
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
        rows = np.flatnonzero(_fits(index.kinds, wanted, modes))
        return rows, np.full(len(rows), np.nan, np.float32)
    south, north, _west, _east = bounding_box(*wanted.near, radius_km)
    band = index.latitude[: index.n_placed]
    # The column is rounded to half a meter.
    begin = int(np.searchsorted(band, np.float32(south - 1e-5), side="left"))
    end = int(np.searchsorted(band, np.float32(north + 1e-5), side="right"))
    chords = squared_chords(index.homes[:, begin:end], unit_vector(*wanted.near))
    inside = np.flatnonzero(chords <= squared_chord(radius_km))
    rows = begin + inside
    fits = _fits(index.kinds.of(rows), wanted, modes)
    return rows[fits], km_around(chords[inside[fits]])


def _asks_more(wanted: Wanted) -> bool:
    """Return whether anything but time, place and mode is wanted."""
    masks = wanted.languages | wanted.audience | wanted.access
    return bool(masks or wanted.practices or wanted.touches)


def _fits(kinds: Kinds, wanted: Wanted, modes: int) -> Bool[np.ndarray, "_"]:
    """Return which have one of `modes` and everything else that is wanted."""
    fits: Bool[np.ndarray, _] = (kinds.modes & modes) != 0
    for mask, column in ((wanted.languages, kinds.languages), (wanted.audience, kinds.audience)):
        if mask:
            fits &= (column & np.uint64(mask)) != 0
    if wanted.access:
        access = np.uint64(wanted.access)
        fits &= (kinds.access & access) == access
    for codes, small in ((wanted.practices, kinds.practice), (wanted.touches, kinds.touch)):
        if codes:
            fits &= _is_one_of(small, codes)
    return fits


def _is_one_of(column: UInt8[np.ndarray, "_"], codes: frozenset[int]) -> Bool[np.ndarray, "_"]:
    table = np.zeros(256, bool)
    table[list(codes)] = True
    chosen: Bool[np.ndarray, _] = table[column]
    return chosen
