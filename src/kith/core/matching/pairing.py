"""A matching in a graph whose edges have values: greedy, then made better step by step.

Loops of their own: they know nothing of people.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64

from kith.core.matching.compiled import compiled

NONE = -1


class Graph(NamedTuple):
    """The neighbors of i lie from start[i] to before start[i + 1]."""

    start: Int64[np.ndarray, "people+1"]
    other: Int32[np.ndarray, "ends"]
    value: Int32[np.ndarray, "ends"]


@compiled
def graph(
    people: int, one: Int32[np.ndarray, "_"], other: Int32[np.ndarray, "_"],
    value: Int32[np.ndarray, "_"],
) -> Graph:
    """Return edges, each seen from both of its ends."""
    start = np.zeros(people + 1, np.int64)
    for edge in range(len(one)):
        start[one[edge] + 1] += 1
        start[other[edge] + 1] += 1
    start = np.cumsum(start)
    place = start.copy()
    ends, worth = np.empty(2 * len(one), np.int32), np.empty(2 * len(one), np.int32)
    for edge in range(len(one)):
        for side in range(2):
            i, j = (one[edge], other[edge]) if side == 0 else (other[edge], one[edge])
            ends[place[i]], worth[place[i]] = j, value[edge]
            place[i] += 1
    return Graph(start, ends, worth)


@compiled
def greedy(
    order: Int64[np.ndarray, "_"], one: Int32[np.ndarray, "_"], other: Int32[np.ndarray, "_"],
    value: Int32[np.ndarray, "_"], mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
) -> None:
    """Pair the two of each edge in `order` who are both free."""
    for edge in order:
        i, j = one[edge], other[edge]
        if mate[i] == NONE and mate[j] == NONE:
            mate[i], mate[j] = j, i
            worth[i], worth[j] = value[edge], value[edge]


@compiled
def _part(
    i: int, mate: Int32[np.ndarray, "people"], worth: Int64[np.ndarray, "people"]
) -> None:
    """Free whom `i` was with."""
    if mate[i] != NONE:
        worth[mate[i]] = 0
        mate[mate[i]] = NONE


@compiled
def _take(
    i: int, j: int, value: int, mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
) -> None:
    """Pair two people, and free whom they were with."""
    _part(i, mate, worth)
    _part(j, mate, worth)
    mate[i], mate[j] = j, i
    worth[i], worth[j] = value, value


@compiled
def _arms(
    g: Graph, i: int, mate: Int32[np.ndarray, "people"], worth: Int64[np.ndarray, "people"],
) -> tuple[int, int, int, int]:
    """Return the two ends by which `i` would gain most in taking another partner, and the gains.

    What the other loses by it is taken off. No end is -1.
    """
    first, second, most, next_most = -1, -1, np.int64(0), np.int64(0)
    for end in range(g.start[i], g.start[i + 1]):
        j = g.other[end]
        if j == mate[i]:
            continue
        gain = g.value[end] - worth[j]
        if gain > most:
            second, next_most = first, most
            first, most = end, gain
        elif gain > next_most:
            second, next_most = end, gain
    return first, second, most, next_most


@compiled
def augment(
    g: Graph, mate: Int32[np.ndarray, "people"], worth: Int64[np.ndarray, "people"], passes: int
) -> int:
    """Exchange partners along paths of up to five people while that gains; return the gain.

    Either somebody free takes the partner they gain most by, or two part and each takes another
    (Pettie and Sanders 2004); whoever is left alone looks in turn.
    """
    gained = np.int64(0)
    for turn in range(passes):
        before = gained
        for i in range(len(mate)):
            first, second, most, next_most = _arms(g, i, mate, worth)
            k = mate[i]
            if k == NONE:
                if most > 0:
                    _take(i, g.other[first], g.value[first], mate, worth)
                    gained += most
                continue
            theirs, their_second, their_most, their_next = _arms(g, k, mate, worth)
            # Both may want the same one, or two who are a pair themselves.
            best, mine_end, their_end = np.int64(0), -1, -1
            for a in range(3):
                end_a = first if a == 0 else second if a == 1 else -1
                gain_a = most if a == 0 else next_most if a == 1 else np.int64(0)
                for b in range(3):
                    end_b = theirs if b == 0 else their_second if b == 1 else -1
                    gain_b = their_most if b == 0 else their_next if b == 1 else np.int64(0)
                    gain = gain_a + gain_b - worth[i]
                    if end_a >= 0 and end_b >= 0:
                        x, y = g.other[end_a], g.other[end_b]
                        if x == y:
                            continue
                        if mate[x] == y:
                            gain += worth[x]
                    if gain > best:
                        best, mine_end, their_end = gain, end_a, end_b
            if best > 0:
                if mine_end >= 0:
                    _take(i, g.other[mine_end], g.value[mine_end], mate, worth)
                if their_end >= 0:
                    _take(k, g.other[their_end], g.value[their_end], mate, worth)
                gained += best
        if gained == before:
            break
    return gained
