"""People in a line, like beside like, and the best few that each meets in it."""

import numpy as np
from jaxtyping import Int32, UInt64

from kith.core.matching.loops.bits import ONE, below, count, mixed
from kith.core.matching.loops.compiled import compiled, with_room
from kith.core.matching.loops.rows import Near, Rows
from kith.core.matching.loops.two import affinity, fits
from kith.core.matching.points import Numbers


@compiled
def _a_bit(bits: int, dice: UInt64[np.ndarray, "1"], most: int) -> int:
    """Return the place of some set bit among the lowest `most`, or `most` if none is set."""
    start = below(dice, most)
    for step in range(most):
        place = (start + step) % most
        if (bits >> np.uint64(place)) & ONE:
            return place
    return most


@compiled
def _a_block(row: UInt64[np.ndarray, "people 12"], i: int, dice: UInt64[np.ndarray, "1"]) -> int:
    """Return one of the 84 stretches of two hours in which a meeting can start, or 84."""
    start = below(dice, 84)
    for step in range(84):
        half = ((start + step) % 84) * 4
        if (row[i, half >> 6] >> np.uint64(half & 63)) & np.uint64(15):
            return half >> 2
    return 84


@with_room
def keys(
    row: UInt64[np.ndarray, "people 12"],
    cell: UInt64[np.ndarray, "people"],
    mode: int,
    seed: int,
    found: UInt64[np.ndarray, "people"],
) -> None:
    """Write a key for each who would meet in this mode: like people get keys near each other.

    In person: a cell of the map (18 bits of `cell`); online: a language. Then a stretch of free
    time, a practice, and dice, each by chance among what somebody has.
    """
    dice = np.empty(1, np.uint64)
    for i in range(len(row)):
        dice[0] = mixed(np.uint64(seed) + np.uint64(i))
        if mode == 1:
            first = cell[i]
        else:
            first = np.uint64(_a_bit(row[i, 6], dice, 64))
        key = (first << np.uint64(7)) | np.uint64(_a_block(row, i, dice))
        key = (key << np.uint64(6)) | np.uint64(_a_bit(row[i, 7], dice, 32))
        found[i] = (key << np.uint64(16)) | np.uint64(below(dice, 1 << 16))


@compiled
def _offer(near: Near, i: int, j: int, score: int) -> None:
    """Keep `j` among the best few for `i` if it is one of them."""
    n, few = near.n[i], near.other.shape[1]
    place = np.int64(n)
    if n == few:
        place = 0
        least = near.score[i, 0]
        for c in range(1, few):
            if near.score[i, c] < least:
                least, place = near.score[i, c], c
        if score <= least:
            return
    known = False
    for c in range(n):
        known |= near.other[i, c] == j
    if known:
        return
    near.other[i, place], near.score[i, place] = j, score
    if n < few:
        near.n[i] = n + 1


@compiled
def probe(
    rows: Rows, order: Int32[np.ndarray, "_"], width: int, near: Near, points: Numbers
) -> None:
    """Let each of `order` meet the next `width` in it, and both keep the other if good enough."""
    for place in range(len(order)):
        i = order[place]
        for after in range(place + 1, min(place + 1 + width, len(order))):
            j = order[after]
            modes = fits(rows, i, j)
            if modes == 0:
                continue
            score, tied = affinity(rows, i, j, points)
            overlap = 0
            for word in range(6):
                overlap += count(rows.row[i, word] & rows.row[j, word])
            score = 4 * score + 5 * min(overlap, 24) + 60 * (modes & 1) + 80 * tied
            _offer(near, i, j, score)
            _offer(near, j, i, score)


@compiled
def probe_ties(rows: Rows, start: int, stop: int, near: Near, points: Numbers) -> None:
    """Let those from `start` to before `stop` meet whom they know already."""
    for i in range(start, stop):
        for place in range(rows.tie_start[i], rows.tie_start[i + 1]):
            j = rows.tie[place]
            if fits(rows, i, j):
                score, _ = affinity(rows, i, j, points)
                _offer(near, i, j, 4 * score + 200)
