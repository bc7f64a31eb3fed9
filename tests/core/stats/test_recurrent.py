import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from surpyval import CoxPH

from kith.core.rng import stream
from kith.core.stats.cox import cox
from kith.core.stats.recurrent import (
    andersen_gill,
    events_before,
    mean_count,
    prentice_williams_peterson,
)
from kith.errors import InvalidInputError, NoAnswerError


def stretches(n=150, seed=1, effect=0.4):
    """Return people with a mood of their own, who have an event again and again until day 10."""
    dice = stream(seed, "again and again")
    rows = []
    for person in range(n):
        x = float(dice.integers(0, 2))
        rate = dice.gamma(2, 0.5) * 0.2 * np.exp(effect * x)
        begin = 0.0
        while begin < 10:
            end = begin + np.ceil(dice.exponential(1 / max(rate, 1e-6)) * 10) / 10
            rows.append((begin, min(end, 10.0), end <= 10, person, x))
            begin = end
    entry, time, event, who, covariate = (np.array(column) for column in zip(*rows, strict=True))
    return entry, time, event.astype(bool), who.astype(np.int64), covariate[:, None]


def test_mean_by_hand():
    # Two people till 4; one has an event at 1 and at 3, the other at 3.
    entry, time = np.array([0.0, 1, 3, 0, 3]), np.array([1.0, 3, 4, 3, 4])
    event = np.array([True, True, False, True, False])
    person = np.array([0, 0, 0, 1, 1])

    count = mean_count(entry, time, event, person)

    np.testing.assert_array_equal(count.times, [1, 3])
    np.testing.assert_allclose(count.mean, [0.5, 1.5])
    # At 1 the two are 1/4 and -1/4 off; at 3 both have one more, as expected.
    wide = np.exp(1.959963984540054 * np.sqrt(2 / 16) / np.array([0.5, 1.5]))
    np.testing.assert_allclose(count.upper, [0.5, 1.5] * wide)


def test_effect_is_that_of_cox_with_errors_by_person():
    entry, time, event, person, x = stretches()

    fit = andersen_gill(entry, time, event, person, x, ("x",))

    plain = cox(time, event, x, ("x",), entry=entry)
    assert fit.named("x").value == plain.named("x").value
    assert fit.named("x").se > 1.2 * plain.named("x").se


def test_once_for_each_it_is_the_plain_model():
    entry, time, event, person, x = stretches()
    first = np.unique(person, return_index=True)[1]

    fit = andersen_gill(entry[first], time[first], event[first], person[first], x[first], ("x",))

    robust = cox(time[first], event[first], x[first], ("x",), cluster=person[first])
    assert fit.named("x").se == pytest.approx(robust.named("x").se)


def test_events_before_by_hand():
    # Rows in no order; person 1 is lost from 4 to 5, and 2 begins at 2.
    entry, time = np.array([5.0, 0, 1, 2, 6]), np.array([6.0, 1, 4, 3, 7])
    event, person = np.array([False, True, False, True, True]), np.array([1, 1, 1, 2, 1])

    before, since = events_before(entry, time, event, person)

    np.testing.assert_array_equal(before, [1, 0, 1, 0, 1])
    np.testing.assert_array_equal(since, [1, 0, 1, 2, 1])


@pytest.mark.parametrize("clock", ["total", "gap"])
def test_next_event_is_that_of_surpyval_with_a_baseline_for_each(clock):
    entry, time, event, person, x = stretches()
    before, since = events_before(entry, time, event, person)
    start = since if clock == "gap" else np.zeros(len(time))
    kept = before < 3
    theirs = CoxPH.fit(
        (time - start)[kept], x[kept], c=(~event[kept]).astype(int), tl=(entry - start)[kept],
        strata=before[kept],
    )  # fmt: skip

    fit = prentice_williams_peterson(entry, time, event, person, x, ("x",), clock=clock, most=3)

    assert fit.named("x").value == pytest.approx(theirs.beta[0], rel=1e-7)
    assert fit.n == kept.sum()


