from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from benchmarks.crowd import crowd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.matching.circle_of_friends import best_value, people
from tests.core.matching.strategies import seeds, small_crowd

from kith.core.matching import People, Sizes
from kith.core.matching.check import violations
from kith.core.matching.people import COLUMNS
from kith.core.matching.search import Effort, form
from kith.errors import InvalidInputError

with_engine = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=15,
)
FEW_WINDOWS = Effort(2.0, wide=16, few=8)


def by_ids(some, circles):
    """Circles as sets of ids, with when and how they meet."""
    groups = [frozenset(some.id[members].tolist()) for members in circles.lists()]
    return set(zip(groups, circles.hour.tolist(), circles.mode.tolist(), strict=True))


@pytest.mark.usefixtures("engine")
def test_five_who_fit_make_one_circle():
    circles = form(people(5), seed=1, effort=FEW_WINDOWS)

    assert circles.lists() == [[0, 1, 2, 3, 4]]
    assert (circles.hour.tolist(), circles.mode.tolist()) == ([38], [2])


@pytest.mark.usefixtures("engine")
def test_nobody_makes_no_circle():
    assert form(people(0), seed=1).lists() == []


@pytest.mark.usefixtures("engine")
def test_two_who_keep_apart_never_sit_together():
    circles = form(people(8, exclusions=[(0, 1)]), seed=1, effort=FEW_WINDOWS)

    assert circles.placed == 8
    assert all(not {0, 1} <= set(members) for members in circles.lists())


@pytest.mark.usefixtures("engine")
@with_engine
@given(st.integers(0, 9), seeds, st.integers(0, 3))
def test_circles_break_no_rule_and_no_choice_of_others_is_worth_more(n, crowd_seed, seed):
    some = small_crowd(n, crowd_seed)

    circles = form(some, seed=seed, effort=Effort(8.0, wide=16, few=8))

    assert violations(some, circles, seed=seed) == []
    assert circles.value.sum() == best_value(some, seed=seed)


@with_engine
@given(st.integers(0, 14), seeds)
def test_order_in_which_people_come_changes_nothing(n, seed):
    some = small_crowd(n, seed)
    order = np.random.default_rng(seed).permutation(n)

    shuffled = some.only(order)

    assert by_ids(shuffled, form(shuffled, seed=1)) == by_ids(some, form(some, seed=1))


def test_number_of_threads_changes_nothing():
    some = crowd(3_000, 5)
    effort = Effort.usual(3_000, 0.1)

    alone = form(some, seed=3, effort=effort)
    with ThreadPoolExecutor(3) as pool:
        together = form(some, seed=3, effort=effort, across=pool.map)

    assert together.lists() == alone.lists()
    assert together.value.tolist() == alone.value.tolist()
    assert violations(some, alone, seed=3) == []


def test_another_seed_forms_other_circles():
    some = crowd(300)

    assert form(some, seed=1).lists() != form(some, seed=2).lists()


@pytest.mark.parametrize("sizes", [Sizes(3, 3), Sizes(4, 5), Sizes(6, 8)])
def test_other_sizes_hold(sizes):
    some = crowd(200)

    circles = form(some, seed=1, sizes=sizes, effort=Effort(4.0, wide=20))

    assert violations(some, circles, seed=1, sizes=sizes) == []
    assert len(circles) > 0


@pytest.mark.parametrize("sizes", [(2, 3), (5, 4), (4, 9)])
def test_sizes_that_are_none_are_refused(sizes):
    with pytest.raises(InvalidInputError, match="sizes must be 3 to 8"):
        Sizes(*sizes)


def test_who_waited_longer_is_placed_before_others():
    # Nine who all fit, of whom one must be left out of circles of four.
    some = people(9, weeks_waiting=[0, 9, 9, 9, 9, 9, 9, 9, 9])

    circles = form(some, seed=1, sizes=Sizes(4, 4))

    assert sorted(i for members in circles.lists() for i in members) == list(range(1, 9))


def test_columns_are_those_of_people():
    assert {*COLUMNS, "ties", "exclusions"} == set(People.__dataclass_fields__)
