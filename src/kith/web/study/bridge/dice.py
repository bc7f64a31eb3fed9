"""The dice of a study: a seed that is committed to, arms in blocks, and hours within windows."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from kith.core.rng import stream
from kith.web.study.bridge.document import Plan

_MINUTE: Final = timedelta(minutes=1)


def commitment(seed: int, salt: str) -> str:
    """Return the hash that is published at once, by which seed and salt can be checked later.

    It is that of `kith.core.randomize`: SHA-256 of "kith draws 1", the seed and the salt.
    """
    return sha256(f"kith draws 1\n{seed}\n{salt}".encode()).hexdigest()


def draw_arm(plan: Plan, *, seed: int, number: int) -> tuple[str, float]:
    """Return the arm of the draw `number`, from 0, and its probability: its share of the ratio.

    As `kith.core.randomize` draws: a coin for each, or in shuffled blocks of drawn sizes. The
    probability is the share before a block opens; in an open one the last arm is certain, which
    no weight can use.
    """
    shares = np.array(plan.ratio) / sum(plan.ratio)
    if plan.mechanism == "blocked":
        arm = next(islice(_in_blocks(plan, seed), number, None))
    else:
        coin = stream(seed, "simple").random(number + 1)[-1]
        arm = int(np.searchsorted(np.cumsum(shares)[:-1], coin, side="right"))
    return plan.arms[arm].key, float(shares[arm])


def _in_blocks(plan: Plan, seed: int) -> Iterator[int]:
    dice = stream(seed, "blocks", 0)
    one = np.repeat(np.arange(len(plan.arms)), plan.ratio)
    sizes = plan.block_sizes or (2 * len(one), 3 * len(one))
    while True:
        size = sizes[dice.integers(len(sizes))]
        yield from dice.permutation(np.tile(one, size // len(one))).tolist()


def draw_moments(
    windows: Sequence[tuple[time, time]], *, seed: int, who: int, on: date, clock: ZoneInfo
) -> list[datetime]:
    """Return one moment in each window of that day: any minute of it is as likely as any other."""
    dice = stream(seed, "moments", who, on.toordinal())
    found = []
    for begins, ends in windows:
        start = datetime.combine(on, begins, tzinfo=clock)
        minutes = max(int((datetime.combine(on, ends, tzinfo=clock) - start) / _MINUTE), 1)
        found.append(start + int(dice.integers(minutes)) * _MINUTE)
    return found


def draw_decision(chance: float, *, seed: int, who: int, at: datetime) -> bool:
    """Return whether the dice say yes, which they do with this chance."""
    return bool(stream(seed, "decision", who, int(at.timestamp())).random() < chance)
