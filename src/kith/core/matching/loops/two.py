"""Two people: whether they can meet, and what they have of each other."""

import numpy as np
from jaxtyping import Bool, Int32, UInt8, UInt64

from kith.core.matching.loops.bits import HALF, LOW, ONE, count, mixed
from kith.core.matching.loops.compiled import compiled, inlined
from kith.core.matching.loops.rows import Rows
from kith.core.matching.points import Numbers


@compiled
def is_listed(
    start: Int32[np.ndarray, "_"], others: Int32[np.ndarray, "_"], i: int, j: int
) -> bool:
    """Return whether `j` is among the others of `i`."""
    if start[j + 1] - start[j] < start[i + 1] - start[i]:
        i, j = j, i
    for place in range(start[i], start[i + 1]):
        if others[place] == j:
            return True
    return False


@inlined
def square(row: UInt64[np.ndarray, "people 12"], i: int, j: int) -> int:
    """Return the square of the meters between two people."""
    x = np.int64(np.int32(row[i, 9] & LOW)) - np.int64(np.int32(row[j, 9] & LOW))
    y = np.int64(np.int32(row[i, 9] >> HALF)) - np.int64(np.int32(row[j, 9] >> HALF))
    z = np.int64(np.int32(row[i, 10] & LOW)) - np.int64(np.int32(row[j, 10] & LOW))
    return x * x + y * y + z * z


@inlined
def fits(rows: Rows, i: int, j: int) -> int:
    """Return how two people can meet, as bits of `mode`: 0 is not at all."""
    # Here and below no view of a row is taken: each would be counted, by all threads in one place.
    row = rows.row
    common = (row[i, 0] & row[j, 0]) | (row[i, 1] & row[j, 1]) | (row[i, 2] & row[j, 2])
    common |= (row[i, 3] & row[j, 3]) | (row[i, 4] & row[j, 4]) | (row[i, 5] & row[j, 5])
    if common == 0 or row[i, 6] & row[j, 6] == 0:
        return 0
    mine, theirs = row[i, 7], row[j, 7]
    modes = ((mine & theirs) >> HALF) & np.uint64(3)
    if modes == 0:
        return 0
    # Bits 40 to 47 are what somebody requires, 48 to 55 what they offer.
    lacks = (mine >> np.uint64(40)) & ~(theirs >> np.uint64(48))
    lacks |= (theirs >> np.uint64(40)) & ~(mine >> np.uint64(48))
    if lacks & np.uint64(255) != 0:
        return 0
    if modes & ONE:
        reach = np.int64(min(row[i, 10] >> HALF, row[j, 10] >> HALF))
        if square(row, i, j) > reach * reach:
            modes &= np.uint64(2)
            if modes == 0:
                return 0
    # Bit 38: there is somebody they never meet.
    if (mine & theirs) >> np.uint64(38) & ONE and is_listed(rows.apart_start, rows.apart, i, j):
        return 0
    return np.int64(modes)


@inlined
def nearness(row: UInt64[np.ndarray, "people 12"], i: int, j: int, points: Numbers) -> int:
    """Return the points of two people for living near each other."""
    far = square(row, i, j)
    for step in range(4):
        if far <= points.near_m[step] * points.near_m[step]:
            return points.near[step]
    return 0


@inlined
def affinity(rows: Rows, i: int, j: int, points: Numbers) -> tuple[int, int]:
    """Return the points of a pair, and 1 if they know each other already."""
    row = rows.row
    mine, theirs = row[i, 7], row[j, 7]
    found = points.shared[min(count(mine & theirs & LOW), 4)]
    # Word 8: what somebody gives, and above it what they would like to receive.
    one = min(count(row[i, 8] & (row[j, 8] >> HALF)), 2)
    other = min(count(row[j, 8] & (row[i, 8] >> HALF)), 2)
    found += points.met * (one + other)
    if one > 0 and other > 0:
        found += points.both_met
    tied = 0
    # Bit 37: there is somebody they know.
    if (mine & theirs) >> np.uint64(37) & ONE and is_listed(rows.tie_start, rows.tie, i, j):
        tied = 1
        found += points.tied
    knot, other_knot = row[i, 11] & LOW, row[j, 11] & LOW
    if knot != other_knot and knot != 0 and other_knot != 0:
        found += points.other_cluster
    dice = mixed((row[i, 11] >> HALF) + (row[j, 11] >> HALF)) >> HALF
    found += np.int64((dice * np.uint64(points.chance + 1)) >> HALF)
    return found, tied


@inlined
def staying(rows: Rows, i: int, j: int, points: Numbers) -> int:
    """Return the points for leaving two people where they sat together last time.

    Circles that can go on as they are have even numbers, what is left of others odd ones.
    """
    if rows.before[i] < 0 or rows.before[i] != rows.before[j]:
        return 0
    return points.survived if rows.before[i] & 1 else points.together


@compiled
def fill_tables(
    rows: Rows,
    points: Numbers,
    way: UInt8[np.ndarray, "people people"],
    pairs: Int32[np.ndarray, "people people"],
    near: Int32[np.ndarray, "people people"],
    tied: Bool[np.ndarray, "people people"],
    asks: Bool[np.ndarray, "people people"],
) -> None:
    """Write how each two people go together."""
    for i in range(len(rows.worth)):
        for j in range(len(rows.worth)):
            way[i, j] = fits(rows, i, j) if i != j else 0
            if way[i, j] == 0:
                continue
            pairs[i, j], is_tied = affinity(rows, i, j, points)
            tied[i, j] = is_tied == 1
            asks[i, j] = (rows.row[i, 8] >> HALF) & rows.row[j, 8] != 0
            if way[i, j] & 1:
                near[i, j] = nearness(rows.row, i, j, points)
