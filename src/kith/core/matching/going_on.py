"""Which circles go on, told by plain code that shares nothing with the search or with `check`.

It is slow, and meant to be: a rule is a line. Whoever simulates a year counts with it whether the
engine ever took from people what they could have kept.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from kith.core.matching.circles import Circles, Sizes
from kith.core.matching.people import FIRST_DAYS, NEW_DAYS, People

_HALF_HOURS = 336
_EARTH_KM = 6_371.0088


class Plain(NamedTuple):
    """People as lists of plain numbers; a week is one number of 336 bits."""

    week: list[int]
    speech: list[int]
    mode: list[int]
    spot: list[tuple[float, float]]
    reach: list[float]
    requires: list[int]
    offers: list[int]
    days: list[int]
    steadiness: list[int]
    apart: set[tuple[int, int]]


def plain(people: People) -> Plain:
    """Return `people` as lists."""
    apart = {(a, b) for a, b in people.exclusions.tolist()}
    return Plain(
        [sum(word << 64 * at for at, word in enumerate(week)) for week in people.week.tolist()],
        people.languages.tolist(),
        people.mode.tolist(),
        list(zip(people.latitude.tolist(), people.longitude.tolist(), strict=True)),
        people.reach_km.tolist(),
        people.requires.tolist(),
        people.offers.tolist(),
        people.days.tolist(),
        people.steadiness.tolist(),
        apart | {(b, a) for a, b in apart},
    )


def wrongs(
    people: Plain, circles: Circles, before: Sequence[Sequence[int]], sizes: Sizes = Sizes()
) -> list[str]:
    """Return what is wrong with `circles`: nothing, if the engine does what it should."""
    found, seen = [], set[int]()
    old = [set(some) for some in before]
    for some, hour, mode in zip(
        circles.lists(), circles.hour.tolist(), circles.mode.tolist(), strict=True
    ):
        found += ["somebody sits twice"] if seen & set(some) else []
        seen |= set(some)
        if not (_hours(people, some) >> hour & 1 and mode in _ways(people, some)):
            found.append("not all can at that hour or in that way")
        stood = any(len(known & set(some)) >= sizes.least for known in old)
        if not may_be_a_circle(people, some, sizes, stood=stood):
            found.append("it may not be a circle")
    return found


def may_be_a_circle(people: Plain, some: Sequence[int], sizes: Sizes, *, stood: bool) -> bool:
    """Return whether these people may be a circle; one that `stood` needs nobody steady."""
    past = [i for i in some if people.days[i] >= NEW_DAYS]
    steady = [i for i in past if people.steadiness[i] > 0]
    return (
        sizes.least <= len(some) <= sizes.most
        and may_sit_together(people, some)
        and bool(past if stood else steady)
        and 3 * sum(people.days[i] < FIRST_DAYS for i in some) <= len(some)
    )


def may_sit_together(people: Plain, some: Sequence[int]) -> bool:
    """Return whether these people have an hour, a language and a way, and none keeps away."""
    speech = people.speech[some[0]]
    for i in some:
        speech &= people.speech[i]
    return (
        speech != 0
        and _hours(people, some) != 0
        and bool(_ways(people, some))
        and all((a, b) not in people.apart for a, b in combinations(some, 2))
        and all(people.requires[a] & ~people.offers[b] == 0 for a in some for b in some if a != b)
    )


def _hours(people: Plain, some: Sequence[int]) -> int:
    """Return the half-hours at which all are free for an hour."""
    week = (1 << _HALF_HOURS) - 1
    for i in some:
        week &= people.week[i]
    return week & (week >> 1 | (week & 1) << _HALF_HOURS - 1)


def _ways(people: Plain, some: Sequence[int]) -> list[int]:
    """Return in which modes all can meet."""
    near = all(
        _km(people.spot[a], people.spot[b]) <= min(people.reach[a], people.reach[b])
        for a, b in combinations(some, 2)
        if people.mode[a] & people.mode[b] & 1
    )
    return [
        mode for mode in (1, 2) if all(people.mode[i] & mode for i in some) and (mode == 2 or near)
    ]


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far apart two places are along the ground."""
    (north, east), (other_north, other_east) = (map(radians, at) for at in (one, other))
    step = sin((other_north - north) / 2) ** 2
    step += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(step, 1.0)))


def most_who_go_on(people: Plain, some: Sequence[int], sizes: Sizes) -> int:
    """Return how many of those who sat together may go on as a circle, 0 if it would be too few."""
    for many in range(len(some), sizes.least - 1, -1):
        if any(may_be_a_circle(people, few, sizes, stood=True) for few in combinations(some, many)):
            return many
    return 0


def most_who_wait(people: Plain, some: Sequence[int]) -> list[int]:
    """Return the most of those who sat together who may sit together still; of equals the first."""
    for many in range(len(some), 1, -1):
        for few in combinations(some, many):
            if may_sit_together(people, few):
                return list(few)
    return []


def broken(
    people: Plain, last: Sequence[Sequence[int]], now: Circles, sizes: Sizes = Sizes()
) -> list[int]:
    """Return which of the circles there were were broken by the engine, not by people.

    A circle is, if fewer of those who are still here sit together now than may go on as one. What
    is left of a circle but is none by itself is, if it was split: some seated without the others.

    Args:
        last: Of each circle there was, who is still here.
    """
    seat = _seats(now)
    return [place for place, some in enumerate(last) if _is_broken(people, some, seat, sizes)]


def _seats(now: Circles) -> dict[int, int]:
    return {i: circle for circle, some in enumerate(now.lists()) for i in some}


def _is_broken(people: Plain, some: Sequence[int], seat: dict[int, int], sizes: Sizes) -> bool:
    if len(some) < 2:
        return False
    together = max(_together(some, seat), default=0)
    if together == len(some):
        return False
    going_on = most_who_go_on(people, some, sizes)
    if going_on:
        return together < going_on
    # Too few to be a circle: they are filled as one, or go on waiting as one.
    waiting = len(most_who_wait(people, some))
    alone = sum(i not in seat for i in some)
    return together < waiting and alone < waiting


def _together(some: Sequence[int], seat: dict[int, int]) -> Iterator[int]:
    """Yield how many of them sit in each circle."""
    where = [seat[i] for i in some if i in seat]
    for circle in set(where):
        yield where.count(circle)
