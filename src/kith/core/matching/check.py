"""Circles checked again by plain code that shares nothing with the search.

It runs after every formation. What it finds is never published.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int32, Int64

from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.people import People
from kith.core.matching.points import POINTS, Points
from kith.core.rng import key
from kith.errors import KithError

_AT_ONCE = 50_000
_EARTH_M = 6_371_008.8


class Violation(NamedTuple):
    """A circle that breaks a rule. Args: circle: its place; rule: which."""

    circle: int
    rule: str


class BrokenCirclesError(KithError):
    """Circles break hard rules: a mistake in the engine. They must not be published."""

    def __init__(self, violations: list[Violation]) -> None:
        rules = sorted({violation.rule for violation in violations})
        super().__init__(f"{len(violations)} broken rules in circles that were formed: {rules}")
        self.violations = violations


def checked(
    people: People,
    circles: Circles,
    *,
    seed: int,
    sizes: Sizes = Sizes(),
    points: Points = POINTS,
    last: Circles | None = None,
) -> Circles:
    """Return `circles` as they are.

    Raises:
        BrokenCirclesError: If one of them breaks a rule, or is not worth what it says.
    """
    found = violations(people, circles, seed=seed, sizes=sizes, points=points, last=last)
    if found:
        raise BrokenCirclesError(found)
    return circles


def violations(
    people: People,
    circles: Circles,
    *,
    seed: int,
    sizes: Sizes = Sizes(),
    points: Points = POINTS,
    last: Circles | None = None,
) -> list[Violation]:
    """Return every rule that a circle breaks.

    Args:
        last: The circles there were. One that goes on with its steady member having a hard week
            is no violation; a new one without anybody steady is.
    """
    found = [Violation(circle, "seat") for circle in _sharing_somebody(circles)]
    for begin in range(0, len(circles), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        for rule, broken in _rules(people, circles, some, seed, sizes, points, last).items():
            found += [Violation(begin + int(place), rule) for place in np.flatnonzero(broken)]
    return sorted(found)


def _sharing_somebody(circles: Circles) -> list[int]:
    """Return the circles that have a member whom an earlier seat has already."""
    circle, seat = np.nonzero(circles.member != NOBODY)
    who = circles.member[circle, seat]
    _, first = np.unique(who, return_index=True)
    again = np.ones(len(who), np.bool_)
    again[first] = False
    return [int(place) for place in np.unique(circle[again])]


def _rules(
    people: People,
    circles: Circles,
    some: slice,
    seed: int,
    sizes: Sizes,
    points: Points,
    last: Circles | None,
) -> dict[str, Bool[np.ndarray, "circles"]]:
    """Return which circles break which rule."""
    member, mode = circles.member[some], circles.mode[some]
    there = member != NOBODY
    k = there.sum(axis=1)
    one, other = np.triu_indices(member.shape[1], 1)
    a, b = member[:, one], member[:, other]
    both = there[:, one] & there[:, other]
    met = mode == 1
    hour = circles.hour[some].astype(np.int64)
    free = there.copy()
    for half in (hour, (hour + 1) % 336):
        word = people.week[member, (half // 64)[:, None]]
        free &= (word >> (half % 64).astype(np.uint64)[:, None]) & np.uint64(1) == 1
    speech = np.bitwise_and.reduce(np.where(there, people.languages[member], ~np.uint64(0)), axis=1)
    ways = np.where(there, people.mode[member], 3) & mode[:, None]
    lacks = (people.requires[a] & ~people.offers[b]) | (people.requires[b] & ~people.offers[a])
    reach = np.minimum(people.reach_km[a], people.reach_km[b]).astype(np.float64) * 1_000
    far = met[:, None] & both
    far[far] = _apart_m(people, a[far], b[far]) > reach[far]
    days = people.days[member]
    past = there & (days >= 90)
    steady = (past & (people.steadiness[member] > 0)).any(axis=1)
    before = _before(last, len(people))[member]
    apart = _known(people.exclusions, len(people))
    return {
        "size": (k < sizes.least) | (k > sizes.most),
        "hour": ~(free == there).all(axis=1),
        "language": speech == 0,
        "mode": (ways == 0).any(axis=1),
        "distance": far.any(axis=1),
        "exclusion": (both & _listed(apart, a, b, len(people))).any(axis=1),
        "space": (both & (lacks != 0)).any(axis=1),
        "newness": ~past.any(axis=1)
        | (3 * (there & (days < 30)).sum(axis=1) > (3 if sizes.is_pair else k)),
        "steadiness": ~(steady | _stood(before, sizes) | sizes.is_pair),
        "partner": (before[:, 0] == before[:, -1]) & (before[:, 0] != NOBODY) & sizes.is_pair,
        "value": circles.value[some] != _values(people, member, met, seed, points),
    }


def _apart_m(
    people: People, a: Int32[np.ndarray, "pairs"], b: Int32[np.ndarray, "pairs"]
) -> np.ndarray:
    """Return the meters between two people along the ground (haversine)."""
    phi_a, phi_b = np.radians(people.latitude[a]), np.radians(people.latitude[b])
    step = np.radians(people.longitude[b] - people.longitude[a]) / 2
    h = np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(step) ** 2
    return 2 * _EARTH_M * np.arcsin(np.sqrt(np.minimum(h, 1)))


def _known(pairs: Int32[np.ndarray, "_ 2"], people: int) -> Int64[np.ndarray, "some"]:
    """Return pairs as sorted numbers, whichever way round they were said."""
    low, high = np.sort(pairs.astype(np.int64), axis=1).T
    return np.unique(low * people + high)


def _listed(known: np.ndarray, a: np.ndarray, b: np.ndarray, people: int) -> np.ndarray:
    """Return whether a pair is one of those `known`."""
    asked = np.minimum(a, b).astype(np.int64) * people + np.maximum(a, b)
    if len(known) == 0:
        return np.zeros(a.shape, np.bool_)
    place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return known[place] == asked


def _before(last: Circles | None, people: int) -> Int64[np.ndarray, "_"]:
    """Return which of the last circles each sat in. One place more, which NOBODY finds."""
    found = np.full(people + 1, NOBODY, np.int64)
    if last is not None:
        circle, seat = np.nonzero(last.member != NOBODY)
        found[last.member[circle, seat]] = circle
    return found


def _stood(before: np.ndarray, sizes: Sizes) -> np.ndarray:
    """Return which circles hold enough of one that there was to be it, going on."""
    same = (before[:, :, None] == before[:, None, :]) & (before != NOBODY)[:, :, None]
    return same.sum(axis=2).max(axis=1, initial=0) >= sizes.least


def _values(
    people: People, member: np.ndarray, met: np.ndarray, seed: int, points: Points
) -> Int64[np.ndarray, "circles"]:
    """Return what circles are worth, as docs/science/matching.md says."""
    there = member != NOBODY
    k = there.sum(axis=1)
    pairs = np.zeros(len(member), np.int64)
    bridge = np.zeros(len(member), np.bool_)
    asks = np.zeros(member.shape, np.bool_)
    acquainted = _known(people.ties, len(people))
    for x in range(member.shape[1]):
        for y in range(x + 1, member.shape[1]):
            a, b, both = member[:, x], member[:, y], there[:, x] & there[:, y]
            tied = both & _listed(acquainted, a, b, len(people))
            bridge |= tied
            one = np.bitwise_count(people.receives[a] & people.gives[b]).astype(np.int64)
            two = np.bitwise_count(people.receives[b] & people.gives[a]).astype(np.int64)
            asks[:, x] |= both & (one > 0)
            asks[:, y] |= both & (two > 0)
            shared = np.bitwise_count(people.practices[a] & people.practices[b])
            found = np.array(points.shared)[np.minimum(shared, 4)]
            found += points.met * (np.minimum(one, 2) + np.minimum(two, 2))
            found += points.both_met * ((one > 0) & (two > 0))
            found += points.tied * tied
            knots = people.cluster[a], people.cluster[b]
            found += points.other_cluster * (
                (knots[0] != knots[1]) & (knots[0] > 0) & (knots[1] > 0)
            )
            found += chance(people.id[a], people.id[b], seed, points)
            found += np.where(met, _near(people, a, b, points), 0)
            pairs += np.where(both, found, 0)
    roles = np.bitwise_or.reduce(np.where(there, people.roles[member], 0), axis=1)
    whole = points.bridge * bridge + points.role * np.bitwise_count(roles).astype(np.int64)
    whole += points.ask * asks.sum(axis=1)
    weeks = np.minimum(people.weeks_waiting[member].astype(np.int64), points.longest_wait_weeks)
    whole += np.where(there, points.placed + points.waited * weeks, 0).sum(axis=1)
    return 60 * pairs // np.maximum(k - 1, 1) + 60 * whole


def worth(
    people: People, circles: Circles, *, seed: int, points: Points = POINTS
) -> Int64[np.ndarray, "circles"]:
    """Return what circles are worth, whatever they say themselves."""
    return _values(people, circles.member, circles.mode == 1, seed, points)


def chance(
    one: Int64[np.ndarray, "*pairs"], other: Int64[np.ndarray, "*pairs"], seed: int, points: Points
) -> Int64[np.ndarray, "*pairs"]:
    """Return the points that dice give each pair of ids: 0 to `points.chance`, all as likely."""
    mark = np.uint64(key(seed, "chance"))

    def mix(x: np.ndarray) -> np.ndarray:
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))

    step, half = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
    with np.errstate(over="ignore"):
        ends = [mix(i.astype(np.uint64) * step + mark) >> half for i in (one, other)]
        dice = mix(ends[0] + ends[1] + step) >> half
    return ((dice * np.uint64(points.chance + 1)) >> half).astype(np.int64)


def _near(people: People, a: np.ndarray, b: np.ndarray, points: Points) -> np.ndarray:
    """Return the points of pairs for how near each other they live, in whole meters straight."""
    spots = []
    for i in (a, b):
        phi, theta = np.radians(people.latitude[i]), np.radians(people.longitude[i])
        flat = np.cos(phi)
        spot = np.stack([flat * np.cos(theta), flat * np.sin(theta), np.sin(phi)])
        spots.append(np.rint(np.nan_to_num(spot) * _EARTH_M).astype(np.int64))
    square = ((spots[0] - spots[1]) ** 2).sum(axis=0)
    found = np.zeros(len(a), np.int64)
    for meters, worth in zip(points.near_m[::-1], points.near[::-1], strict=True):
        found[square <= meters**2] = worth
    return found
