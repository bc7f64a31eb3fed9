"""A small town and a design, made by hand: no generator, so that nothing hides in one."""

from typing import Any

import numpy as np

from kith.core.model.world import NOBODY, Arm, World
from kith.core.population.network import Network
from kith.core.rng import stream


def world(
    n: int = 300,
    *,
    isolated: float = 0.0,
    using: float = 0.0,
    ties: int = 3,
    days: np.ndarray | None = None,
) -> World:
    """Return `n` people in a ring, each tied to the next few."""
    dice = stream(1, "small world")
    one = np.repeat(np.arange(n), ties)
    two = (one + np.tile(np.arange(1, ties + 1), n)) % n
    holder, other = np.concatenate((one, two)), np.concatenate((two, one))
    order = np.lexsort((other, holder))
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(holder, minlength=n), out=start[1:])
    rows = len(holder)
    layers = (dice.uniform(0.1, 0.7, rows).astype(np.float32) for _ in range(4))
    return World(
        network=Network(start, other[order].astype(np.int32), *layers),
        habit_rate=np.clip(dice.lognormal(np.log(0.0454), 0.62, n), 0.001, 0.9).astype(np.float32),
        resolve=dice.normal(16, 3, n).astype(np.float32),
        is_isolated=dice.random(n) < isolated,
        is_using=dice.random(n) < using,
        days=np.zeros(n, np.int32) if days is None else days,
    )


def arm(n: int, *, rate: float = 0.1, partners: int = 3, **given: Any) -> Arm:
    """Return a design in which people meet those a few doors down."""
    rows = [(np.arange(n) + 4 + 7 * k) % n for k in range(partners)] or [np.full(n, NOBODY)]
    return Arm(**{
        "name": "circle",
        "partners": np.stack(rows, axis=1).astype(np.int32),
        "contact_rate": np.full(n, rate, np.float32),
        "at_cue": 0.5,
        "reliability": 0.9,
        "systems": np.full(5, 0.2, np.float32),
        "depth": 1.0,
        "gives": 0.5,
        "reach_q": 0.6,
        **given,
    })  # fmt: skip


def nothing(n: int) -> Arm:
    """Return no design at all."""
    return arm(n, rate=0.0, partners=0, name="nothing")
