"""When and how each circle meets."""

import numpy as np
from jaxtyping import Int16, Int32, UInt8

from kith.core.matching.loops.bits import HALF, ONE
from kith.core.matching.loops.compiled import with_room
from kith.core.matching.loops.rows import NONE, Rows, Seats
from kith.core.matching.loops.two import fits


@with_room
def settle(
    rows: Rows,
    seats: Seats,
    last_hour: Int32[np.ndarray, "people"],
    hour: Int16[np.ndarray, "circles"],
    mode: UInt8[np.ndarray, "circles"],
) -> None:
    """Write the hour and the way in which each circle meets.

    The hour is the one they had, if all still can; else the first of the longest stretch in which
    all can. In person, if all can.
    """
    week = np.empty(6, np.uint64)
    for g in range(len(seats.size)):
        if seats.size[g] == 0:
            continue
        ways, before = np.int64(3), np.int64(NONE)
        for word in range(6):
            week[word] = ~np.uint64(0)
        for seat in range(seats.size[g]):
            i = seats.member[g, seat]
            for word in range(6):
                week[word] &= rows.row[i, word]
            ways &= np.int64((rows.row[i, 7] >> HALF) & np.uint64(3))
            before = max(before, np.int64(last_hour[i]))
            for other in range(seat):
                ways &= fits(rows, i, seats.member[g, other])
        mode[g] = 1 if ways & 1 else 2
        longest, length, at = 0, 0, 0
        for half in range(336):
            length = length + 1 if (week[half >> 6] >> np.uint64(half & 63)) & ONE else 0
            if length > longest:
                longest, at = length, half - length + 1
        if before >= 0 and (week[before >> 6] >> np.uint64(before & 63)) & ONE:
            at = before
        hour[g] = at