def test_first_event_alone_is_the_plain_model():
    entry, time, event, person, x = stretches()
    first = np.unique(person, return_index=True)[1]

    fit = prentice_williams_peterson(entry, time, event, person, x, ("x",), most=1)

    plain = cox(time[first], event[first], x[first], ("x",), cluster=person[first])
    assert fit.named("x") == plain.named("x")


def test_most_is_an_event_or_more():
    with pytest.raises(InvalidInputError, match="most must be 1"):
        prentice_williams_peterson(*stretches(), ("x",), most=0)


def test_errors_may_be_by_circle():
    entry, time, event, person, x = stretches()
    circle = person // 5

    fit = andersen_gill(entry, time, event, person, x, ("x",), cluster=circle)

    by_circle = cox(time, event, x, ("x",), entry=entry, cluster=circle)
    assert fit.named("x") == by_circle.named("x")


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 500))
def test_mean_without_leaving_is_events_for_each(seed):
    entry, time, event, person, _ = stretches(20, seed)
    if not event.any():
        return

    count = mean_count(entry, time, event, person)

    assert count.mean[-1] == pytest.approx(event.sum() / 20)
    assert (np.diff(count.mean) > 0).all()


def loop_by_loop(entry, time, event, person):
    """Lawless and Nadeau's variance as the formula says it."""
    moments = np.unique(time[event])
    total = np.zeros(len(moments))
    n = np.array([((entry < u) & (time >= u)).sum() for u in moments])
    d = np.array([(event & (time == u)).sum() for u in moments])
    for one in np.unique(person):
        rows = person == one
        off = [
            ((event & (time == u) & rows).sum() - (rows & (entry < u) & (time >= u)).sum() * k / m)
            / m
            for u, k, m in zip(moments, d, n, strict=True)
        ]
        total += np.cumsum(off) ** 2
    return np.cumsum(d / n), total


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1_000))
def test_variance_of_the_mean_is_its_formula_loop_by_loop(seed):
    entry, time, event, person, _ = stretches(15, seed)
    # Some rows are lost, so that people come and go.
    kept = stream(seed, "kept").random(len(entry)) < 0.8
    entry, time, event, person = entry[kept], time[kept], event[kept], person[kept]
    if not event.any():
        return
    mean, variance = loop_by_loop(entry, time, event, person)

    count = mean_count(entry, time, event, person)

    np.testing.assert_allclose(count.mean, mean, rtol=1e-12)
    wide = np.exp(1.959963984540054 * np.sqrt(variance) / mean)
    np.testing.assert_allclose(count.upper, mean * wide, rtol=1e-9)


def test_overlap_is_refused():
    with pytest.raises(InvalidInputError, match="row 1 has person 7 and entry"):
        mean_count(np.array([0.0, 1]), np.array([2.0, 3]), np.ones(2, bool), np.array([7, 7]))


def test_no_event_has_no_mean():
    with pytest.raises(NoAnswerError, match="no event came"):
        mean_count(np.zeros(1), np.ones(1), np.zeros(1, bool), np.array([0]))


@pytest.mark.calibration
def test_intervals_cover():
    covered = np.zeros(2)
    for seed in range(2_000):
        entry, time, event, person, x = stretches(120, seed)
        found = andersen_gill(entry, time, event, person, x, ("x",)).named("x")
        covered[0] += found.lower <= 0.4 <= found.upper
        is_0 = x[:, 0] == 0
        count = mean_count(entry[is_0], time[is_0], event[is_0], person[is_0])
        # Gamma(2, 0.5) has mean 1; moments are rounded up to tenths, by half of one on average.
        covered[1] += count.lower[-1] <= 1.97 <= count.upper[-1]

    assert (covered / 2_000 > 0.93).all()
    assert (covered / 2_000 < 0.97).all()
