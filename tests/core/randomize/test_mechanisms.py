"""Each way to draw: its law listed by hand, met by its draws, the same one after another."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.randomize import (
    Blocked,
    Clustered,
    Constrained,
    Minimised,
    NeverBalancedError,
    Saturation,
    Simple,
    TooManyWaysError,
    recorded,
    whole_law,
)
from kith.core.records import NONE
from kith.errors import InvalidInputError


def listed(mechanism):
    law = whole_law(mechanism)
    rows = zip(law.arms.tolist(), law.probability.tolist(), strict=True)
    return {tuple(row): chance for row, chance in rows}


def one_block(n, **more):
    return Blocked(np.zeros(n, np.int64), **more)


FEW = {
    "simple": Simple(3, ratio=(2, 1)),
    "blocked": one_block(6),
    "minimised": Minimised(np.array([[0, 0], [0, 1], [1, 1], [0, 0]])),
    "constrained": Constrained(
        one_block(4), np.array([[0.0], [1.0], [2.0], [3.0]]), most=0.5
    ),
    "clustered": Clustered(np.array([0, 0, 1, 1, 2]), Simple(3)),
    "saturation": Saturation(np.array([0, 0, 0, 1, 1, 1]), (0.0, 2 / 3), one_block(2, block_sizes=(2,))),
}  # fmt: skip


def test_simple_law_is_a_coin_for_each():
    law = listed(Simple(2, ratio=(3, 1)))

    assert law == {(0, 0): 9 / 16, (0, 1): 3 / 16, (1, 0): 3 / 16, (1, 1): 1 / 16}


def test_blocked_law_is_every_order_of_a_block():
    law = listed(one_block(4))

    orders = set(permutations([0, 0, 1, 1]))
    assert law.keys() == orders
    assert list(law.values()) == pytest.approx([1 / 6] * 6)


def test_block_that_is_not_full_may_end_on_any_arm():
    law = listed(one_block(1))

    assert law == {(0,): 0.5, (1,): 0.5}


def test_minimised_third_person_goes_where_they_are_missed():
    # One factor, all alike: the first may go anywhere, the second away from the first with 0.8,
    # and after one in each the third may go anywhere again.
    law = listed(Minimised(np.zeros((3, 1), np.int64), coin=0.8))

    assert law[0, 1, 0] == pytest.approx(0.5 * 0.8 * 0.5)
    assert law[0, 0, 1] == pytest.approx(0.5 * 0.2 * 0.8)
    assert law[0, 0, 0] == pytest.approx(0.5 * 0.2 * 0.2)


def test_constrained_law_leaves_only_balanced_draws():
    # Ages 0, 1, 2, 3 in two arms of two: only {0, 3} against {1, 2} have the same mean.
    law = listed(FEW["constrained"])

    assert law == {(0, 1, 1, 0): 0.5, (1, 0, 0, 1): 0.5}


def test_constrained_distance_is_that_of_mahalanobis():
    x = np.array([[0.0, 1.0], [1.0, 0.5], [2.0, 4.0], [3.5, 1.0]])
    mechanism = Constrained(one_block(4), x, most=1.0)
    arm = np.array([0, 1, 0, 1], np.int16)

    found = mechanism.distance(arm[None])

    gap = x[arm == 1].mean(axis=0) - x[arm == 0].mean(axis=0)
    by_hand = 2 * 2 / 4 * gap @ np.linalg.inv(np.cov(x, rowvar=False)) @ gap
    assert found == pytest.approx([by_hand])


def test_clustered_law_keeps_circles_whole():
    law = listed(FEW["clustered"])

    assert law[0, 0, 1, 1, 0] == 1 / 8
    assert len(law) == 8


def test_saturation_law_draws_circles_then_people():
    law = listed(FEW["saturation"])

    assert len(law) == 6
    assert law[0, 0, 0, 1, 1, 0] == pytest.approx(1 / 6)


@pytest.mark.parametrize("name", FEW)
def test_law_adds_up_and_draws_follow_it(name):
    mechanism, n = FEW[name], 600
    law = listed(mechanism)

    rows = mechanism.redrawn(n, seed=5)

    assert sum(law.values()) == pytest.approx(1)
    seen = dict.fromkeys(law, 0)
    for row in rows.tolist():
        seen[tuple(row)] += 1
    # Pearson's chi-square below its 0.9999 quantile, by the rule df + 4.5 * sqrt(2 df) + 10.
    gap = sum((seen[row] - n * chance) ** 2 / (n * chance) for row, chance in law.items())
    df = len(law) - 1
    assert gap < df + 4.5 * np.sqrt(2 * df) + 10


@pytest.mark.parametrize("name", FEW)
def test_same_seed_draws_the_same_and_another_does_not_always(name):
    mechanism = FEW[name]

    first, again = mechanism.draw(3), mechanism.draw(3)

    np.testing.assert_array_equal(first.arm, again.arm)
    assert len({tuple(mechanism.draw(seed).arm) for seed in range(30)}) > 1


@given(seed=st.integers(0, 10_000), so_far=st.integers(0, 30))
def test_simple_is_the_same_one_after_another(seed, so_far):
    whole = Simple(31, ratio=(1, 2, 1)).draw(seed)

    one = Simple(31, ratio=(1, 2, 1)).draw_next(seed, so_far)

    assert one == (whole.arm[so_far], whole.probability[so_far])


@given(
    seed=st.integers(0, 10_000),
    stratum=st.lists(st.integers(0, 2), min_size=1, max_size=40),
    sizes=st.sets(st.sampled_from([3, 6, 9]), min_size=1),
)
def test_blocked_is_the_same_one_after_another_and_never_far_from_even(seed, stratum, sizes):
    column = np.unique(np.array(stratum), return_inverse=True)[1].astype(np.int64)
    mechanism = Blocked(column, tuple(sorted(sizes)), ratio=(2, 1))

    drawn = mechanism.draw(seed)

    for unit in range(len(column)):
        so_far = int((column[:unit] == column[unit]).sum())
        assert mechanism.draw_next(seed, int(column[unit]), so_far)[0] == drawn.arm[unit]
    for group in range(column.max() + 1):
        here = drawn.arm[column == group]
        # In an open block at most all its arms of one kind came: 2/3 of 9, a third of them owed.
        assert abs((here == 0).sum() - 2 * (here == 1).sum()) <= max(sizes) * 2 / 3


@given(seed=st.integers(0, 10_000), n=st.integers(1, 25))
def test_minimised_is_the_same_one_after_another(seed, n):
    factors = np.stack([np.arange(n) % 2, np.arange(n) % 3], axis=1)
    mechanism = Minimised(factors, arms=3, coin=0.7, weights=(2.0, 1.0))

    drawn = mechanism.draw(seed)

    last = mechanism.draw_next(seed, factors[-1], drawn.arm[:-1])
    assert last == (drawn.arm[-1], drawn.probability[-1])


def test_minimised_keeps_factors_more_even_than_a_coin():
    factors = np.stack([np.arange(100) % 2, np.arange(100) // 50], axis=1)

    def gap(arm):
        return max(
            abs(int((arm[factors[:, f] == v] * 2 - 1).sum())) for f in (0, 1) for v in (0, 1)
        )

    minimised = np.mean([gap(row) for row in Minimised(factors).redrawn(40, 1)])
    simple = np.mean([gap(row) for row in Simple(100).redrawn(40, 1)])

    assert minimised < simple / 2


@given(seed=st.integers(0, 10_000))
def test_saturation_treats_the_drawn_share_of_each_circle(seed):
    circle = np.repeat(np.arange(6), 5)
    mechanism = Saturation(circle, (0.2, 0.6), one_block(6, block_sizes=(2,)))

    drawn, level = mechanism.draw(seed), mechanism.levels(seed).arm

    shares = np.array((0.2, 0.6))[level]
    np.testing.assert_allclose(np.bincount(circle, drawn.arm) / 5, shares)
    chance = np.where(drawn.arm == 1, shares[circle], 1 - shares[circle])
    np.testing.assert_allclose(drawn.probability, chance)


def test_draw_becomes_a_record():
    drawn = Clustered(np.array([0, 0, 1]), Simple(2, ratio=(1, 3))).draw(2)

    record = recorded(drawn, ("list", "circle"), day=np.zeros(3), cluster=np.array([0, 0, 1]))

    np.testing.assert_array_equal(record.arm, drawn.arm)
    np.testing.assert_array_equal(record.probability, np.where(drawn.arm == 1, 0.75, 0.25))
    assert record.cluster.tolist() == [0, 0, 1]
    assert record.stratum.tolist() == [NONE] * 3


def test_gate_that_nothing_passes_says_so():
    far = Constrained(one_block(2, block_sizes=(2,)), np.array([[0.0], [1.0]]), most=1e-6)

    with pytest.raises(NeverBalancedError, match="none of 2000 draws"):
        far.draw(1)


def test_law_that_is_too_long_says_so():
    with pytest.raises(TooManyWaysError, match="1048576 ways"):
        whole_law(Simple(20))
    with pytest.raises(TooManyWaysError):
        one_block(8, block_sizes=(4, 8)).parts()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Simple(0),
        lambda: Simple(3, ratio=(1,)),
        lambda: one_block(4, block_sizes=(3,)),
        lambda: Blocked(np.array([0, 2])),
        lambda: Minimised(np.zeros((2, 1), np.int64), coin=1.0),
        lambda: Minimised(np.zeros((2, 1), np.int64), weights=(1.0, 1.0)),
        lambda: Clustered(np.array([0, 1]), Simple(3)),
        lambda: Saturation(np.array([0, 1]), (0.5,), Simple(2)),
        lambda: Saturation(np.array([0, 1]), (0.5, 1.5), Simple(2)),
        lambda: Constrained(Simple(2), np.zeros((3, 1)), most=1.0),
        lambda: Constrained(Simple(2), np.zeros((2, 1)), most=0.0),
        lambda: Constrained(Simple(2, (2, 1)), np.array([[0.0], [1.0]]), most=9.0).draw(1),
    ],
    ids=(
        "nobody one-arm odd-block gap-in-strata certain-coin weight-too-many cluster-missing "
        "share-missing share-above-1 row-missing no-distance unequal-inside"
    ).split(),
)
def test_mechanism_that_is_none_is_refused(make):
    with pytest.raises(InvalidInputError):
        make()
