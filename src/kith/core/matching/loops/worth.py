"""What a circle or a pair is worth, and who of one can go on.

In units:

    60 * (pair points + points for nearness) // (k - 1)
        + 60 * (bridge + roles + asks met) + 60 * sum of what each member counts for
"""

import numpy as np
from jaxtyping import Int32

from kith.core.matching.loops.bits import HALF, ONE, count
from kith.core.matching.loops.compiled import compiled, inlined, with_room
from kith.core.matching.loops.rows import LARGEST, Rows, Seats
from kith.core.matching.loops.two import affinity, fits, nearness, staying
from kith.core.matching.points import UNIT, Numbers

NEVER = -(1 << 40)


@inlined
def whole_worth(k: int, pairs: int, whole: int, points: Numbers) -> int:
    """Return the value of a circle of `k` in units."""
    return UNIT * pairs // (k - 1) + UNIT * whole


@compiled
def value_of(
    rows: Rows, members: Int32[np.ndarray, "_"], k: int, least: int, stands: bool, points: Numbers
) -> int:
    """Return the value of the circle of the first `k` members, NEVER if it cannot be one.

    Fewer than `least` are a part of a circle: what only a whole one must have is not asked. One
    that `stands` already need not have somebody steady: a hard week of theirs does not end it.
    """
    row, i = rows.row, members[0]
    w0, w1, w2, w3, w4, w5 = row[i, 0], row[i, 1], row[i, 2], row[i, 3], row[i, 4], row[i, 5]
    speech, modes, some = row[i, 6], (row[i, 7] >> HALF) & np.uint64(3), row[i, 7]
    tender, whole = np.int64((row[i, 7] >> np.uint64(34)) & ONE), np.int64(rows.worth[i])
    for a in range(1, k):
        i = members[a]
        w0, w1, w2 = w0 & row[i, 0], w1 & row[i, 1], w2 & row[i, 2]
        w3, w4, w5 = w3 & row[i, 3], w4 & row[i, 4], w5 & row[i, 5]
        speech &= row[i, 6]
        modes &= row[i, 7] >> HALF
        tender += np.int64((row[i, 7] >> np.uint64(34)) & ONE)
        some |= row[i, 7]
        whole += np.int64(rows.worth[i])
    if w0 | w1 | w2 | w3 | w4 | w5 == 0 or speech == 0 or modes == 0:
        return NEVER
    # Bit 35: past their first 90 days; 36: and steady besides.
    needed = np.uint64(35) if stands else np.uint64(36)
    if 3 * tender > max(k, least) or (k >= least and (some >> needed) & ONE == 0):
        return NEVER
    pairs, near, bridge, asks = 0, 0, 0, 0
    for a in range(k):
        i = members[a]
        met = np.uint64(0)
        for b in range(k):
            j = members[b]
            if a != b:
                met |= (row[i, 8] >> HALF) & row[j, 8]
            if b <= a:
                continue
            modes &= np.uint64(fits(rows, i, j))
            if modes == 0:
                return NEVER
            found, tied = affinity(rows, i, j, points)
            pairs += found
            bridge |= tied
            near += nearness(row, i, j, points)
            whole += staying(rows, i, j, points)
        asks += met != 0
    if modes & ONE:
        pairs += near
    whole += points.bridge * bridge + points.role * count(some >> np.uint64(56)) + points.ask * asks
    return whole_worth(k, pairs, whole, points)


@compiled
def value_of_pair(rows: Rows, i: int, j: int, points: Numbers) -> int:
    """Return the value of two people as a pair, NEVER if they cannot be one."""
    row = rows.row
    # Bit 35: past their first 90 days.
    if ((row[i, 7] | row[j, 7]) >> np.uint64(35)) & ONE == 0:
        return NEVER
    # Partners change.
    if rows.before[i] >= 0 and rows.before[i] == rows.before[j]:
        return NEVER
    modes = fits(rows, i, j)
    if modes == 0:
        return NEVER
    pairs, tied = affinity(rows, i, j, points)
    if modes & 1:
        pairs += nearness(row, i, j, points)
    whole = np.int64(rows.worth[i]) + np.int64(rows.worth[j]) + points.bridge * tied
    whole += points.role * count((row[i, 7] | row[j, 7]) >> np.uint64(56))
    whole += points.ask * ((row[i, 8] >> HALF) & row[j, 8] != 0)
    whole += points.ask * ((row[j, 8] >> HALF) & row[i, 8] != 0)
    return whole_worth(2, pairs, whole, points)


@compiled
def value_all(rows: Rows, seats: Seats, least: int, points: Numbers) -> None:
    """Write what each circle is worth by itself; one of two is a pair."""
    for g in range(len(seats.size)):
        if seats.size[g] == 0:
            continue
        if seats.size[g] == 2 and least == 2:
            i, j = seats.member[g, 0], seats.member[g, 1]
            seats.value[g] = value_of_pair(rows, i, j, points)
        else:
            seats.value[g] = value_of(rows, seats.member[g], seats.size[g], least, True, points)


@with_room
def survivors(
    rows: Rows,
    members: Int32[np.ndarray, "_"],
    k: int,
    least: int,
    most: int,
    is_whole: bool,
    points: Numbers,
) -> int:
    """Return the most of `k` members who can go on together, as bits; of equals the first.

    As a whole circle they are one without others: none are returned if no `least` of them are. If
    not, they are a part of one of `most`, of equals that in which most are a whole one.
    """
    some, whole = np.empty(LARGEST, np.int32), np.zeros(1 << k, np.int64)
    best, best_rank = 0, 0
    for bits in range(1, 1 << k):
        n = 0
        for place in range(k):
            if (bits >> place) & 1:
                some[n] = members[place]
                n += 1
                whole[bits] = max(whole[bits], whole[bits ^ (1 << place)])
        if n >= least and value_of(rows, some, n, least, True, points) > NEVER:
            whole[bits] = n
        if is_whole:
            rank = n * (whole[bits] == n)
        elif n == 1 or value_of(rows, some, n, max(n + 1, most), True, points) > NEVER:
            rank = 16 * n + whole[bits]
        else:
            rank = 0
        if rank > best_rank:
            best, best_rank = bits, rank
    return best
