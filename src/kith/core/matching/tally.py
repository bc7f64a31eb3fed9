"""A year of weekly runs in a few numbers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int64

from kith.core.matching.outcome import lowest_tenth
from kith.core.matching.year import Week


class Tally(NamedTuple):
    """What came of a year. Shares are of 1, values in units, waiting in weekly runs.

    Args:
        weeks, people: How many runs, and how many were there at all.
        here, placed: In a run, on average: how many were there, and the share of them in a circle.
        circles_broken: By the engine and not by people; of `circles_to_keep`, from week to week.
        rules_broken: As plain code counts.
        pairs_kept: Of two who sat together and could again, with the same hours: from week to week.
        pairs_kept_untouched: The same in circles to which nothing happened.
        completed: Of those who began in a circle: who sat there for an arc.
        at_once, within_two: Of those who offered: who was seated in the first run, in the first two.
        waited_half, waited_nine_tenths, waited_longest: How many runs left people out. Who gave
            up, or still waits at the end, counts with the runs so far.
        gave_up: The share of those who offered who stopped before they were seated.
        value_per_person, worst_decile, worst_decile_placed: Of a run, on average.
        worst_decile_of_year: The mean of the tenth of people who got least, each on average over
            the weeks they were there; of those who were there for `ENOUGH` weeks.
        short: Circles that were too few and waited for others, in a run, on average.
    """

    weeks: int
    people: int
    here: float
    placed: float
    circles_to_keep: int
    circles_broken: int
    rules_broken: int
    pairs_kept: float
    pairs_kept_untouched: float
    completed: float
    at_once: float
    within_two: float
    waited_half: float
    waited_nine_tenths: float
    waited_longest: int
    gave_up: float
    value_per_person: float
    worst_decile: float
    worst_decile_placed: float
    worst_decile_of_year: float
    short: float


# Weeks after which somebody's average says something.
ENOUGH = 8


def tally(year: Sequence[Week], arc: int = 6) -> Tally:
    """Return a year in a few numbers."""
    means, weeks_here = _means(year)
    waited, gave_up, waiting = (
        np.concatenate([*some, np.empty(0, np.int64)])
        for some in (
            [one.waited for one in year], [one.gave_up for one in year], [year[-1].waiting]
        )
    )  # fmt: skip
    spells = np.concatenate([waited, gave_up, waiting])
    half, nine_tenths = np.quantile(spells, [0.5, 0.9]) if len(spells) else (0.0, 0.0)
    said = [one.said for one in year]
    return Tally(
        weeks=len(year),
        people=len(means),
        here=_mean([one.people for one in said]),
        placed=_mean([one.placed / max(one.people, 1) for one in said]),
        circles_to_keep=sum(one.before for one in year),
        circles_broken=sum(one.broken for one in year),
        rules_broken=sum(len(one.wrongs) for one in year),
        pairs_kept=_share([one.pairs for one in year]),
        pairs_kept_untouched=_share([one.untouched for one in year]),
        completed=sum(one.completed for one in year[arc - 1 :])
        / max(sum(one.begun for one in year[: 1 - arc]), 1),
        at_once=float((waited == 0).sum()) / max(len(spells), 1),
        within_two=float((waited <= 1).sum()) / max(len(spells), 1),
        waited_half=float(half),
        waited_nine_tenths=float(nine_tenths),
        waited_longest=int(spells.max(initial=0)),
        gave_up=len(gave_up) / max(len(spells), 1),
        value_per_person=_mean([one.value_per_person for one in said]),
        worst_decile=_mean([one.worst_decile for one in said]),
        worst_decile_placed=_mean([one.worst_decile_placed for one in said]),
        worst_decile_of_year=lowest_tenth(means[weeks_here >= ENOUGH]),
        short=_mean([one.short for one in year]),
    )


def _means(
    year: Sequence[Week],
) -> tuple[Float64[np.ndarray, "everybody"], Int64[np.ndarray, "everybody"]]:
    """Return what each person got on average, and in how many weeks they were there."""
    _, who = np.unique(np.concatenate([one.here for one in year]), return_inverse=True)
    weeks_here = np.bincount(who)
    got = np.bincount(who, weights=np.concatenate([one.share for one in year]))
    return got / weeks_here, weeks_here


def _share(kept: list[tuple[int, int]]) -> float:
    """Return the share of all that were kept, of (could be, were)."""
    return sum(were for _, were in kept) / max(sum(could for could, _ in kept), 1)


def _mean(numbers: Sequence[float | int]) -> float:
    return sum(numbers) / max(len(numbers), 1)
