"""The desk on which one window is solved: some circles, and some people who have none."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64, UInt64

from kith.core.matching.loops.bits import HALF, ONE, below
from kith.core.matching.loops.compiled import compiled
from kith.core.matching.loops.rows import LARGEST, NONE, Near, Rows, Seats
from kith.core.matching.loops.two import affinity, fits, nearness, staying
from kith.core.matching.points import Numbers

# People in one window and circles looked at in it, at most.
WIDEST, MOST_CIRCLES = 64, 8192
# Points of two people in one number, so that a circle is one sum: from these bits on those for
# living near each other, and for staying; below them all others, which may be less than 0.
NEAR, STAYING = 24, 44


class Path(NamedTuple):
    """What the first k members have in common or of each other, while circles are listed."""

    member: Int32[np.ndarray, "9"]
    left: UInt64[np.ndarray, "9"]
    week: UInt64[np.ndarray, "9 6"]
    speech: UInt64[np.ndarray, "9"]
    every: UInt64[np.ndarray, "9"]
    some: UInt64[np.ndarray, "9"]
    mask: UInt64[np.ndarray, "9"]
    in_person: UInt64[np.ndarray, "9"]
    bridge: UInt64[np.ndarray, "9"]
    pairs: Int64[np.ndarray, "9"]
    whole: Int64[np.ndarray, "9"]
    tender: Int64[np.ndarray, "9"]


class Choice(NamedTuple):
    """How far the search for the best choice is, at each depth."""

    used: UInt64[np.ndarray, "65"]
    lost: Int64[np.ndarray, "65"]
    at: Int32[np.ndarray, "65"]
    person: Int32[np.ndarray, "65"]
    taken: Int32[np.ndarray, "65"]
    place_of: Int32[np.ndarray, "65"]
    many: Int32[np.ndarray, "65"]


class Desk(NamedTuple):
    """Room to work in, one for each job."""

    who: Int32[np.ndarray, "64"]
    circle: Int32[np.ndarray, "64"]
    least: Int32[np.ndarray, "64"]
    team: UInt64[np.ndarray, "64"]
    fit: UInt64[np.ndarray, "64"]
    in_person: UInt64[np.ndarray, "64"]
    tied: UInt64[np.ndarray, "64"]
    met: UInt64[np.ndarray, "64"]
    pairs: Int64[np.ndarray, "64 64"]
    mask: UInt64[np.ndarray, "circles"]
    value: Int32[np.ndarray, "circles"]
    slack: Int32[np.ndarray, "circles"]
    noise: Int32[np.ndarray, "circles"]
    price: Int32[np.ndarray, "64"]
    rank: Int32[np.ndarray, "64"]
    start: Int32[np.ndarray, "66"]
    listed: Int32[np.ndarray, "listed"]
    chosen: Int32[np.ndarray, "64"]
    dice: UInt64[np.ndarray, "1"]
    path: Path
    choice: Choice


def desk() -> Desk:
    """Return room for one job."""
    few, many, deep = (64,), (MOST_CIRCLES,), LARGEST + 1
    path = Path(
        np.zeros(deep, np.int32), np.zeros(deep, np.uint64), np.zeros((deep, 6), np.uint64),
        *(np.zeros(deep, np.uint64) for _ in range(6)), *(np.zeros(deep, np.int64) for _ in range(3)),
    )  # fmt: skip
    choice = Choice(
        np.zeros(65, np.uint64), np.zeros(65, np.int64), *(np.zeros(65, np.int32) for _ in range(5))
    )
    return Desk(
        *(np.zeros(few, np.int32) for _ in range(3)), *(np.zeros(few, np.uint64) for _ in range(5)),
        np.zeros((64, 64), np.int64),
        np.zeros(many, np.uint64), *(np.zeros(many, np.int32) for _ in range(3)),
        np.zeros(few, np.int32), np.zeros(few, np.int32), np.zeros(66, np.int32),
        np.zeros(MOST_CIRCLES * LARGEST, np.int32), np.zeros(few, np.int32), np.zeros(1, np.uint64), path, choice,
    )  # fmt: skip


@compiled
def gather(
    near: Near,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    most: int,
    shard: Int32[np.ndarray, "people"],
    mine: int,
    start: int,
    wide: int,
    desk: Desk,
    dice: UInt64[np.ndarray, "1"],
) -> tuple[int, int]:
    """Lay `start` and who is good for them on the desk; return how many people and circles.

    Whoever has a circle comes with all of it. One that is full, and must stay as it is, does not.
    """
    n, n_circles, x = 0, 0, start
    for attempt in range(6 * wide):
        if attempt > 0:
            p = start
            if below(dice, 6) == 0:
                p = desk.who[below(dice, n)]
            if near.n[p] == 0:
                continue
            x = near.other[p, below(dice, near.n[p])]
        if shard[x] != mine:
            continue
        g = seats.circle_of[x]
        known = False
        if kept[x] != NONE and whole[x] == most:
            continue
        if g == NONE:
            for place in range(n):
                known |= desk.who[place] == x
            if not known:
                desk.who[n] = x
                n += 1
        else:
            for place in range(n_circles):
                known |= desk.circle[place] == g
            if not known and n + seats.size[g] <= wide:
                desk.circle[n_circles] = g
                n_circles += 1
                for place in range(seats.size[g]):
                    desk.who[n] = seats.member[g, place]
                    n += 1
        if n >= wide - 1 or n == 0:
            break
    return n, n_circles


@compiled
def find_teams(
    rows: Rows,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    n: int,
    desk: Desk,
) -> int:
    """Write down who on the desk is of a circle that can go on, and how many of it must stay.

    A circle that is listed has `least` of such a `team`, or else one of them, or none: any other
    would end it. Returns all who have a team, as bits.
    """
    teams = np.uint64(0)
    for a in range(n):
        i, bits = desk.who[a], np.uint64(0)
        desk.team[a] = np.uint64(0)
        if whole[i] == 0 or kept[i] != NONE or seats.circle_of[i] == NONE:
            continue
        for b in range(n):
            j = desk.who[b]
            if rows.before[j] == rows.before[i]:
                bits |= ONE << np.uint64(b)
        # One of them may be elsewhere already.
        desk.team[a], desk.least[a] = bits, whole[i] - 1
        teams |= ONE << np.uint64(a)
    return teams


@compiled
def look_at_pairs(
    rows: Rows, kept: Int32[np.ndarray, "people"], n: int, desk: Desk, points: Numbers
) -> None:
    """Write down how each two of the `n` people on the desk go together."""
    for a in range(n):
        desk.fit[a], desk.in_person[a] = np.uint64(0), np.uint64(0)
        desk.tied[a], desk.met[a] = np.uint64(0), np.uint64(0)
    for a in range(n):
        i = desk.who[a]
        for b in range(a + 1, n):
            j = desk.who[b]
            # Two who must stay in different circles are never asked about.
            if kept[i] != kept[j] and kept[i] != NONE and kept[j] != NONE:
                continue
            modes = fits(rows, i, j)
            if modes == 0:
                continue
            found, tied = affinity(rows, i, j, points)
            bit_a, bit_b = ONE << np.uint64(a), ONE << np.uint64(b)
            desk.fit[a] |= bit_b
            desk.fit[b] |= bit_a
            close = 0
            if modes & 1:
                desk.in_person[a] |= bit_b
                desk.in_person[b] |= bit_a
                close = nearness(rows.row, i, j, points)
            each = found + (close << NEAR) + (staying(rows, i, j, points) << STAYING)
            desk.pairs[a, b], desk.pairs[b, a] = each, each
            if tied:
                desk.tied[a] |= bit_b
                desk.tied[b] |= bit_a
            if (rows.row[i, 8] >> HALF) & rows.row[j, 8]:
                desk.met[a] |= bit_b
            if (rows.row[j, 8] >> HALF) & rows.row[i, 8]:
                desk.met[b] |= bit_a
