"""What goes on from the circles there were: seats are filled, and nothing is begun anew."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64

from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.loops.rows import Near, Seats
from kith.core.matching.loops.worth import NEVER, survivors, value_of
from kith.core.matching.packed import Packed
from kith.core.matching.points import Points


class Standing(NamedTuple):
    """Those who stay together.

    Args:
        mark: Of each person: with whom they must stay, NOBODY if they need not.
        whole: Of each person: how many are in their circle, if it can go on as it is; else 0.
        hour: At which they met, NOBODY if they are free.
        member, size, value: Who stays, how many, and what they are worth as they are: nothing
            where they are too few, or too many of them new, to be a circle without others.
    """

    mark: Int32[np.ndarray, "people"]
    whole: Int32[np.ndarray, "people"]
    hour: Int32[np.ndarray, "people"]
    member: Int32[np.ndarray, "groups most"]
    size: Int64[np.ndarray, "groups"]
    value: Int64[np.ndarray, "groups"]


def nobody_stands(people: int, sizes: Sizes) -> Standing:
    """Return that nobody has a circle yet."""
    none = np.full(people, NOBODY, np.int32)
    empty = np.empty(0, np.int64)
    return Standing(
        none, np.zeros(people, np.int32), none, np.empty((0, sizes.most), np.int32), empty, empty
    )


def standing(
    packed: Packed, last: Circles, sizes: Sizes, points: Points, *, may_move: bool
) -> Standing:
    """Return who of `last` goes on together: of each circle the most who still can.

    They can while they have an hour, a language and a way to meet, and none of them keeps away
    from another. Whoever cannot go on with the others is free, and so is one who is left alone.
    The rows are marked with who sat together.

    Args:
        may_move: Whether one of a circle may be moved to another where that is worth it; if not,
            all who can go on together must.
    """
    people = len(packed.cell)
    place = np.empty(people, np.int32)
    place[packed.origin] = np.arange(people, dtype=np.int32)
    mark, hour = (np.full(people, NOBODY, np.int32) for _ in range(2))
    whole = np.zeros(people, np.int32)
    groups, values = [], []
    for some, begins in zip(last.lists(), last.hour.tolist(), strict=True):
        rows = np.sort(place[some][: sizes.most])
        stay = _staying(packed, rows, sizes, points, is_whole=False)
        if len(stay) < 2:
            continue
        hour[stay] = begins
        value = _worth(packed, stay, sizes, points)
        is_whole = len(stay) == len(some) and value > 0
        whole[stay] = len(stay) if is_whole else 0
        packed.rows.before[stay] = 2 * len(groups) + (0 if is_whole else 1)
        if not may_move:
            mark[stay] = len(groups)
        groups.append(stay)
        # Once the rows are marked, it is worth more to stay.
        values.append(_worth(packed, stay, sizes, points))
    member = np.zeros((len(groups), sizes.most), np.int32)
    for row, stay in enumerate(groups):
        member[row, : len(stay)] = stay
    size = np.array([len(stay) for stay in groups], np.int64)
    return Standing(mark, whole, hour, member, size, np.array(values, np.int64))


def go_on_with_fewer(
    packed: Packed, seats: Seats, stands: Standing, sizes: Sizes, points: Points
) -> None:
    """Let circles that are none without others, and found nobody, go on without as few as it takes.

    So it is where too many are in their first days since somebody left. Those few are free.
    """
    for circle in np.flatnonzero((seats.size >= sizes.least) & (seats.value == 0)):
        rows = seats.member[circle, : seats.size[circle]].copy()
        stay = _staying(packed, rows, sizes, points, is_whole=True)
        if len(stay) == 0:
            continue
        gone = np.setdiff1d(rows, stay)
        seats.circle_of[gone] = stands.mark[gone] = stands.hour[gone] = NOBODY
        packed.rows.before[gone] = NOBODY
        # An even number: a circle that can go on as it is.
        packed.rows.before[stay] &= ~1
        stands.whole[stay] = seats.size[circle] = len(stay)
        seats.member[circle, : len(stay)] = stay
        seats.value[circle] = _worth(packed, stay, sizes, points)


def join_what_is_left(
    packed: Packed, near: Near, seats: Seats, stands: Standing, sizes: Sizes, points: Points
) -> None:
    """Make one circle of what is left of two, where both found nobody: the best of such first."""
    small = np.flatnonzero((seats.size > 0) & (seats.size < sizes.least))
    is_small = np.zeros(len(seats.size) + 1, np.bool_)
    is_small[small] = True
    found = []
    for circle in small.tolist():
        rows = seats.member[circle, : seats.size[circle]]
        others = [near.other[i, : near.n[i]] for i in rows.tolist()]
        met = seats.circle_of[np.concatenate(others)]
        for other in np.unique(met[is_small[met]]).tolist():
            both = np.sort(np.append(rows, seats.member[other, : seats.size[other]]))
            if other == circle or not sizes.least <= len(both) <= sizes.most:
                continue
            value = value_of(packed.rows, both, len(both), sizes.least, False, points.numbers)
            if value > 0:
                found.append((-value, min(circle, other), max(circle, other)))
    for value, one, other in sorted(set(found)):
        if not (is_small[one] and is_small[other]):
            continue
        is_small[one] = is_small[other] = False
        rows = np.append(seats.member[one, : seats.size[one]], seats.member[other, : seats.size[other]])
        seats.size[one], seats.size[other] = len(rows), 0
        seats.member[one, : len(rows)], seats.value[one] = rows, -value
        stands.mark[rows], seats.circle_of[rows] = stands.mark[rows[0]], one


def _staying(
    packed: Packed,
    rows: Int32[np.ndarray, "members"],
    sizes: Sizes,
    points: Points,
    *,
    is_whole: bool,
) -> Int32[np.ndarray, "some"]:
    bits = survivors(
        packed.rows, rows, len(rows), sizes.least, sizes.most, is_whole, points.numbers
    )
    return rows[[place for place in range(len(rows)) if bits >> place & 1]]


def _worth(packed: Packed, stay: Int32[np.ndarray, "members"], sizes: Sizes, points: Points) -> int:
    if len(stay) < sizes.least:
        return 0
    value = value_of(packed.rows, stay, len(stay), sizes.least, True, points.numbers)
    return 0 if value == NEVER else int(value)
