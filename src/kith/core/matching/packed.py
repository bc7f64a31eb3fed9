"""People as the loops read them: in an order that keeps like people close in memory."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64, UInt64

from kith.core.matching.loops.rows import Rows
from kith.core.matching.people import FIRST_DAYS, IN_PERSON, NEW_DAYS, People
from kith.core.matching.points import Points
from kith.core.places.distance import EARTH_RADIUS_KM
from kith.core.rng import key

_32 = np.uint64(32)


class Packed(NamedTuple):
    """People packed, and where each of them stood.

    Args:
        rows: For the loops.
        cell: Of the map, 24 bits, cells that are near mostly having numbers that are near.
        origin: Row r here is row origin[r] of the people.
    """

    rows: Rows
    cell: UInt64[np.ndarray, "people"]
    origin: Int64[np.ndarray, "people"]


def packed(
    people: People, points: Points, seed: int, before: Int32[np.ndarray, "_"] | None = None
) -> Packed:
    """Return `people` packed into rows of twelve words, sorted by place, language and id.

        0-5    half-hours at which an hour can start       9   x, y: meters, each 32 bits
        6      languages                                  10   z, and how far they would go
        7      practices and flags                        11   cluster, dice
        8      gives, receives

    Flags of word 7, from bit 32: modes (2), first 30 days, past 90 days, the same and steady,
    knows somebody, never meets somebody; from 40 what they require, from 48 what they offer, from
    56 their roles. Whatever order people come in, they leave in one, so it changes nothing.
    """
    cell = cells(people)
    origin = np.lexsort((people.id, people.languages, cell))
    cell = cell[origin]
    row = np.zeros((len(people), 12), np.uint64)
    row[:, :6] = _starts(people.week[origin])
    row[:, 6] = people.languages[origin]
    row[:, 7] = _flags(people)[origin]
    row[:, 8] = _halves(people.gives[origin], people.receives[origin])
    row[:, 9:11] = _places(people)[origin]
    row[:, 11] = _halves(people.cluster[origin], _dice(people, seed)[origin])
    place = np.empty(len(people), np.int32)
    place[origin] = np.arange(len(people), dtype=np.int32)
    ties = _neighbours(place[people.ties], len(people))
    exclusions = _neighbours(place[people.exclusions], len(people))
    weeks = np.minimum(people.weeks_waiting[origin], points.longest_wait_weeks)
    worth = (points.placed + points.waited * weeks).astype(np.int32)
    last = np.full(len(people), -1, np.int32) if before is None else before[origin]
    return Packed(Rows(row, worth, last, *ties, *exclusions), cell, origin)


def _halves(low: np.ndarray, high: np.ndarray) -> UInt64[np.ndarray, "people"]:
    return low.astype(np.uint32).astype(np.uint64) | (
        high.astype(np.uint32).astype(np.uint64) << _32
    )


def _starts(week: UInt64[np.ndarray, "people 6"]) -> UInt64[np.ndarray, "people 6"]:
    """Return the half-hours at which somebody is free for an hour; Sunday night runs into Monday."""
    later = week >> np.uint64(1)
    later[:, :-1] |= week[:, 1:] << np.uint64(63)
    # 336 half-hours end at bit 15 of the last word.
    later[:, -1] |= (week[:, 0] & np.uint64(1)) << np.uint64(15)
    later &= week
    return later


def _flags(people: People) -> UInt64[np.ndarray, "people"]:
    known, apart = (np.zeros(len(people), np.uint8) for _ in range(2))
    known[people.ties.ravel()] = 1
    apart[people.exclusions.ravel()] = 1
    past = people.days >= NEW_DAYS
    high = people.mode.astype(np.uint32)
    for bit, flag in (
        (2, people.days < FIRST_DAYS), (3, past), (4, past & (people.steadiness > 0)),
        (5, known), (6, apart), (8, people.requires), (16, people.offers), (24, people.roles),
    ):  # fmt: skip
        high |= flag.astype(np.uint32) << np.uint32(bit)
    return _halves(people.practices, high)


def _on_earth(people: People) -> Int32[np.ndarray, "people 3"]:
    """Return where people are: whole meters from the middle of the Earth, zeros for online."""
    phi, theta = (np.radians(np.nan_to_num(a)) for a in (people.latitude, people.longitude))
    flat = np.cos(phi)
    places = np.stack([flat * np.cos(theta), flat * np.sin(theta), np.sin(phi)], axis=1)
    meters = np.rint(places * (EARTH_RADIUS_KM * 1_000)).astype(np.int32)
    meters[(people.mode & IN_PERSON) == 0] = 0
    return meters


def _places(people: People) -> UInt64[np.ndarray, "people 2"]:
    """Return words 9 and 10.

    A reach is cut by two meters, so that rounding never lets two meet who are too far apart.
    """
    x, y, z = _on_earth(people).T
    arc = np.nan_to_num(people.reach_km).astype(np.float64) / EARTH_RADIUS_KM
    chord = 2 * np.sin(arc / 2) * EARTH_RADIUS_KM * 1_000
    return np.stack([_halves(x, y), _halves(z, np.maximum(chord - 2, 0).astype(np.int64))], axis=1)


def _dice(people: People, seed: int) -> np.ndarray:
    """Return 32 bits by chance for each id (splitmix64)."""
    with np.errstate(over="ignore"):
        x = people.id.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(
            key(seed, "chance")
        )
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return (x ^ (x >> np.uint64(31))) >> _32


def cells(people: People) -> UInt64[np.ndarray, "people"]:
    """Return the cell of about 5 km that somebody lives in; those online only share the last."""
    cell = np.full(len(people), 2**24 - 1, np.uint64)
    met = (people.mode & IN_PERSON) != 0
    north = ((people.latitude[met] + 90) * (4095 / 180)).astype(np.uint64)
    east = ((people.longitude[met] + 180) * (4095 / 360)).astype(np.uint64)
    cell[met] = _woven(north) << np.uint64(1) | _woven(east)
    return cell


def _woven(x: UInt64[np.ndarray, "some"]) -> UInt64[np.ndarray, "some"]:
    """Return 12 bits with a gap after each."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        x = (x | (x << np.uint64(shift))) & np.uint64(mask)
    return x


def _neighbours(
    pairs: Int32[np.ndarray, "pairs 2"], people: int
) -> tuple[Int32[np.ndarray, "_"], Int32[np.ndarray, "ends"]]:
    """Return the others of each person, from start[i] to before start[i + 1], each once."""
    one = np.concatenate([pairs[:, 0], pairs[:, 1]]).astype(np.int64)
    other = np.concatenate([pairs[:, 1], pairs[:, 0]])
    both = np.unique(one * people + other)
    start = np.searchsorted(both, np.arange(people + 1) * people).astype(np.int32)
    return start, (both % max(people, 1)).astype(np.int32)
