"""People who change places, two or one at a time, until no such change is better."""

import numpy as np
from jaxtyping import Int32

from kith.core.matching.loops.compiled import compiled, inlined, with_room
from kith.core.matching.loops.rows import LARGEST, NONE, Near, Rows, Seats
from kith.core.matching.loops.two import fits
from kith.core.matching.loops.worth import NEVER, value_of
from kith.core.matching.points import Numbers


@with_room
def exchange(
    rows: Rows,
    near: Near,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    shard: Int32[np.ndarray, "people"],
    mine: int,
    people: Int32[np.ndarray, "some"],
    least: int,
    most: int,
    points: Numbers,
) -> int:
    """Let people of one shard join circles of their candidates, or change places; return the gain.

    Each does the best there is, in turn, until nobody can better anything. Windows, which are
    drawn by chance, miss many of these; here all are looked at, and again where something changed.
    """
    changed, looked = np.zeros(len(seats.size), np.int32), np.zeros(len(seats.size), np.int32)
    seen = np.full(len(near.n), NONE, np.int32)
    room = np.empty(LARGEST + 1, np.int32)
    gained, now, then, tried = np.int64(0), 0, NONE, 0
    while then != now:
        then = now
        for i in people:
            if not _may_leave(rows, seats, kept, whole, i):
                continue
            best, to, seat = np.int64(0), NONE, 0
            tried += 1
            for place in range(near.n[i]):
                j = near.other[i, place]
                g, h = seats.circle_of[j], seats.circle_of[i]
                if g == NONE or shard[j] != mine or looked[g] == tried:
                    continue
                looked[g] = tried
                if g == h or (changed[g] <= seen[i] and (h == NONE or changed[h] <= seen[i])):
                    continue
                gain, at = _best_seat(rows, seats, kept, whole, i, g, least, most, points, room)
                if gain > best:
                    best, to, seat = gain, g, at
            seen[i] = now
            if to != NONE:
                now += 1
                changed[to] = now
                if seats.circle_of[i] != NONE:
                    changed[seats.circle_of[i]] = now
                _change(rows, seats, kept, i, to, seat, least, points, room)
                gained += best
    return gained


@compiled
def _may_leave(
    rows: Rows,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    i: int,
) -> bool:
    """Return whether no circle that can go on would end without `i`, who need not stay."""
    g = seats.circle_of[i]
    if kept[i] != NONE:
        return False
    if whole[i] == 0 or g == NONE:
        return True
    same = 0
    for seat in range(seats.size[g]):
        same += rows.before[seats.member[g, seat]] == rows.before[i]
    # One of them may be elsewhere already: then all others stay.
    return same != whole[i] - 1


@compiled
def _best_seat(
    rows: Rows,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    i: int,
    g: int,
    least: int,
    most: int,
    points: Numbers,
    room: Int32[np.ndarray, "_"],
) -> tuple[int, int]:
    """Return what is gained at most where `i` has a seat in `g`, 0 if nothing, and which seat.

    Whoever sat there takes the place of `i`, in no circle if they had none.
    """
    size, h = np.int64(seats.size[g]), seats.circle_of[i]
    unfit, only = 0, 0
    for seat in range(size):
        if fits(rows, i, seats.member[g, seat]) == 0:
            unfit += 1
            only = seat
    best, best_seat = np.int64(0), 0
    if unfit > 1:
        return best, best_seat
    for seat in range(size + (size < most)):
        # With whom they do not fit, they can only change.
        if unfit == 1 and seat != only:
            continue
        other = seats.member[g, seat] if seat < size else NONE
        if other != NONE and not _may_leave(rows, seats, kept, whole, other):
            continue
        gain = _with(rows, seats, kept, g, seat, i, least, points, room)
        if gain != NEVER and h != NONE:
            here = _with(rows, seats, kept, h, _seat(seats, i), other, least, points, room)
            gain = gain + here if here != NEVER else here
        if gain > best:
            best, best_seat = gain, seat
    return best, best_seat


@compiled
def _change(
    rows: Rows,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    i: int,
    g: int,
    seat: int,
    least: int,
    points: Numbers,
    room: Int32[np.ndarray, "_"],
) -> None:
    """Let `i` sit at this seat of `g`, and whoever sat there where `i` did."""
    h, is_empty = seats.circle_of[i], seat == seats.size[g]
    other = NONE if is_empty else seats.member[g, seat]
    seats.value[g] += _with(rows, seats, kept, g, seat, i, least, points, room)
    if h != NONE:
        at = _seat(seats, i)
        seats.value[h] += _with(rows, seats, kept, h, at, other, least, points, room)
        if is_empty:
            seats.size[h] -= 1
            seats.member[h, at] = seats.member[h, seats.size[h]]
        else:
            seats.member[h, at] = other
    if is_empty:
        seats.size[g] += 1
    else:
        seats.circle_of[other] = h
    seats.member[g, seat], seats.circle_of[i] = i, g


@inlined
def _seat(seats: Seats, i: int) -> int:
    """Return at which seat of their circle somebody sits."""
    at = 0
    while seats.member[seats.circle_of[i], at] != i:
        at += 1
    return at


@compiled
def _with(
    rows: Rows,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    g: int,
    seat: int,
    i: int,
    least: int,
    points: Numbers,
    room: Int32[np.ndarray, "_"],
) -> int:
    """Return what a circle gains with `i` at this seat, or nobody; NEVER if that cannot be."""
    k, stay = np.int64(seats.size[g]), 0
    for place in range(k):
        room[place] = seats.member[g, place]
    if i != NONE:
        room[seat] = i
        k = max(k, seat + 1)
    else:
        k -= 1
        room[seat] = room[k]
    if k < least:
        return NEVER
    for place in range(k):
        stay += kept[room[place]] != NONE
    value = value_of(rows, room, k, least, stay >= least, points)
    return value if value == NEVER else value - np.int64(seats.value[g])
