"""What goes on from the circles there were: seats are filled, and nothing is begun anew."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64

from kith.core.matching.candidates import line
from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.loops.filling import fill
from kith.core.matching.loops.rows import Near, Seats
from kith.core.matching.loops.worth import NEVER, survivors, value_of
from kith.core.matching.packed import Packed
from kith.core.matching.points import Points
from kith.core.rng import key

# How many of those who have no circle each circle meets, on either side of a line.
_WIDTH = 1_000


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


def fill_seats(
    packed: Packed, seats: Seats, sizes: Sizes, points: Points, seed: int, *, only_left: bool
) -> None:
    """Seat who has no circle where there is an empty seat: those who are most like those there.

    Args:
        only_left: Only in what is left of circles, which are none without others.
    """
    is_open = (seats.size > 0) & (seats.size < sizes.most) & ((seats.value == 0) | (not only_left))
    groups = np.flatnonzero(is_open).astype(np.int32)
    # Those who need fewest come first.
    groups = groups[np.argsort(-seats.size[groups], kind="stable")]
    people = np.arange(len(packed.cell), dtype=np.int32)
    for order in (people, line(packed, key(seed, "seats"), mode=2, coarse=0, everybody=True)):
        place = np.empty(len(people), np.int32)
        place[order] = people
        single = order[seats.circle_of[order] == NOBODY]
        begin = np.searchsorted(place[single], place[seats.member[groups, 0]]).astype(np.int32)
        if len(single):
            fill(
                packed.rows, seats, groups, begin, single, _WIDTH, sizes.least, sizes.most, points.numbers
            )  # fmt: skip


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
    """Let what is left of a circle, and found nobody, join another as one: the best of such first."""
    small = np.flatnonzero((seats.size > 0) & (seats.size < sizes.least))
    found = []
    for circle in small.tolist():
        rows = seats.member[circle, : seats.size[circle]]
        met = seats.circle_of[np.concatenate([near.other[i, : near.n[i]] for i in rows.tolist()])]
        met = np.unique(met[met != NOBODY])
        for other in met[seats.size[met] <= sizes.most - len(rows)].tolist():
            more = _joined(packed, seats, sizes, points, circle, other) if other != circle else 0
            if more > 0:
                found.append((-more, circle, other))
    joined = set[int]()
    for _, circle, other in sorted(found):
        if circle in joined or other in joined:
            continue
        joined |= {circle, other}
        value = seats.value[other] + _joined(packed, seats, sizes, points, circle, other)
        rows, k = seats.member[circle, : seats.size[circle]], seats.size[other]
        seats.member[other, k : k + len(rows)], seats.circle_of[rows] = rows, other
        # Those who must stay together there, and these, must so from now on.
        mark = stands.mark[seats.member[other, :k]].max()
        stands.mark[rows] = mark if mark != NOBODY else stands.mark[rows[0]]
        seats.size[other], seats.size[circle], seats.value[other] = k + len(rows), 0, value


def _joined(
    packed: Packed, seats: Seats, sizes: Sizes, points: Points, circle: int, other: int
) -> int:
    """Return what is gained where one circle joins another."""
    both = [seats.member[g, : seats.size[g]] for g in (other, circle)]
    rows, stands = np.concatenate(both), bool(seats.size[other] >= sizes.least)
    if len(rows) < sizes.least:
        return 0
    value = value_of(packed.rows, rows, len(rows), sizes.least, stands, points.numbers)
    return int(value) - int(seats.value[other])


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
