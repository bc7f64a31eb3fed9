"""Circles of people from other generators, held against the rules by code that only this test has.

Every rule is said once more here, in plain loops over plain numbers: neither the search nor the
checker that ships is asked.
"""

from itertools import combinations
from math import asin, cos, hypot, radians, sin

import pytest
from benchmarks.crowd import crowd, next_week
from tests.core.matching.other_crowds import CROWDS, dense_town, far_and_wide, heavy_hours

from kith.core.matching import Circles, Sizes
from kith.core.matching.check import violations
from kith.core.matching.pairs import PAIR, pair_up
from kith.core.matching.proof import prove
from kith.core.matching.search import Effort, form


def faults(some, circles, sizes=Sizes()):
    """All that is wrong with circles of people who were in none before."""
    seated = [i for members in circles.lists() for i in members]
    found = ["twice"] if len(seated) != len(set(seated)) else []
    apart = {frozenset(pair) for pair in some.exclusions.tolist()}
    rows = zip(circles.lists(), circles.hour.tolist(), circles.mode.tolist(), strict=True)
    for members, hour, mode in rows:
        found += _faults_of(some, members, hour, mode, sizes)
        found += [
            fault
            for pair in combinations(members, 2)
            for fault in _between(some, *pair, mode, apart)
        ]
    return found


def _faults_of(some, members, hour, mode, sizes):
    days = [int(some.days[i]) for i in members]
    tongues = (1 << 64) - 1
    for i in members:
        tongues &= int(some.languages[i])
    rules = {
        "size": sizes.least <= len(members) <= sizes.most,
        "free": all(_is_free(some, i, half % 336) for i in members for half in (hour, hour + 1)),
        "mode": all(int(some.mode[i]) & mode for i in members),
        "language": tongues > 0,
        "somebody longer here": max(days) >= 90,
        "a third new": sizes == PAIR or sum(day < 30 for day in days) <= len(members) / 3,
        "somebody steady": sizes == PAIR
        or any(some.days[i] >= 90 and some.steadiness[i] >= 1 for i in members),
    }
    return [rule for rule, holds in rules.items() if not holds]


def _is_free(some, i, half):
    return f"{int(some.week[i][half // 64]):064b}"[63 - half % 64] == "1"


def _between(some, a, b, mode, apart):
    if frozenset((a, b)) in apart:
        yield "apart"
    for one, other in ((a, b), (b, a)):
        if int(some.requires[one]) & ~int(some.offers[other]):
            yield "space"
    if mode == 1 and _km(some, a, b) > min(float(some.reach_km[i]) for i in (a, b)):
        yield "far"


def _km(some, a, b):
    """The way along the ground, from the angle between two directions (half the chord)."""
    spots = []
    for i in (a, b):
        north, east = radians(some.latitude[i]), radians(some.longitude[i])
        spots.append((cos(north) * cos(east), cos(north) * sin(east), sin(north)))
    chord = hypot(*(x - y for x, y in zip(*spots, strict=True)))
    return 2 * asin(min(1, chord / 2)) * 6_371.0088


@pytest.mark.parametrize("made", CROWDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_circles_of_other_crowds_break_no_rule(made, seed):
    some = made(240, seed)

    circles = form(some, seed=seed, effort=Effort(5.0))
    pairs = pair_up(some, seed=seed)

    assert faults(some, circles) == []
    assert faults(some, pairs, PAIR) == []
    assert violations(some, circles, seed=seed) == []
    assert violations(some, pairs, seed=seed, sizes=PAIR) == []


def test_one_who_is_past_their_first_days_makes_no_circle_of_newcomers():
    # At most a third in their first thirty days, and one alone is no two thirds.
    made = CROWDS[3](40, 1)

    assert form(made, seed=1).lists() == []
    assert pair_up(made, seed=1).placed == 2


def test_those_who_offer_no_space_sit_nowhere_where_all_require_it():
    made = CROWDS[4](40, 0)

    circles = form(made, seed=1)

    assert {i % 2 for members in circles.lists() for i in members} == {1}
    assert circles.placed == 20


def test_faults_are_found_where_there_are_some():
    some = heavy_hours(40, 1)
    wrong = Circles.of([[0, 1, 2], [2, 3, 4, 5]], [3, 3], [1, 1])

    assert {"twice", "size", "free"} <= set(faults(some, wrong))


@pytest.mark.parametrize("made", [dense_town, far_and_wide, heavy_hours])
def test_circles_of_other_crowds_are_near_the_bound(made):
    some = made(120, 3)

    circles = form(some, seed=1)

    assert circles.value.sum() >= 0.99 * prove(some, circles, seed=1).bound


@pytest.mark.parametrize("made", [dense_town, far_and_wide, heavy_hours])
def test_many_of_other_crowds_break_no_rule(made):
    some = made(2_000, 5)

    circles = form(some, seed=1, effort=Effort(0.5, lines=20))

    assert faults(some, circles) == []
    assert circles.placed > 0


def test_repair_a_week_later_breaks_no_rule_but_may_lack_somebody_steady():
    some = crowd(400, 9)
    before = form(some, seed=1, effort=Effort(5.0))
    later, same, _ = next_week(some, before)
    last = Circles.of(
        [[i for i in members if same[i]] for members in before.lists()],
        before.hour.tolist(),
        before.mode.tolist(),
    )

    after = form(later, seed=1, last=last, effort=Effort(5.0))

    assert set(faults(later, after)) <= {"somebody steady"}
    assert violations(later, after, seed=1, last=last) == []
