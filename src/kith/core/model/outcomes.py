"""What came of an arm, in few numbers, and how arms differ over replicates."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64
from scipy.special import stdtrit

from kith.core.model.counts import Count
from kith.core.model.running import Trajectory
from kith.core.model.state import NEVER
from kith.core.model.world import EPOCHS_A_DAY
from kith.core.population.town import FIRST_DAYS, Town

# What each is, and whether less of it is better.
OUTCOMES: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {
        "lapsed_week": ("share who used within a week, of those who did not at the start", True),
        "lapsed_month": ("the same within 30 days", True),
        "relapsed_month": ("share who relapsed within 30 days: 3 use days in 7", True),
        "relapsed": ("share who relapsed by the end", True),
        "relapsed_new": ("the same, of those in their first 30 days at the start", True),
        "use_days": ("days of use a person and 30 days", True),
        "use_days_lapsing": ("the same, of those who were in a lapse at the start", True),
        "abstinent": ("share who are alive and did not use in the last 7 days", False),
        "lonely": ("share of moments that were lonely", True),
        "helping": ("moments a person and week in which somebody helped", False),
        "contacts_a_week": ("contacts of the design that were kept, a person and week", False),
        "deaths": ("deaths from overdose in 1000 person-years", True),
    }
)
_MONTH, _WEEK, _YEAR = 30, 7, 365.25


class Spread(NamedTuple):
    """A mean over replicates and its interval.

    Args:
        lower, upper: Of 95 %, by Student's t; not a number with one replicate.
    """

    mean: float
    lower: float
    upper: float


def outcomes_of(lived: Trajectory, town: Town) -> dict[str, float]:
    """Return the outcomes of one arm in one replicate.

    Args:
        town: Who was here at the start, of whom all shares are; who was in a lapse then, of whom
            nobody can lapse; and how long the others had been without.
    """
    state, days = lived.state, len(lived.daily)
    is_here, is_using = town.is_here, town.is_using
    people = max(int(is_here.sum()), 1)
    sober = is_here & ~is_using
    first, relapse = state.first_use[sober], state.relapse[sober]
    week = state.week[is_here] == 0
    alive = (state.act[is_here] & 7) != 5
    person_days = float(lived.of(Count.ALIVE).sum())
    gone = people - int(alive.sum())

    def within(day: np.ndarray, limit: int) -> float:
        return float(np.mean((day != NEVER) & (day < limit))) if len(day) else 0.0

    def a_month(who: Bool[np.ndarray, "people"]) -> float:
        return float(state.use_days[who].mean()) * _MONTH / days if who.any() else 0.0

    def a_week(count: Count) -> float:
        return float(lived.of(count).sum()) / people / days * _WEEK

    return {
        "lapsed_week": within(first, _WEEK),
        "lapsed_month": within(first, _MONTH),
        "relapsed_month": within(relapse, _MONTH),
        "relapsed": within(relapse, days),
        "relapsed_new": within(state.relapse[sober & (town.days < FIRST_DAYS)], days),
        "use_days": a_month(is_here),
        "use_days_lapsing": a_month(is_here & is_using),
        "abstinent": float(np.mean(week & alive)),
        "lonely": float(lived.of(Count.LONELY).sum()) / people / days / EPOCHS_A_DAY,
        "helping": a_week(Count.HELPING),
        "contacts_a_week": a_week(Count.CONTACTS),
        "deaths": gone / max(person_days, 1.0) * _YEAR * 1_000,
    }


def spread(values: Sequence[float] | Float64[np.ndarray, "replicates"]) -> Spread:
    """Return the mean of replicates with its interval: mean -+ t(.975, n - 1) * s / sqrt(n)."""
    some = np.asarray(values, np.float64)
    n = len(some)
    mean = float(some.mean())
    if n < 2:
        return Spread(mean, float("nan"), float("nan"))
    half = float(stdtrit(n - 1, 0.975) * some.std(ddof=1) / np.sqrt(n))
    return Spread(mean, mean - half, mean + half)


def verdict(difference: Spread, *, is_lower: bool) -> str:
    """Return whether arms separate as was said: "as said", "not shown" or "the other way".

    Args:
        difference: Of the arm and the other, paired by replicate.
        is_lower: Whether less was said of the arm.
    """
    if not difference.lower > 0 and not difference.upper < 0:
        return "not shown"
    return "as said" if (difference.upper < 0) == is_lower else "the other way"
