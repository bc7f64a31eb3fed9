"""A greedy start: circles that grow by the best of who is left."""

import numpy as np
from jaxtyping import Int32

from kith.core.matching.loops.compiled import with_room
from kith.core.matching.loops.rows import LARGEST, NONE, Near, Rows, Seats
from kith.core.matching.loops.worth import NEVER, value_of
from kith.core.matching.points import Numbers


@with_room
def grow(
    rows: Rows,
    near: Near,
    seats: Seats,
    shard: Int32[np.ndarray, "people"],
    mine: int,
    order: Int32[np.ndarray, "some"],
    free: Int32[np.ndarray, "_"],
    n_free: int,
    least: int,
    most: int,
    points: Numbers,
) -> int:
    """Seat those in `order` who have no circle, each with the best of who is left.

    Returns how many numbers for circles are left of the `n_free`.
    """
    members = np.empty(LARGEST + 1, np.int32)
    for i in order:
        if seats.circle_of[i] != NONE or near.n[i] < least - 1 or n_free == 0:
            continue
        members[0] = i
        k, value = 1, np.int64(0)
        while k < most:
            best, best_value = NONE, np.int64(NEVER)
            for source in range(min(k, 2)):
                p = members[source]
                for place in range(near.n[p]):
                    j = near.other[p, place]
                    if shard[j] != mine or seats.circle_of[j] != NONE:
                        continue
                    known = False
                    for seat in range(k):
                        known |= members[seat] == j
                    if known:
                        continue
                    members[k] = j
                    found = value_of(rows, members, k + 1, least, False, points)
                    if found > best_value:
                        best, best_value = j, found
            if best == NONE or (k >= least and best_value <= value):
                break
            members[k] = best
            k += 1
            value = best_value
            if 2 * k >= least + most:
                break
        if k < least:
            continue
        n_free -= 1
        g = free[n_free]
        for seat in range(k):
            seats.member[g, seat], seats.circle_of[members[seat]] = members[seat], g
        seats.size[g], seats.value[g] = k, value
    return n_free
