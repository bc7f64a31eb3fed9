"""Filling seats that are empty, with those who have no circle."""

import numpy as np
from jaxtyping import Int32

from kith.core.matching.loops.compiled import compiled, with_room
from kith.core.matching.loops.rows import LARGEST, NONE, Rows, Seats
from kith.core.matching.loops.two import fits
from kith.core.matching.loops.worth import value_of
from kith.core.matching.points import Numbers

# Of those who could join a circle, so many are looked at, two by two.
_SOME = 48


@with_room
def fill(
    rows: Rows,
    seats: Seats,
    groups: Int32[np.ndarray, "groups"],
    place: Int32[np.ndarray, "groups"],
    single: Int32[np.ndarray, "singles"],
    width: int,
    least: int,
    most: int,
    points: Numbers,
) -> int:
    """Seat those who have no circle in these groups, each the best there is; return how many.

    Args:
        groups, place: Numbers of circles, and where in `single` those begin who are like them.
        single: Who has no circle, lined up; `width` of them on either side are looked at.
    """
    members, some = np.empty(LARGEST + 1, np.int32), np.empty(_SOME, np.int32)
    seated = 0
    for at in range(len(groups)):
        g = groups[at]
        stands = seats.size[g] >= least
        n = _who_could(rows, seats, g, place[at], single, width, some)
        for seat in range(seats.size[g]):
            members[seat] = seats.member[g, seat]
        while n > 0 and seats.size[g] < most:
            k, best, one, other = seats.size[g], np.int64(seats.value[g]), NONE, NONE
            for a in range(n):
                members[k] = some[a]
                value = value_of(rows, members, k + 1, least, stands, points)
                if k + 1 >= least and value > best:
                    best, one = value, a
            # Where one is not enough, two.
            if one == NONE and seats.value[g] == 0 and k + 2 <= most:
                for a in range(n):
                    for b in range(a):
                        members[k], members[k + 1] = some[a], some[b]
                        value = value_of(rows, members, k + 2, least, stands, points)
                        if k + 2 >= least and value > best:
                            best, one, other = value, a, b
            if one == NONE:
                break
            seats.value[g] = best
            # `other` is before `one`: the last takes the place of each, the later first.
            for a in (one, other):
                if a != NONE:
                    i = some[a]
                    k = seats.size[g]
                    seats.member[g, k], members[k], seats.circle_of[i] = i, i, g
                    seats.size[g] = k + 1
                    n -= 1
                    some[a] = some[n]
                    seated += 1
    return seated


@compiled
def _who_could(
    rows: Rows,
    seats: Seats,
    g: int,
    place: int,
    single: Int32[np.ndarray, "singles"],
    width: int,
    some: Int32[np.ndarray, "some"],
) -> int:
    """Write down who of those near `place` goes with each in the circle; return how many."""
    n, many = 0, len(single)
    for step in range(min(2 * width, many)):
        # Nearest first, on either side in turn; the line is a ring.
        at = place + step // 2 if step % 2 == 0 else place - 1 - step // 2
        i = single[at % many]
        if seats.circle_of[i] != NONE:
            continue
        fine = True
        for seat in range(seats.size[g]):
            fine = fine and fits(rows, i, seats.member[g, seat]) != 0
            if not fine:
                break
        if fine:
            some[n] = i
            n += 1
            if n == len(some):
                break
    return n
