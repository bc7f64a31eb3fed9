"""What is left after days without use: by hand, as a property, and against the equations lived."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.brain import parameters
from kith.core.brain.abstinence import acts_instead, left
from kith.core.brain.opponent_actor import settled
from kith.core.brain.overdose import tolerant
from kith.core.brain.resolve import restored
from kith.core.brain.set_point import loaded
from kith.core.brain.words import DRUG, EPOCHS_PER_DAY

P = parameters()


def _left(*days: int, rate: float = 0.05):
    many = len(days)
    return left(P, np.array(days, np.int32), np.full(many, rate, np.float32))


def test_on_the_first_day_all_of_it_is_left():
    assert all(one == 1 for one in _left(0))


def test_what_is_left_after_ten_days_by_hand():
    kept = _left(10, rate=0.04)

    assert kept.load[0] == pytest.approx(0.998**40, rel=1e-6)
    assert kept.tolerance[0] == pytest.approx(0.976**40, rel=1e-6)
    assert kept.actor[0] == pytest.approx(0.998**40, rel=1e-6)
    assert kept.resolve[0] == pytest.approx(0.92**10, rel=1e-6)
    # Ten days at three acts in ten: three overlay it.
    assert kept.habit[0] == pytest.approx(0.96**3, rel=1e-6)


@given(st.integers(0, 2_000), st.integers(0, 2_000), st.floats(0.001, 0.9))
def test_days_in_two_parts_are_days_at_once(one, more, rate):
    for column in _left(one, more, one + more, rate=rate):
        assert column[2] == pytest.approx(column[0] * column[1], rel=1e-4, abs=1e-12)


def test_it_is_what_the_equations_come_to_epoch_by_epoch():
    days = 90
    load, tolerance, go, nogo, r = (np.float32(one) for one in (0.5, 0.15, 2.0, 0.5, 6.0))
    an_epoch = 1 - (1 - P["resolve.restore"]) ** (1 / EPOCHS_PER_DAY)
    for _ in range(days * EPOCHS_PER_DAY):
        load = loaded(load, False, 0.0, 1 - P["set_point.return"], 1.0)
        tolerance = tolerant(tolerance, False, 0.0, 1 - P["tolerance.loss"])
        go, nogo = (settled(one, P["actor.return"], P["actor.most"]) for one in (go, nogo))
        r = restored(r, 9.0, an_epoch)
    kept = _left(days)

    assert load == pytest.approx(0.5 * kept.load[0], rel=1e-4)
    assert tolerance == pytest.approx(0.15 * kept.tolerance[0], rel=1e-3)
    assert go == pytest.approx(1 + kept.actor[0], rel=1e-4)
    assert nogo == pytest.approx(1 - 0.5 * kept.actor[0], rel=1e-4)
    assert r == pytest.approx(9 - 3 * kept.resolve[0], rel=1e-4)


def test_shares_of_acts_are_all_of_them_and_none_is_the_drug():
    shares = acts_instead(P)

    assert shares[DRUG] == 0
    assert shares.sum() == pytest.approx(1)
