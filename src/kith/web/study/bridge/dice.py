"""The dice of a study: a seed that is committed to, arms in blocks, and hours within windows."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from kith.core.rng import stream
from kith.web.study.bridge.document import Plan

_MINUTE: Final = timedelta(minutes=1)


def commitment(seed: int) -> str:
    """Return the hash that is published at once, by which the seed can be checked later."""
    return sha256(str(seed).encode()).hexdigest()


def draw_arm(plan: Plan, *, seed: int, number: int) -> tuple[str, float]:
    """Return the arm of the draw `number`, from 0, and how likely it was as the draw stood.

    In permuted blocks: of each block of so many, every arm gets its share, in a drawn order.
    """
    block = plan.block()
    if not block:
        order = [plan.arms[stream(seed, "arm", number).integers(len(plan.arms))].key]
        return order[0], 1 / len(plan.arms)
    which, place = divmod(number, len(block))
    order = [block[i] for i in stream(seed, "block", which).permutation(len(block))]
    rest = order[place:]
    return order[place], rest.count(order[place]) / len(rest)


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
