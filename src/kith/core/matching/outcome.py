"""What a run says of itself: never of a person."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float64

from kith.core.matching.circles import NOBODY, Circles
from kith.core.matching.people import People


class Outcome(NamedTuple):
    """A run in numbers, for those who run it.

    Args:
        people, circles, placed: How many.
        value: Of all circles, in units.
        value_per_person: Of everybody, placed or not.
        worst_decile: The mean share of the tenth of people who got the least; who has no circle
            got nothing.
        worst_decile_placed: The same of those who have one.
        longest_wait_weeks: Of those without a circle.
    """

    people: int
    circles: int
    placed: int
    value: int
    value_per_person: float
    worst_decile: float
    worst_decile_placed: float
    longest_wait_weeks: int


def outcome(people: People, circles: Circles) -> Outcome:
    """Return what `circles` of `people` come to. Of a circle's value, each has an equal share."""
    share = shares(people, circles)
    left = share == 0
    value = int(circles.value.sum())
    return Outcome(
        len(people), len(circles), circles.placed, value, value / max(len(people), 1),
        lowest_tenth(share), lowest_tenth(share[~left]),
        int(people.weeks_waiting[left].max(initial=0)),
    )  # fmt: skip


def shares(people: People, circles: Circles) -> Float64[np.ndarray, "people"]:
    """Return what each person has of the value of their circle, nothing for who has none."""
    share = np.zeros(len(people))
    circle, seat = np.nonzero(circles.member != NOBODY)
    share[circles.member[circle, seat]] = (circles.value / circles.size)[circle]
    return share


def lowest_tenth(share: Float64[np.ndarray, "some"]) -> float:
    """Return the mean of the lowest tenth, of at least one."""
    if not len(share):
        return 0.0
    return float(np.sort(share)[: max(1, len(share) // 10)].mean())
