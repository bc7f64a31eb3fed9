"""Listening pairs: two and two, the most valuable that were found, and how good that is."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from kith.core.matching.candidates import Across, candidates
from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.loops import list_pairs
from kith.core.matching.packed import packed
from kith.core.matching.people import People
from kith.core.matching.pairing import augment, graph, greedy
from kith.core.matching.points import POINTS, Points
from kith.core.matching.search import as_circles, circle_of

PAIR = Sizes(2, 2)
_PASSES = 60


class Edges(NamedTuple):
    """Pairs that could be, as rows of people, and what each is worth."""

    one: Int32[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    value: Int32[np.ndarray, "_"]


def edges(
    people: People,
    *,
    seed: int,
    points: Points = POINTS,
    last: Circles | None = None,
    few: int = 20,
    across: Across = map,
) -> Edges:
    """Return the pairs that are looked at: of each person and their best `few` candidates.

    Args:
        last: The pairs there were: they are not made again.
    """
    pack = packed(people, points, seed, None if last is None else circle_of(last, len(people)))
    near = candidates(
        pack, points.numbers, seed, few=max(1, min(few, len(people) - 1)), rounds=8, width=16, across=across
    )
    room = int(near.n.sum())
    one, other, value = (np.empty(room, np.int32) for _ in range(3))
    n = list_pairs(pack.rows, near, points.numbers, one, other, value)
    place = pack.origin.astype(np.int32)
    return Edges(place[one[:n]], place[other[:n]], value[:n])


def pair_up(
    people: People,
    *,
    seed: int,
    points: Points = POINTS,
    last: Circles | None = None,
    across: Across = map,
) -> Circles:
    """Return pairs as circles of two.

    Args:
        last: The pairs there were: partners change.
    """
    some = edges(people, seed=seed, points=points, last=last, across=across)
    mate = best_pairs(len(people), some, people.id)
    first = np.flatnonzero((mate != NOBODY) & (people.id < people.id[mate]))
    members = np.stack([first.astype(np.int32), mate[first]], axis=1)
    return as_circles(people, members, seed=seed, sizes=PAIR, points=points)


def best_pairs(people: int, some: Edges, ids: np.ndarray) -> Int32[np.ndarray, "people"]:
    """Return whom each person is paired with, NOBODY if with nobody."""
    # Of equals, ids decide, so that the order in which people came does not.
    low = np.minimum(ids[some.one], ids[some.other])
    high = np.maximum(ids[some.one], ids[some.other])
    order = np.lexsort((high, low, -some.value.astype(np.int64)))
    mate = np.full(people, NOBODY, np.int32)
    worth = np.zeros(people, np.int64)
    sorted_edges = [column[order] for column in some]
    greedy(np.arange(len(order)), *sorted_edges, mate, worth)
    augment(graph(people, *sorted_edges), mate, worth, _PASSES)
    return mate


def bound(people: int, some: Edges) -> int:
    """Return what no choice among these pairs exceeds: half of the best assignment.

    In an assignment each person chooses one and is chosen by one; pairs are the special case in
    which that is mutual. Who is left out is assigned to a place of their own.
    """
    # A full assignment must exist, and its solver takes no zeros: everything counts one more.
    rows = np.concatenate([some.one, some.other, np.arange(people)])
    columns = np.concatenate([some.other, some.one, np.arange(people)])
    value = np.concatenate([some.value, some.value, np.zeros(people, np.int32)]) + 1.0
    matrix = csr_array((value, (rows, columns)), shape=(people, people))
    one, other = min_weight_full_bipartite_matching(matrix, maximize=True)
    return int((matrix[one, other] - 1).sum()) // 2
