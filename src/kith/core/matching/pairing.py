"""A matching in a graph whose edges have values: by hearsay, greedy, then made better in chains.

Loops of their own: they know nothing of people.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64

from kith.core.matching.loops.compiled import compiled, with_room

NONE = -1


class Graph(NamedTuple):
    """The neighbors of i lie from start[i] to before start[i + 1]."""

    start: Int64[np.ndarray, "_"]
    other: Int32[np.ndarray, "ends"]
    value: Int32[np.ndarray, "ends"]
    back: Int32[np.ndarray, "ends"]


@with_room
def graph(
    people: int,
    one: Int32[np.ndarray, "_"],
    other: Int32[np.ndarray, "_"],
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
    back = np.empty(2 * len(one), np.int32)
    for edge in range(len(one)):
        i, j = one[edge], other[edge]
        here, there = place[i], place[j]
        ends[here], worth[here], back[here] = j, value[edge], there
        ends[there], worth[there], back[there] = i, value[edge], here
        place[i] += 1
        place[j] += 1
    return Graph(start, ends, worth, back)


@compiled
def greedy(
    order: Int64[np.ndarray, "_"],
    one: Int32[np.ndarray, "_"],
    other: Int32[np.ndarray, "_"],
    value: Int32[np.ndarray, "_"],
    mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
) -> None:
    """Pair the two of each edge in `order` who are both free."""
    for edge in order:
        i, j = one[edge], other[edge]
        if mate[i] == NONE and mate[j] == NONE:
            mate[i], mate[j] = j, i
            worth[i], worth[j] = value[edge], value[edge]


@compiled
def _part(i: int, mate: Int32[np.ndarray, "people"], worth: Int64[np.ndarray, "people"]) -> None:
    """Free whom `i` was with."""
    if mate[i] != NONE:
        worth[mate[i]] = 0
        mate[mate[i]] = NONE


@compiled
def _take(
    i: int,
    j: int,
    value: int,
    mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
) -> None:
    """Pair two people, and free whom they were with."""
    _part(i, mate, worth)
    _part(j, mate, worth)
    mate[i], mate[j] = j, i
    worth[i], worth[j] = value, value


@compiled
def _chain(
    g: Graph,
    start: int,
    mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
    seen: Int64[np.ndarray, "people"],
    mark: int,
    ends: Int64[np.ndarray, "long"],
) -> tuple[int, int]:
    """Return how many steps of the best chain from `start`, who is alone, and the gain of them.

    In each step who is alone takes the partner they gain most by, or lose least; who that was with
    is alone next.
    """
    alone, total, best, length = start, np.int64(0), np.int64(0), 0
    seen[alone] = mark
    for step in range(len(ends)):
        found, most = -1, np.int64(-(1 << 40))
        for end in range(g.start[alone], g.start[alone + 1]):
            j = g.other[end]
            if seen[j] != mark and g.value[end] - worth[j] > most:
                found, most = end, g.value[end] - worth[j]
        if found < 0:
            break
        j = g.other[found]
        ends[step] = found
        total += most
        seen[j] = mark
        if total > best:
            best, length = total, step + 1
        if mate[j] == NONE:
            break
        alone = mate[j]
        if seen[alone] == mark:
            break
        seen[alone] = mark
    return length, best


@compiled
def _follow(
    g: Graph,
    start: int,
    length: int,
    mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
    ends: Int64[np.ndarray, "long"],
) -> None:
    """Pair people along a chain."""
    alone = start
    for step in range(length):
        j = g.other[ends[step]]
        left = mate[j]
        _take(alone, j, g.value[ends[step]], mate, worth)
        alone = left


@with_room
def eject(
    g: Graph,
    mate: Int32[np.ndarray, "people"],
    worth: Int64[np.ndarray, "people"],
    passes: int,
    long: int,
) -> int:
    """Exchange partners along chains of up to `long` steps while that gains; return the gain.

    Either somebody free begins a chain, or two part and each begins one.
    """
    ends, other_ends = np.empty(long, np.int64), np.empty(long, np.int64)
    seen = np.zeros(len(mate), np.int64)
    gained, mark = np.int64(0), 0
    for turn in range(passes):
        before = gained
        for i in range(len(mate)):
            mark += 1
            k, lost = mate[i], worth[i]
            if k == NONE:
                length, gain = _chain(g, i, mate, worth, seen, mark, ends)
                _follow(g, i, length, mate, worth, ends)
                gained += gain
                continue
            mate[i], mate[k], worth[i], worth[k] = NONE, NONE, 0, 0
            seen[k] = mark
            length, gain = _chain(g, i, mate, worth, seen, mark, ends)
            seen[k] = 0
            their_length, their_gain = _chain(g, k, mate, worth, seen, mark, other_ends)
            if gain + their_gain > lost:
                _follow(g, i, length, mate, worth, ends)
                _follow(g, k, their_length, mate, worth, other_ends)
                gained += gain + their_gain - lost
            else:
                mate[i], mate[k], worth[i], worth[k] = k, i, lost, lost
        if gained == before:
            break
    return gained


@compiled
def ask_around(
    g: Graph,
    begin: int,
    stop: int,
    heard: Int32[np.ndarray, "ends"],
    said: Int32[np.ndarray, "ends"],
) -> None:
    """Let those from `begin` to before `stop` say to each neighbor what they could have instead.

    That is the most they can have with another, less what that one could have instead, as far as
    they heard (belief propagation; Bayati, Shah and Sharma 2008). Half of what was said before
    stays, so that it settles.
    """
    for i in range(begin, stop):
        most, next_most, at = np.int32(0), np.int32(0), -1
        for end in range(g.start[i], g.start[i + 1]):
            could = g.value[end] - heard[g.back[end]]
            if could > most:
                next_most, most, at = most, could, end
            elif could > next_most:
                next_most = could
        for end in range(g.start[i], g.start[i + 1]):
            now = next_most if end == at else most
            said[end] = (heard[end] + now) >> 1
