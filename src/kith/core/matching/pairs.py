"""Listening pairs: two and two, the most valuable that were found, and how good that is."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from kith.core.matching.candidates import Across, candidates, each_part
from kith.core.matching.circles import NOBODY, Circles, Sizes, circle_of
from kith.core.matching.loops.listing import list_pairs
from kith.core.matching.packed import packed
from kith.core.matching.pairing import Graph, ask_around, eject, graph, greedy
from kith.core.matching.people import People
from kith.core.matching.points import POINTS, Points
from kith.core.matching.search import as_circles

PAIR = Sizes(2, 2)
# How often people ask around; then passes of chains, and how long a chain may be.
_TIMES, _PASSES, _LONG = 25, 2, 10


class Edges(NamedTuple):
    """Pairs that could be, and what each is worth.

    Args:
        origin: Rows of people: `one` and `other` are places in it, like people mostly near.
    """

    origin: Int64[np.ndarray, "people"]
    one: Int32[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    value: Int32[np.ndarray, "_"]


def edges(
    people: People,
    *,
    seed: int,
    points: Points = POINTS,
    last: Circles | None = None,
    few: int = 16,
    across: Across = map,
    dice: int | None = None,
) -> Edges:
    """Return the pairs that are looked at: of each person and their best `few` candidates.

    Args:
        last: The pairs there were: they are not made again.
        dice: Seed of the dice that are a part of the value, if not `seed`; see `chance`.
    """
    thrown = seed if dice is None else dice
    pack = packed(people, points, thrown, None if last is None else circle_of(last, len(people)))
    near = candidates(
        pack,
        points.numbers,
        seed,
        few=max(1, min(few, len(people) - 1)),
        rounds=8,
        width=16,
        across=across,
    )
    room = int(near.n.sum())
    one, other, value = (np.empty(room, np.int32) for _ in range(3))
    n = list_pairs(pack.rows, near, points.numbers, one, other, value)
    return Edges(pack.origin, one[:n], other[:n], value[:n])


def pair_up(
    people: People,
    *,
    seed: int,
    points: Points = POINTS,
    last: Circles | None = None,
    across: Across = map,
    dice: int | None = None,
) -> Circles:
    """Return pairs as circles of two.

    Args:
        last: The pairs there were: partners change.
        dice: Seed of the dice that are a part of the value, if not `seed`; see `chance`.
    """
    thrown = seed if dice is None else dice
    some = edges(people, seed=seed, points=points, last=last, across=across, dice=dice)
    mate = best_pairs(some, across)
    first = np.flatnonzero(np.arange(len(mate)) < mate)
    members = some.origin[np.stack([first, mate[first]], axis=1)].astype(np.int32)
    return as_circles(people, members, seed=thrown, sizes=PAIR, points=points)


def best_pairs(some: Edges, across: Across = map) -> Int32[np.ndarray, "people"]:
    """Return with whom each place of the edges' origin is paired, NOBODY if with nobody."""
    people = len(some.origin)
    g = graph(people, some.one, some.other, some.value)
    certain = _certainty(g, across)
    # Each edge once: as its lower row sees it.
    i = np.repeat(np.arange(people, dtype=np.int32), np.diff(g.start))
    up = np.flatnonzero(i < g.other)
    order = np.argsort(-certain[up], kind="stable")
    mate, worth = np.full(people, NOBODY, np.int32), np.zeros(people, np.int64)
    greedy(order, i[up], g.other[up], g.value[up], mate, worth)
    eject(g, mate, worth, _PASSES, _LONG)
    return mate


def _certainty(g: Graph, across: Across) -> Int32[np.ndarray, "ends"]:
    """Return what a pair is worth above what both could have instead, as far as they know."""
    people = len(g.start) - 1
    heard, said = np.zeros(len(g.other), np.int32), np.zeros(len(g.other), np.int32)
    for _ in range(_TIMES):
        each_part(people, lambda a, b, h=heard, s=said: ask_around(g, a, b, h, s), across)
        heard, said = said, heard
    return g.value - heard - heard[g.back]


def bound(some: Edges) -> int:
    """Return what no choice among these pairs exceeds: half of the best assignment.

    In an assignment each person chooses one and is chosen by one; pairs are the special case in
    which that is mutual. Who is left out is assigned to a place of their own.
    """
    people = len(some.origin)
    if not len(some.value):
        return 0
    # A full assignment must exist, and its solver takes no zeros: everything counts one more.
    rows = np.concatenate([some.one, some.other, np.arange(people)])
    columns = np.concatenate([some.other, some.one, np.arange(people)])
    value = np.concatenate([some.value, some.value, np.zeros(people, np.int32)]) + 1.0
    matrix = csr_array((value, (rows, columns)), shape=(people, people))
    one, other = min_weight_full_bipartite_matching(matrix, maximize=True)
    return int((matrix[one, other] - 1).sum()) // 2
