"""Tone, drive, set points and what an act relieves: each worked by hand, then what holds always."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.brain import drive, needs, reward, set_point

ONE, QUARTER = np.float32(1), np.float32(0.25)
tones = st.floats(0, 4, width=32).map(np.float32)
feeds = st.floats(0, 2, width=32).map(np.float32)
targets = st.floats(1, 2, width=32).map(np.float32)


def _f(*numbers):
    return (np.float32(number) for number in numbers)


def test_tone_fades_by_its_share_after_it_was_fed():
    tone, feed, kept = _f(0.5, 0.3, 0.8)

    # Of .5 and .3 together a fifth is gone.
    assert needs.fed(tone, feed, kept) == pytest.approx(0.64)


def test_tone_that_is_fed_what_fades_stays():
    kept = np.float32(0.8)

    # 1 = (1 + K) * .8 at K = .25
    assert needs.fed(ONE, QUARTER, kept) == pytest.approx(1.0)


def test_a_gap_weighs_its_square_and_a_surplus_a_quarter_of_it():
    low, high = _f(0.4, 1.6)

    assert drive.strain(low, ONE, QUARTER) == pytest.approx(0.36)
    assert drive.strain(high, ONE, QUARTER) == pytest.approx(0.09)
    assert drive.strain(ONE, ONE, QUARTER) == 0


@given(tones, feeds)
def test_one_system_fed_all_never_relieves_more_than_two_in_equal_need_fed_half(tone, feed):
    half = feed / np.float32(2)

    alone = reward.relief(tone, feed, ONE, QUARTER)
    both = 2 * reward.relief(tone, half, ONE, QUARTER)

    assert both >= alone - 1e-5


@given(tones, tones, targets)
def test_drive_is_never_negative_and_grows_with_the_gap(one, another, target):
    low, high = min(one, another), min(max(one, another), target)

    assert drive.strain(one, target, QUARTER) >= 0
    if low <= high:
        assert drive.strain(low, target, QUARTER) >= drive.strain(high, target, QUARTER)


def test_a_natural_act_relieves_less_where_the_set_point_is_raised():
    tone, feed, load, share = _f(0.5, 0.5, 1.0, 1.0)
    target = set_point.target(load, share)

    plain = reward.relief(tone, feed, ONE, QUARTER)
    blunted = reward.relief(tone, needs.reaches(feed, set_point.blunting(target)), ONE, QUARTER)
    drug = reward.relief(tone, feed, target, QUARTER)

    # g = 1/2: .25 - .0625 instead of .25; the drug relieves 1.5 ** 2 - 1 ** 2.
    assert (plain, blunted, drug) == pytest.approx((0.25, 0.1875, 1.25))


def test_load_rises_with_a_use_comes_home_without_and_has_an_end():
    load, rise, kept, most = _f(0.5, 0.1, 0.9, 0.52)

    assert set_point.loaded(load, np.bool_(False), rise, kept, most) == pytest.approx(0.45)
    assert set_point.loaded(load, np.bool_(True), rise, kept, most) == pytest.approx(0.52)
    assert set_point.target(load, np.float32(0.4)) == pytest.approx(1.2)
