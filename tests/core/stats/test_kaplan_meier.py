import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from kith.core.rng import stream
from kith.core.stats.kaplan_meier import kaplan_meier
from kith.errors import InvalidInputError

TIME = np.array([1.0, 2, 2, 3, 4])
EVENT = np.array([True, True, False, True, False])

follow_ups = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 11)), min_size=1)


def columns(rows):
    time = np.array([float(max(t, e + 1)) for t, _, e in rows])
    return time, np.array([e for _, e, _ in rows]), np.array([float(e) for _, _, e in rows])


def test_curve_by_hand():
    curve = kaplan_meier(TIME, EVENT)

    # 4/5, then 4/5 * 3/4, then that * 1/2.
    np.testing.assert_allclose(curve.survival, [1, 0.8, 0.6, 0.3, 0.3])
    np.testing.assert_array_equal(curve.times, [0, 1, 2, 3, 4])
    np.testing.assert_array_equal(curve.at_risk, [5, 5, 4, 2, 1])
    np.testing.assert_array_equal(curve.events, [0, 1, 1, 1, 0])
    assert curve.at(2.9) == pytest.approx(0.6)
    assert curve.median == 3


def test_interval_by_hand():
    curve = kaplan_meier(TIME, EVENT)

    # Greenwood's sum at 1: 1 / (5 * 4); z = 1.959964.
    wide = 1.959963984540054 * np.sqrt(1 / 20) / abs(np.log(0.8))
    assert curve.lower[1] == pytest.approx(0.8 ** np.exp(wide))
    assert curve.upper[1] == pytest.approx(0.8 ** np.exp(-wide))


def test_curve_is_that_of_lifelines():
    dice = stream(3, "times")
    entry = dice.integers(0, 5, 400).astype(float)
    time = entry + dice.integers(1, 9, 400)
    event = dice.random(400) < 0.6
    theirs = KaplanMeierFitter().fit(time, event, entry=entry)

    ours = kaplan_meier(time, event, entry)

    at = ours.times[ours.survival > 0]
    np.testing.assert_allclose(
        ours.survival[ours.survival > 0], theirs.survival_function_at_times(at)
    )
    bands = theirs.confidence_interval_.loc[at[1:]].to_numpy()
    np.testing.assert_allclose(ours.lower[1 : len(at)], bands[:, 0])
    np.testing.assert_allclose(ours.upper[1 : len(at)], bands[:, 1])


@given(follow_ups)
def test_share_falls_and_stays_in_its_interval(rows):
    time, event, entry = columns(rows)

    curve = kaplan_meier(time, event, entry)

    assert (np.diff(curve.survival) <= 0).all()
    known = ~np.isnan(curve.lower)
    assert (curve.lower[known] <= curve.survival[known] + 1e-12).all()
    assert (curve.survival[known] <= curve.upper[known] + 1e-12).all()
    assert curve.events.sum() == event.sum()


@given(follow_ups)
def test_without_censoring_it_is_the_share_that_is_left(rows):
    time, _, _ = columns(rows)

    curve = kaplan_meier(time, np.ones(len(time), bool))

    np.testing.assert_allclose(
        curve.survival, [(time > at).mean() for at in curve.times], atol=1e-12
    )


def test_nobody_has_an_event():
    curve = kaplan_meier(np.array([1.0, 2.0]), np.array([False, False]))

    np.testing.assert_array_equal(curve.survival, 1)
    np.testing.assert_array_equal(curve.lower, 1)
    assert curve.median == np.inf


def test_whoever_enters_at_an_event_is_not_at_risk_of_it():
    curve = kaplan_meier(np.array([2.0, 3.0]), np.array([True, False]), np.array([0.0, 2.0]))

    np.testing.assert_array_equal(curve.at_risk, [1, 1, 1])
    assert np.isnan(curve.lower[-1])


@pytest.mark.parametrize(
    ("time", "entry", "says"),
    [
        ([], None, "nobody was followed"),
        ([1, np.nan], None, "row 1 has time nan"),
        ([-1, 1], None, "row 0 has time -1.0"),
        ([1, np.inf], None, "row 1 has time inf"),
        ([1, 2], [0, 2], "row 1 has entry 2.0 and time 2.0"),
        ([1, 2], [0, np.nan], "row 1 has entry nan"),
    ],
)
def test_what_cannot_be_is_refused(time, entry, says):
    entry = None if entry is None else np.array(entry, float)

    with pytest.raises(InvalidInputError, match=says):
        kaplan_meier(np.array(time, float), np.ones(len(time), bool), entry)


def test_level_is_between_0_and_1():
    with pytest.raises(InvalidInputError, match="level must be between"):
        kaplan_meier(TIME, EVENT, level=95.0)


@pytest.mark.calibration
def test_intervals_cover():
    dice = stream(1, "coverage of Kaplan-Meier")
    covered = 0
    for _ in range(2_000):
        event_at, left_at = dice.exponential(1, 150), dice.exponential(2, 150)
        curve = kaplan_meier(np.minimum(event_at, left_at), event_at <= left_at)
        place = np.searchsorted(curve.times, 0.7, side="right") - 1
        covered += bool(curve.lower[place] <= np.exp(-0.7) <= curve.upper[place])

    assert 0.935 <= covered / 2_000 <= 0.965
