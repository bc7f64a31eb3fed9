from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from benchmarks.crowd import crowd, next_week
from tests.core.matching.circle_of_friends import EVENING, people
from tests.core.matching.test_search import by_ids

from kith.core.matching import Circles
from kith.core.matching.check import violations
from kith.core.matching.going_on import broken, plain
from kith.core.matching.regions import cut, form_in_regions
from kith.core.matching.search import Effort, form

QUICK = Effort(4.0, wide=20, few=24)


def test_where_all_are_one_part_nothing_changes():
    some = crowd(400)

    whole = form(some, seed=1, effort=QUICK)
    in_regions = form_in_regions(some, seed=1, most=400, effort=QUICK)

    assert in_regions.lists() == whole.lists()
    assert in_regions.hour.tolist() == whole.hour.tolist()


def test_parts_are_about_as_large_as_asked_and_hold_everybody_once():
    some = crowd(3_000)

    for turn in (0, 1):
        parts = cut(some, None, 700, turn=turn)

        assert len(parts) == 5
        assert max(map(len, parts)) <= 700 * 5 / 4
        assert sorted(np.concatenate(parts).tolist()) == list(range(3_000))


def test_limit_of_a_part_lies_between_places_and_not_in_one():
    north, south = [50.0] * 11, [-30.0] * 9
    some = people(20, mode=[1] * 20, latitude=north + south, longitude=[5.0] * 20)

    parts = cut(some, None, 10, turn=0)

    assert sorted(map(len, parts)) == [9, 11]


def test_circle_that_meets_stays_in_one_part():
    some = people(20, mode=[1] * 20, latitude=[50.0] * 11 + [-30.0] * 9, longitude=[5.0] * 20)

    parts = cut(some, Circles.of([[0, 1, 15, 16]], [EVENING]), 10, turn=0)

    assert [{0, 1, 15, 16} <= set(part.tolist()) for part in parts].count(True) == 1


def test_who_runs_the_parts_changes_nothing():
    some = crowd(1_500)

    alone = form_in_regions(some, seed=2, most=400, effort=QUICK)
    with ThreadPoolExecutor(3) as pool:
        together = form_in_regions(some, seed=2, most=400, effort=QUICK, across=pool.map)

    assert together.lists() == alone.lists()
    assert together.value.tolist() == alone.value.tolist()
    assert violations(some, alone, seed=2) == []


def test_order_in_which_people_come_changes_nothing():
    some = crowd(1_000)
    shuffled = some.only(np.random.default_rng(1).permutation(1_000))

    found = [
        by_ids(one, form_in_regions(one, seed=1, most=300, effort=QUICK))
        for one in (some, shuffled)
    ]

    assert found[0] == found[1]


def test_who_found_nobody_meets_those_of_other_parts():
    # Two parts, cut by language; each has two who keep away from its others, and share a third.
    speech = np.array([2] * 6 + [4] * 6 + [2 | 1, 2 | 1, 4 | 1, 4 | 1], np.uint64)
    apart = [(i, j) for i in range(12) for j in range(12, 16)]
    some = people(16, languages=speech, exclusions=apart)

    circles = form_in_regions(some, seed=1, most=8, effort=QUICK)

    assert [12, 13, 14, 15] in circles.lists()
    assert circles.placed == 16


def test_nearly_as_much_is_found_in_parts():
    some = crowd(3_000)

    whole = form(some, seed=1, effort=QUICK)
    in_regions = form_in_regions(some, seed=1, most=1_000, effort=QUICK)

    assert in_regions.value.sum() > 0.97 * whole.value.sum()


@pytest.mark.parametrize("most", [500, 300])
def test_repair_in_parts_breaks_no_circle(most):
    some = crowd(1_000)
    before = form_in_regions(some, seed=1, most=most, effort=QUICK)
    later, same, _ = next_week(some, before)
    stay = [[i for i in members if same[i]] for members in before.lists()]
    last = Circles.of(stay, before.hour.tolist(), before.mode.tolist())

    after = form_in_regions(later, seed=2, most=most, last=last, may_move=False, effort=QUICK)

    assert violations(later, after, seed=2, last=last) == []
    assert broken(plain(later), stay, after) == []


def test_nobody_makes_no_circle():
    assert form_in_regions(people(0), seed=1, most=1).lists() == []
    assert form_in_regions(people(3), seed=1, most=1).lists() == []
