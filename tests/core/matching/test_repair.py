from itertools import combinations, product

import numpy as np
import pytest
from benchmarks.crowd import crowd
from hypothesis import given
from hypothesis import strategies as st
from tests.core.matching.circle_of_friends import EVENING, MONDAY, people, week
from tests.core.matching.strategies import seeds, small_crowd
from tests.core.matching.test_search import FEW_WINDOWS, with_engine

from kith.core.matching import Circles
from kith.core.matching.check import violations, worth
from kith.core.matching.search import Effort, form

pytestmark = pytest.mark.usefixtures("engine")
OTHER_DAY = week(EVENING + 48, EVENING + 49)


def test_empty_seat_is_filled_and_those_who_were_there_stay():
    some = people(5)

    circles = form(some, seed=1, last=Circles.of([[0, 1, 2]], [EVENING]), effort=FEW_WINDOWS)

    assert circles.lists() == [[0, 1, 2, 3, 4]]


def test_circle_keeps_its_hour_while_all_still_can():
    long = np.array([week(*range(EVENING, EVENING + 6))] * 4, np.uint64)

    fresh = form(people(4, week=long), seed=1, effort=FEW_WINDOWS)
    going_on = form(
        people(4, week=long),
        seed=1,
        last=Circles.of([[0, 1, 2, 3]], [EVENING + 3]),
        effort=FEW_WINDOWS,
    )

    assert fresh.hour.tolist() == [EVENING]
    assert going_on.hour.tolist() == [EVENING + 3]


def test_who_can_no_longer_come_is_free_and_the_others_go_on():
    weeks = np.array([MONDAY] * 4 + [OTHER_DAY] * 4, np.uint64)
    last = Circles.of([[0, 1, 2, 3, 4]], [EVENING])

    circles = form(people(8, week=weeks), seed=1, last=last, effort=FEW_WINDOWS)

    assert circles.lists() == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_two_who_now_keep_apart_part_and_all_others_stay():
    last = Circles.of([[0, 1, 2, 3, 4]], [EVENING])

    circles = form(people(5, exclusions=[(0, 4)]), seed=1, last=last, effort=FEW_WINDOWS)

    assert circles.lists() in ([[0, 1, 2, 3]], [[1, 2, 3, 4]])


def test_circle_of_too_few_whom_nobody_can_join_ends():
    weeks = np.array([MONDAY] * 3 + [OTHER_DAY] * 4, np.uint64)

    circles = form(
        people(7, week=weeks), seed=1, last=Circles.of([[0, 1, 2]], [EVENING]), effort=FEW_WINDOWS
    )

    assert circles.lists() == [[3, 4, 5, 6]]


def test_hard_week_of_the_steady_member_ends_no_circle():
    last = Circles.of([[0, 1, 2, 3]], [EVENING])
    some = people(4, steadiness=[0] * 4)

    assert form(some, seed=1, effort=FEW_WINDOWS).lists() == []
    assert form(some, seed=1, last=last, effort=FEW_WINDOWS).lists() == [[0, 1, 2, 3]]


@with_engine
@given(st.integers(0, 10), seeds)
def test_repair_breaks_no_rule_and_where_nobody_may_move_keeps_all(n, seed):
    some = small_crowd(n, seed)
    before = form(some, seed=1, effort=FEW_WINDOWS)
    last = Circles.of(
        [members[1:] for members in before.lists()], before.hour.tolist(), before.mode.tolist()
    )

    for may_move in (True, False):
        after = form(some, seed=1, last=last, may_move=may_move, effort=FEW_WINDOWS)

        assert violations(some, after, seed=1, last=last) == []
        kept = [
            set(stay) <= set(members)
            for stay in last.lists()
            if len(stay) >= 4
            for members in after.lists()
        ]
        assert may_move or kept.count(True) == sum(len(stay) >= 4 for stay in last.lists())


