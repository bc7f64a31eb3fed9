"""How good the best possible choice of circles could be: a bound, and for few people a proof.

The linear program of the choice, over all circles there could be, bounds it. Its circles are
priced out one round after another (column generation): given what each person costs, an exact
search finds every circle worth more than its members. In the end, only circles that cost less
above their worth than the bound lies above the best known choice can be in a better one
(reduced-cost fixing); where they are few, HiGHS chooses among them, and that is the optimum.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int32, Int64
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.loops.rows import Rows
from kith.core.matching.loops.two import fill_tables
from kith.core.matching.packed import packed
from kith.core.matching.people import People
from kith.core.matching.points import POINTS, Points
from kith.core.matching.pricing import Found, Tables, worth_more
from kith.errors import InvalidInputError, NoAnswerError

# Tables of all pairs, and every circle that pays: beyond this they take hours.
MOST_PEOPLE = 600
_EPSILON = 1e-3
_MOST_ROUNDS = 100
_EACH, _ROOM = 60, 100_000
# More circles than this are not handed to HiGHS as a whole-number program.
_MOST_COLUMNS = 60_000


class TooManyToProveError(NoAnswerError):
    """There are too many people for a proof. Args: people: how many."""

    def __init__(self, people: int) -> None:
        super().__init__(f"a bound can be had for up to {MOST_PEOPLE} people, not for {people}")
        self.people = people


class Proof(NamedTuple):
    """What is known of the best choice.

    Args:
        bound: No choice of circles is worth more.
        is_optimum: Whether `members` are worth exactly that.
        members: The best choice known, as rows of people.
    """

    bound: int
    is_optimum: bool
    members: list[list[int]]


def prove(
    people: People, circles: Circles, *, seed: int, sizes: Sizes = Sizes(), points: Points = POINTS
) -> Proof:
    """Return a bound on the value of circles of `people`; the optimum, where it can be had.

    Args:
        circles: A choice formed with the same seed, sizes and points, from nothing.

    Raises:
        TooManyToProveError: If there are more than MOST_PEOPLE.
    """
    n = len(people)
    if n > MOST_PEOPLE:
        raise TooManyToProveError(n)
    best = int(circles.value.sum())
    if n < sizes.least:
        return Proof(0, is_optimum=True, members=[])
    pack = packed(people, points, seed)
    place = np.empty(n, np.int32)
    place[pack.origin] = np.arange(n, dtype=np.int32)
    start = Found(
        _eight(np.where(circles.member == NOBODY, NOBODY, place[circles.member])), circles.value
    )
    priced = _Pricing(_tables(pack.rows, points), sizes, points)
    bound, price, gap = _generated(priced, start, best)
    if bound <= best:
        return Proof(best, is_optimum=True, members=circles.lists())
    columns = priced.above(price, -(gap - best) - 1, each=_MOST_COLUMNS, room=_MOST_COLUMNS)
    if columns.seen >= _MOST_COLUMNS:
        return Proof(bound, is_optimum=False, members=circles.lists())
    chosen = _chosen(columns.found, n)
    value = int(columns.found.value[chosen].sum())
    if value <= best:
        return Proof(best, is_optimum=True, members=circles.lists())
    members = [
        [int(pack.origin[i]) for i in row if i != NOBODY] for row in columns.found.member[chosen]
    ]
    return Proof(value, is_optimum=True, members=members)


def every_circle(
    people: People, *, seed: int, most: int, sizes: Sizes = Sizes(), points: Points = POINTS
) -> Found:
    """Return every circle there could be, as rows of people: the first `most` of them."""
    pack = packed(people, points, seed)
    priced = _Pricing(_tables(pack.rows, points), sizes, points)
    found = priced.above(np.zeros(len(people)), 0.0, each=most, room=most).found
    rows = np.where(found.member == NOBODY, NOBODY, pack.origin[found.member])
    return Found(rows.astype(np.int32), found.value)


def _eight(member: Int32[np.ndarray, "circles most"]) -> Int32[np.ndarray, "circles 8"]:
    wide = np.full((len(member), 8), NOBODY, np.int32)
    wide[:, : member.shape[1]] = member
    return wide


def _tables(rows: Rows, points: Points) -> Tables:
    """Return how each two people go together."""
    n = len(rows.worth)
    way = np.zeros((n, n), np.uint8)
    pairs, near = np.zeros((n, n), np.int32), np.zeros((n, n), np.int32)
    tied, asks = np.zeros((n, n), np.bool_), np.zeros((n, n), np.bool_)
    fill_tables(rows, points.numbers, way, pairs, near, tied, asks)
    best = np.where(way > 0, pairs + near, 0).max(axis=1, initial=0).astype(np.int32)
    return Tables(rows.row, rows.worth, way, pairs, near, tied, asks, best)


class _Columns(NamedTuple):
    """Circles found, how many there were in all, and by how much the best of each person pays."""

    found: Found
    seen: int
    gain: Float64[np.ndarray, "people"]


class _Pricing(NamedTuple):
    """Finds the circles that pay."""

    tables: Tables
    sizes: Sizes
    points: Points

    def above(
        self,
        price: Float64[np.ndarray, "people"],
        above: float,
        *,
        each: int = _EACH,
        room: int = _ROOM,
    ) -> _Columns:
        """Return circles worth more than `above` over what their members cost."""
        found = Found(np.empty((room, 8), np.int32), np.empty(room, np.int64))
        gain = np.empty(len(price))
        numbers = (self.points.bridge, self.points.role, self.points.ask)
        n, seen = worth_more(
            self.tables, price, above, self.sizes.least, self.sizes.most, numbers, each, found, gain
        )
        return _Columns(Found(found.member[:n], found.value[:n]), seen, np.maximum(gain, 0))


def _generated(
    priced: _Pricing, start: Found, best: int
) -> tuple[int, Float64[np.ndarray, "people"], float]:
    """Return a bound in whole units, and prices with the bound they give.

    For any prices, a choice is worth at most their sum and what its circles pay above them; each
    circle has one first member, and there are at most n / least. Prices halfway to the best so far
    move less wildly (Wentges 1997).
    """
    n = len(priced.tables.worth)
    pool, bound, center = start, np.inf, None
    for _ in range(_MOST_ROUNDS):
        price, worth = _relaxed(pool, n)
        asked = price if center is None else (center + price) / 2
        while True:
            new = priced.above(asked, _EPSILON)
            most = asked.sum() + np.sort(new.gain)[::-1][: n // priced.sizes.least].sum()
            if most < bound:
                bound, center = float(most), asked
            pays = new.found.value - _cost(new.found.member, price) > _EPSILON
            if pays.any() or asked is price:
                break
            asked = price
        if not pays.any() or bound - worth < 1 or int(bound + _EPSILON) <= best:
            break
        pool = Found(*(np.concatenate(both) for both in zip(pool, new.found, strict=True)))
    if center is None:
        raise InvalidInputError("there must be people to price")
    return int(bound + _EPSILON), center, bound


def _cost(
    member: Int32[np.ndarray, "circles 8"], price: Float64[np.ndarray, "people"]
) -> Float64[np.ndarray, "circles"]:
    cost: Float64[np.ndarray, circles] = np.where(member >= 0, price[member], 0).sum(axis=1)
    return cost


def _matrix(member: Int32[np.ndarray, "circles 8"], people: int) -> csc_array:
    """Return who is in which circle."""
    circle, seat = np.nonzero(member >= 0)
    ones = np.ones(len(circle))
    return csc_array((ones, (member[circle, seat], circle)), shape=(people, len(member)))


def _relaxed(pool: Found, people: int) -> tuple[Float64[np.ndarray, "people"], float]:
    """Return what each person costs, and the worth of the best mixture of circles."""
    if not len(pool.value):
        return np.zeros(people), 0.0
    answer = linprog(
        -pool.value.astype(np.float64), A_ub=_matrix(pool.member, people), b_ub=np.ones(people),
        bounds=(0, None), method="highs",
    )  # fmt: skip
    return -answer.ineqlin.marginals, -answer.fun


def _chosen(columns: Found, people: int) -> Int64[np.ndarray, "some"]:
    """Return the most valuable circles that share nobody."""
    if not len(columns.value):
        return np.empty(0, np.int64)
    answer = milp(
        -columns.value.astype(np.float64),
        constraints=LinearConstraint(_matrix(columns.member, people), -np.inf, 1),
        integrality=np.ones(len(columns.value)),
        bounds=(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return np.flatnonzero(np.round(answer.x))
