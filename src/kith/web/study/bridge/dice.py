"""The dice of a study: an arm for each who joins, by kith.core.randomize, and hours within windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from kith.core.randomize import Blocked, Minimised, Simple, commitment, is_promised
from kith.core.records import NONE
from kith.core.rng import stream
from kith.web.study.bridge.document import Plan
from kith.web.study.bridge.facts import levels_of, stratum_of
from kith.web.study.models import Assignment

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came for somebody.

    Args:
        arm: Its key.
        probability: That it would come, as the draw stood.
        law: All that it takes, with the seed, to draw it again, as JSON has it.
    """

    arm: str
    probability: float
    law: dict[str, Any]

    @property
    def stratum(self) -> int:
        """Among whom it was drawn, or NONE if all are drawn together."""
        return int(self.law.get("stratum", NONE))


def draw_arm(
    plan: Plan, *, seed: int, said: Mapping[str, str], before: Sequence[Assignment] = ()
) -> Drawn:
    """Return the arm of whoever joins after those `before`, of whom `said` is known.

    Args:
        plan: Of the study.
        seed: Of the study.
        said: Their facts, by key; what they left open is a level of its own.
        before: What was drawn in this study, in the order of the draws.
    """
    law: dict[str, Any] = {"mechanism": plan.mechanism, "ratio": list(plan.ratio)}
    if plan.mechanism == "minimised":
        drawn, more = _minimised(plan, seed, said, before)
    elif plan.mechanism == "blocked":
        drawn, more = _blocked(plan, seed, said, before)
    else:
        place = _next_place(before)
        drawn = Simple(place + 1, plan.ratio).draw_next(seed, place)
        more = {"place": place}
    arm, probability = drawn
    return Drawn(plan.arms[arm].key, probability, law | more)


def _blocked(
    plan: Plan, seed: int, said: Mapping[str, str], before: Sequence[Assignment]
) -> tuple[tuple[int, float], dict[str, Any]]:
    stratum = stratum_of(plan, said)
    here = stratum if plan.strata else NONE
    place = _next_place([one for one in before if one.stratum == here])
    mechanism = Blocked(np.zeros(1, np.int64), plan.block_sizes, plan.ratio)
    more = {"block_sizes": list(plan.block_sizes), "place": place}
    if plan.strata:
        more["stratum"] = stratum
    return mechanism.draw_next(seed, stratum, place), more


def _minimised(
    plan: Plan, seed: int, said: Mapping[str, str], before: Sequence[Assignment]
) -> tuple[tuple[int, float], dict[str, Any]]:
    keys = [arm.key for arm in plan.arms]
    levels = levels_of(plan.balance, plan, said)
    factors = [(one.law or {}).get("levels", levels) for one in before]
    mechanism = Minimised(
        np.array(factors, np.int64).reshape(len(before), len(levels)), len(keys), plan.follow
    )
    arms = np.array([keys.index(one.arm) for one in before], np.int16)
    more = {"balance": list(plan.balance), "levels": list(levels), "coin": plan.follow}
    return mechanism.draw_next(seed, np.array(levels, np.int64), arms), more


def _next_place(before: Sequence[Assignment]) -> int:
    """Return which draw it is, from 0: one that was made is never made again, even if its row left."""
    return max((int((one.law or {}).get("place", one.number)) for one in before), default=-1) + 1


def draw_moments(
    windows: Sequence[tuple[time, time]],
    *,
    seed: int,
    who: int,
    on: date,
    clock: ZoneInfo,
    purpose: str = "moments",
) -> list[datetime]:
    """Return one moment in each window of that day: any minute of it is as likely as any other.

    They are by UTC, so that an hour before one is an hour, whatever the clock does that day.
    """
    dice = stream(seed, purpose, who, on.toordinal())
    found = []
    for begins, ends in windows:
        start = datetime.combine(on, begins, tzinfo=clock)
        minutes = max(int((datetime.combine(on, ends, tzinfo=clock) - start) / _MINUTE), 1)
        found.append(start.astimezone(UTC) + int(dice.integers(minutes)) * _MINUTE)
    return found


__all__ = ["Drawn", "commitment", "draw_arm", "draw_moments", "is_promised"]
