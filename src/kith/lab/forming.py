"""Between a file of people and the engine: which part of it does what was asked."""

import time
from typing import Any

import numpy as np

from kith.core.matching import POINTS, Circles, People
from kith.core.matching.candidates import Across
from kith.core.matching.chance import Propensities, propensities
from kith.core.matching.check import checked
from kith.core.matching.outcome import outcome
from kith.core.matching.pairs import PAIR, edges, pair_up
from kith.core.matching.pairs import bound as bound_of_pairs
from kith.core.matching.proof import prove
from kith.core.matching.regions import Runner, form_in_regions
from kith.core.matching.search import Effort, as_circles, form
from kith.core.matching.year import Run
from kith.lab.asked import Asked


def make_ready(*, is_pairs: bool) -> None:
    """Compile what a run needs, or fetch it from where it is kept."""
    few = People.of(
        {
            "id": np.arange(8),
            "languages": np.ones(8, np.uint64),
            "week": np.full((8, 6), 0xFFFF, np.uint64),
            "practices": np.arange(8),
        }
    )
    if is_pairs:
        pair_up(few, seed=1)
    else:
        form(few, seed=1, last=Circles.of([[0, 1, 2]]), effort=Effort(1.0, few=4))


def formed(
    asked: Asked,
    people: People,
    last: Circles | None,
    across: Runner,
    within: Across,
    dice: int | None = None,
) -> Circles:
    """Return circles, checked; with other `dice`, if they are given a seed of their own.

    `across` runs the parts of people, `within` what shares memory.

    Raises:
        BrokenCirclesError: If one breaks a rule.
    """
    thrown = asked.seed if dice is None else dice
    if asked.is_pairs:
        pairs = pair_up(people, seed=asked.seed, last=last, across=within, dice=dice)
        return checked(people, pairs, seed=thrown, sizes=PAIR, last=last)
    circles = form_in_regions(
        people, seed=asked.seed, sizes=asked.sizes, last=last,
        most=asked.region or max(len(people), 1),
        effort=Effort.usual(len(people), asked.effort, is_repair=last is not None),
        across=across, within=within, dice=dice,
    )  # fmt: skip
    return checked(people, circles, seed=thrown, sizes=asked.sizes, last=last)


def likely(
    asked: Asked,
    people: People,
    circles: Circles,
    last: Circles | None,
    across: Runner,
    within: Across,
) -> Propensities:
    """Return how often each two who sit together would, had the dice fallen differently."""
    return propensities(
        circles,
        len(people),
        lambda dice: formed(asked, people, last, across, within, dice),
        seed=asked.seed,
        draws=asked.draws,
    )


def weekly_run(across: Across, spent: list[float], *, may_move: bool) -> Run:
    """Return what forms circles each week, checked; it writes down the seconds it took.

    Raises, in each run:
        BrokenCirclesError: If a circle breaks a rule.
    """

    def run(people: People, last: Circles | None, seed: int) -> Circles:
        began = time.monotonic()
        circles = form(people, seed=seed, last=last, may_move=may_move, across=across)
        spent.append(time.monotonic() - began)
        return checked(people, circles, seed=seed, last=last)

    return run


def proved(
    asked: Asked, people: People, circles: Circles, last: Circles | None
) -> tuple[int, Circles]:
    """Return what no choice exceeds, and the best choice known, checked."""
    if asked.is_pairs:
        return bound_of_pairs(edges(people, seed=asked.seed, last=last)), circles
    proof = prove(people, circles, seed=asked.seed, sizes=asked.sizes)
    if proof.members == circles.lists():
        return proof.bound, circles
    best = as_circles(
        people, Circles.of(proof.members).member, seed=asked.seed, sizes=asked.sizes, points=POINTS
    )
    return proof.bound, checked(people, best, seed=asked.seed, sizes=asked.sizes)


def account(people: People, circles: Circles) -> dict[str, Any]:
    """Return what came of it."""
    return dict(outcome(people, circles)._asdict())


def chance() -> dict[str, Any]:
    """Return how dice took part, so that a study can use it."""
    return {
        "chance": {
            "share": POINTS.share_of_chance,
            "points": list(range(POINTS.chance + 1)),
            "probability_of_each": 1 / (POINTS.chance + 1),
        }
    }


def about(asked: Asked) -> dict[str, str]:
    """Return what is written with the circles: enough to throw the same dice again."""
    return {
        "seed": str(asked.seed),
        "share_of_chance": str(POINTS.share_of_chance),
        "points_of_chance": str(POINTS.chance),
        "draws": str(asked.draws),
    }
