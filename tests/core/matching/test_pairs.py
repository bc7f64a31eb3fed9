from itertools import combinations

import numpy as np
import pytest
from benchmarks.crowd import crowd
from hypothesis import given
from hypothesis import strategies as st
from tests.core.matching.circle_of_friends import people
from tests.core.matching.strategies import seeds, small_crowd
from tests.core.matching.test_search import by_ids, with_engine

from kith.core.matching import Circles
from kith.core.matching.check import violations
from kith.core.matching.pairs import PAIR, bound, edges, pair_up


def best_by_trying(some):
    """The value of the best pairs among these edges, by trying all."""
    value = {
        frozenset(pair[:2]): pair[2] for pair in zip(*(c.tolist() for c in some[1:]), strict=True)
    }

    def best(left):
        if len(left) < 2:
            return 0
        first, *rest = left
        found = best(rest)
        for other in rest:
            worth = value.get(frozenset((first, other)))
            if worth:
                found = max(found, worth + best([i for i in rest if i != other]))
        return found

    return best(list(range(len(some.origin))))


@pytest.mark.usefixtures("engine")
@with_engine
@given(st.integers(0, 9), seeds)
def test_pairs_break_no_rule_and_come_near_the_best(n, seed):
    some = small_crowd(n, seed)
    looked_at = edges(some, seed=1)

    pairs = pair_up(some, seed=1)

    best = best_by_trying(looked_at)
    assert violations(some, pairs, seed=1, sizes=PAIR) == []
    # No chain of exchanges gains anything: that alone is worth half of the best.
    assert best / 2 <= pairs.value.sum() <= best <= bound(looked_at)


@with_engine
@given(st.integers(0, 14), seeds)
def test_order_in_which_people_come_changes_no_pair(n, seed):
    some = small_crowd(n, seed)
    shuffled = some.only(np.random.default_rng(seed).permutation(n))

    assert by_ids(shuffled, pair_up(shuffled, seed=1)) == by_ids(some, pair_up(some, seed=1))


def test_partners_change_every_time():
    some = people(6)
    met: list[list[tuple[int, int]]] = []

    for _ in range(3):
        last = Circles.of([list(pair) for pair in (met[-1] if met else [])])
        met.append([tuple(pair) for pair in pair_up(some, seed=1, last=last).lists()])

    assert [len(pairs) for pairs in met] == [3, 3, 3]
    assert all(set(one).isdisjoint(other) for one, other in zip(met[1:], met[:-1], strict=True))


def test_thousand_come_within_a_hundredth_of_the_bound():
    some = crowd(1_000)

    pairs = pair_up(some, seed=1)

    assert violations(some, pairs, seed=1, sizes=PAIR) == []
    assert pairs.value.sum() >= 0.99 * bound(edges(some, seed=1))


def test_all_who_can_are_in_a_pair():
    assert list(combinations(range(2), 2)) == [tuple(p) for p in pair_up(people(2), seed=1).lists()]