@pytest.mark.parametrize("may_move", [True, False])
def test_no_circle_that_can_go_on_is_ended(may_move):
    some = crowd(120, 3)
    before = form(some, seed=1, effort=FEW_WINDOWS)

    after = form(some, seed=2, last=before, may_move=may_move, effort=FEW_WINDOWS)

    left = [max(len(set(old) & set(new)) for new in after.lists()) for old in before.lists()]
    allowed = 1 if may_move else 0
    assert [n >= len(old) - allowed for n, old in zip(left, before.lists(), strict=True)] == [
        True
    ] * len(before)


def test_circle_with_too_many_new_ones_that_finds_nobody_lets_as_few_go_as_it_takes():
    some = people(5, days=[400, 400, 400, 10, 10])

    circles = form(
        some, seed=1, last=Circles.of([range(5)], [EVENING]), may_move=False, effort=FEW_WINDOWS
    )

    assert circles.lists() in ([[0, 1, 2, 3]], [[0, 1, 2, 4]])


def test_circle_with_too_many_new_ones_keeps_all_if_somebody_joins():
    some = people(6, days=[400, 400, 400, 10, 10, 400])

    circles = form(
        some, seed=1, last=Circles.of([range(5)], [EVENING]), may_move=False, effort=FEW_WINDOWS
    )

    assert circles.lists() == [[0, 1, 2, 3, 4, 5]]


def test_of_two_who_keep_apart_the_one_leaves_without_whom_all_others_can_go_on():
    # Without 0 two of five are in their first days; without 1 it is one of five.
    some = people(6, days=[400, 10, 400, 400, 400, 10], exclusions=[(0, 1)])

    circles = form(
        some, seed=1, last=Circles.of([range(6)], [EVENING]), may_move=False, effort=FEW_WINDOWS
    )

    assert circles.lists() == [[0, 2, 3, 4, 5]]


def test_what_is_left_of_two_circles_becomes_one():
    circles = form(
        people(4), seed=1, last=Circles.of([[0, 1], [2, 3]], [EVENING] * 2), may_move=False,
        effort=FEW_WINDOWS,
    )  # fmt: skip

    assert circles.lists() == [[0, 1, 2, 3]]


def test_what_is_left_of_a_circle_joins_one_that_meets():
    last = Circles.of([[0, 1, 2, 3], [4, 5]], [EVENING] * 2)

    circles = form(people(6), seed=1, last=last, may_move=False, effort=FEW_WINDOWS)

    assert circles.lists() == [[0, 1, 2, 3, 4, 5]]


def test_two_empty_seats_are_filled_where_one_would_not_do():
    last = Circles.of([[0, 1]], [EVENING])

    circles = form(people(4), seed=1, last=last, may_move=False, effort=FEW_WINDOWS)

    assert circles.lists() == [[0, 1, 2, 3]]


def test_who_has_no_circle_takes_a_seat_in_one_that_meets():
    last = Circles.of([[0, 1, 2, 3]], [EVENING])

    circles = form(people(6), seed=1, last=last, may_move=False, effort=FEW_WINDOWS)

    assert circles.lists() == [[0, 1, 2, 3, 4, 5]]


def test_no_two_who_could_change_places_would_better_it():
    bits = np.random.default_rng(3).integers(0, 256, (3, 20))
    some = people(20, practices=bits[0], gives=bits[1], receives=bits[2])
    last = Circles.of([[0, 1, 2, 3]], [EVENING])

    # Without windows, so that nothing else finds what is better.
    circles = form(some, seed=1, last=last, effort=Effort(0.0, few=19))

    groups = [group for group in circles.lists() if 0 not in group]
    two = [pair for pair in combinations(groups, 2) for _ in product(*pair)]
    changed = [
        ([*{*one, b} - {a}], [*{*other, a} - {b}])
        for one, other in combinations(groups, 2)
        for a, b in product(one, other)
    ]
    gains = worth_of_both(some, changed) - worth_of_both(some, two)
    assert len(gains) > 50
    assert gains.max() <= 0


def worth_of_both(some, pairs):
    """What each two circles are worth together, of people who can all meet."""
    one, other = (
        worth(some, Circles.of(groups, [EVENING] * len(groups)), seed=1)
        for groups in zip(*pairs, strict=True)
    )
    return one + other
