"""Who could sit with whom: for each person the best few of very many."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Bool, Int32

from kith.core.matching.loops.lines import keys, probe, probe_ties
from kith.core.matching.loops.rows import Near
from kith.core.matching.packed import Packed
from kith.core.matching.points import Numbers
from kith.core.rng import key

# How jobs that do not touch each other are run: `map`, or the map of a pool of threads.
Across = Callable[[Callable[[int], Any], Iterable[int]], Iterable[Any]]
# Up to so many people, everybody meets everybody.
FEW_PEOPLE = 1_500
_CHUNK = 8_192


def candidates(
    packed: Packed,
    points: Numbers,
    seed: int,
    *,
    few: int,
    rounds: int,
    width: int,
    across: Across = map,
) -> Near:
    """Return the best `few` others for each person, of those they met.

    In each round people line up by chance, like beside like, and each meets the next `width`.
    Parts of a line are jobs of their own and their limits are fixed, so who runs them when
    changes nothing.
    """
    n = len(packed.cell)
    near = Near(np.zeros((n, few), np.int32), np.zeros((n, few), np.int16), np.zeros(n, np.int16))
    if n <= FEW_PEOPLE:
        probe(packed.rows, np.arange(n, dtype=np.int32), n, near, points)
        return near
    each_part(n, lambda a, b: probe_ties(packed.rows, a, b, near, points), across)
    for turn in range(rounds):
        some = line(packed, key(seed, "line", turn), mode=1 + turn % 2, coarse=turn // 2)
        each_part(
            len(some),
            lambda a, b, some=some: probe(packed.rows, some[a:b], width, near, points),
            across,
        )
    return near


def also_free(
    packed: Packed,
    near: Near,
    free: Bool[np.ndarray, "people"],
    points: Numbers,
    seed: int,
    *,
    few: int,
    rounds: int,
    width: int,
    across: Across = map,
) -> Near:
    """Return candidates with `few` more for each who is free, of those whom they met among each other.

    Most of the best that they know sit in circles that go on.
    """
    n, had = near.other.shape
    more = Near(np.zeros((n, had + few), np.int32), np.zeros((n, had + few), np.int16), near.n)
    more.other[:, :had], more.score[:, :had] = near.other, near.score
    _meet(packed, more, free, points, key(seed, "free"), rounds, width, across)
    return more


def meet_anew(
    packed: Packed,
    near: Near,
    left: Bool[np.ndarray, "people"],
    points: Numbers,
    seed: int,
    *,
    rounds: int,
    width: int,
    across: Across = map,
) -> None:
    """Let those who are left over meet each other, and forget whom they knew before.

    Their best few are mostly taken by then; among each other there are others who are free too.
    """
    near.n[left] = 0
    _meet(packed, near, left, points, key(seed, "anew"), rounds, width, across)


def _meet(
    packed: Packed,
    near: Near,
    who: Bool[np.ndarray, "people"],
    points: Numbers,
    seed: int,
    rounds: int,
    width: int,
    across: Across,
) -> None:
    """Let `who` line up and meet each other."""
    for turn in range(rounds):
        some = line(packed, key(seed, "line", turn), mode=1 + turn % 2, coarse=turn // 2)
        some = some[who[some]]
        each_part(
            len(some),
            lambda a, b, some=some: probe(packed.rows, some[a:b], width, near, points),
            across,
        )


def each_part(n: int, work: Callable[[int, int], Any], across: Across) -> None:
    """Do `work` from a to before b, for parts that make up 0 to before `n`."""
    parts = list(pairwise([*range(0, n, _CHUNK), n]))
    list(across(lambda part: work(*parts[part]), range(len(parts))))


def line(
    packed: Packed, seed: int, *, mode: int, coarse: int, everybody: bool = False
) -> Int32[np.ndarray, "some"]:
    """Return those who would meet in this mode, lined up so that like stands beside like.

    Args:
        coarse: In person, those of larger cells count as like: of 5, 10, 20, 5 ... km.
        everybody: The others too.
    """
    found = np.empty(len(packed.cell), np.uint64)
    cell = packed.cell >> np.uint64(coarse % 3 * 2)
    keys(packed.rows.row, cell, mode, seed >> 1, found)
    order = np.argsort(found, kind="stable").astype(np.int32)
    if everybody:
        return order
    return order[(packed.rows.row[order, 7] >> np.uint64(32)) & np.uint64(mode) != 0]
