"""Breadth: who sits with whom that they knew, and from which knots, with and without its terms.

python benchmarks/bench_bridging.py [--people 2000] [--seeds 5] [--smoke]
Made-up people (crowd.py), the mean of some seeds. "By chance" are pairs drawn at random of all who could meet.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground
from benchmarks.crowd import crowd
from kith.core.matching import POINTS, Circles, People, Points
from kith.core.matching.check import checked
from kith.core.matching.loops.two import fits
from kith.core.matching.packed import packed
from kith.core.matching.pairs import PAIR, pair_up
from kith.core.matching.search import form
from kith.core.rng import stream

DRAWN = 40_000
WITHOUT = replace(POINTS, tied=0, other_cluster=0, bridge=0)
# As kith.web.circles.bridge.pairing has them.
OF_PAIRS = Points(bridge=0, tied=-30)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--smoke", action="store_true")
    choice = parser.parse_args()
    n, seeds = (300, 1) if choice.smoke else (choice.people, choice.seeds)
    found: dict[tuple[str, str], list[float]] = {}
    for seed in range(1, seeds + 1):
        for named, value in _measured(crowd(n, seed), seed):
            found.setdefault(named, []).append(value)
    for (way, what), values in found.items():
        said = f"{n} people, {seeds} seeds, {way}: {what}"
        ground.note("bridging", said, float(np.mean(values)), "%", is_kept=not choice.smoke)


def _measured(people: People, seed: int) -> Iterator[tuple[tuple[str, str], float]]:
    knows = {frozenset(two) for two in people.ties.tolist()}
    yield from _of_pairs("by chance", people, knows, _drawn(people, seed))
    for way, points in (("circles", POINTS), ("circles without its terms", WITHOUT)):
        circles = form(people, seed=seed, points=points)
        groups = checked(people, circles, seed=seed, points=points).lists()
        ties = [sum(frozenset(two) in knows for two in combinations(some, 2)) for some in groups]
        yield (way, "people seated"), _percent(circles.placed, len(people))
        yield (way, "circles with a prior tie"), _percent(sum(n > 0 for n in ties), len(ties))
        yield (way, "circles with just one"), _percent(sum(n == 1 for n in ties), len(ties))
        yield from _of_pairs(
            way, people, knows, [two for some in groups for two in combinations(some, 2)]
        )
    for way, points in (
        ("pairs", OF_PAIRS), ("pairs with the points of circles", POINTS),
        ("pairs without its terms", WITHOUT),
    ):  # fmt: skip
        made: Circles = pair_up(people, seed=seed, points=points)
        checked(people, made, seed=seed, sizes=PAIR, points=points)
        yield (way, "people seated"), _percent(made.placed, len(people))
        yield from _of_pairs(way, people, knows, [(a, b) for a, b in made.lists()])


def _of_pairs(
    way: str, people: People, knows: set[frozenset[int]], pairs: list[tuple[int, ...]]
) -> Iterator[tuple[tuple[str, str], float]]:
    tied = sum(frozenset(two) in knows for two in pairs)
    across = sum(int(people.cluster[a] != people.cluster[b]) for a, b in pairs)
    yield (way, "pairs who knew each other"), _percent(tied, len(pairs))
    yield (way, "pairs from two knots"), _percent(across, len(pairs))


def _drawn(people: People, seed: int) -> list[tuple[int, ...]]:
    """Return pairs by chance of all who could meet."""
    pack = packed(people, POINTS, seed)
    rng = stream(seed, "drawn", len(people))
    drawn = rng.integers(0, len(people), (DRAWN * 10, 2))
    found: list[tuple[int, ...]] = []
    for i, j in drawn[drawn[:, 0] != drawn[:, 1]].tolist():
        if fits(pack.rows, i, j):
            found.append((int(pack.origin[i]), int(pack.origin[j])))
        if len(found) == DRAWN:
            break
    return found


def _percent(some: int, all_: int) -> float:
    return 100 * some / max(all_, 1)


if __name__ == "__main__":
    main()
