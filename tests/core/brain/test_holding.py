"""Resolve and company: each worked by hand, then what holds always."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.brain import company, resolve

ZERO = np.float32(0)
YES, NO = np.bool_(True), np.bool_(False)
BY = tuple(np.float32(one) for one in (0.3, 0.2, 0.5))
resolves = st.floats(0, 25, width=32).map(np.float32)
shares = st.floats(0, 1, width=32).map(np.float32)


def _f(*numbers):
    return (np.float32(number) for number in numbers)


def test_drive_takes_from_what_holds_and_no_more_than_there_is():
    left, drive, craving = _f(3, 2, 1)

    assert resolve.held(left, drive, craving) == 1
    assert resolve.held(left, np.float32(4), craving) == 0


def test_drive_drains_resolve():
    left, drive, drain = _f(3, 2, 0.1)

    assert resolve.drained(left, drive, drain) == pytest.approx(2.8)


def test_resolve_comes_home_from_both_sides():
    low, own, high, restore = _f(2, 9, 12, 0.1)

    assert resolve.restored(low, own, restore) == pytest.approx(2.7)
    assert resolve.restored(high, own, restore) == pytest.approx(11.7)
    assert resolve.restored(own, own, restore) == own


@pytest.mark.parametrize(
    ("is_first", "is_breach", "left"), [(NO, NO, 5.0), (YES, NO, 4.5), (YES, YES, 1.5)]
)
def test_the_first_use_of_a_day_wears_resolve_and_a_breach_takes_a_piece(is_first, is_breach, left):
    before, use, breach = _f(5, 0.5, 3)

    assert resolve.worn(before, is_first, is_breach, (use, breach)) == left


@pytest.mark.parametrize(
    ("heard", "helped", "lapse", "left"),
    [(NO, NO, NO, 5.0), (YES, NO, NO, 5.3), (NO, YES, NO, 5.2), (YES, YES, NO, 5.5), (NO, NO, YES, 4.5)],
)  # fmt: skip
def test_company_moves_resolve(heard, helped, lapse, left):
    assert resolve.moved(np.float32(5), heard, helped, lapse, BY) == pytest.approx(left)


def test_a_blow_takes_and_leaves_no_less_than_nothing():
    left, blow = _f(5, 8)

    assert resolve.struck(left, NO, blow) == 5
    assert resolve.struck(left, YES, blow) == 0


@given(resolves, resolves, shares)
def test_restoring_never_passes_its_home(left, own, restore):
    new = resolve.restored(left, own, restore)

    assert min(left, own) - 1e-5 <= new <= max(left, own) + 1e-5


@given(resolves, resolves, st.floats(0, 20, width=32).map(np.float32))
def test_what_holds_is_never_negative_and_grows_with_resolve(one, another, drive):
    held = [resolve.held(left, drive, np.float32(1)) for left in sorted((one, another))]

    assert 0 <= held[0] <= held[1]


@given(st.floats(-50, 50, width=32).map(np.float32))
def test_resolve_is_bounded(left):
    assert 0 <= resolve.bounded(left, np.float32(25)) <= 25


def test_the_norm_follows_whom_one_meets_and_nobody_else():
    usual, rate = _f(0.5, 0.2)

    assert company.norm(usual, YES, YES, rate) == pytest.approx(0.6)
    assert company.norm(usual, YES, NO, rate) == pytest.approx(0.4)
    assert company.norm(usual, NO, YES, rate) == 0.5


def test_lapses_in_a_row_take_more_each_time():
    rate, norm = _f(0.2, 1.0)
    usual, left, losses = ZERO, np.float32(10), []
    for _ in range(3):
        usual = company.norm(usual, YES, YES, rate)
        now = resolve.moved(left, NO, NO, YES, (ZERO, ZERO, norm * usual))
        losses.append(float(left - now))
        left = now

    # U: .2, .36, .488
    assert losses == pytest.approx([0.2, 0.36, 0.488], abs=1e-5)


@given(shares, shares, st.booleans(), st.booleans())
def test_the_norm_stays_a_share(usual, rate, met, lapse):
    assert 0 <= company.norm(usual, np.bool_(met), np.bool_(lapse), rate) <= 1
