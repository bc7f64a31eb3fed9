import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test
from statsmodels.duration.survfunc import survdiff
from tests.core.stats.published import columns

from kith.core.rng import stream
from kith.core.stats.log_rank import log_rank
from kith.errors import InvalidInputError, NoAnswerError


def drawn(n=300):
    dice = stream(5, "groups")
    return (
        dice.integers(1, 20, n).astype(float), dice.random(n) < 0.7,
        dice.integers(0, 3, n), dice.integers(0, 4, n),
    )  # fmt: skip


def test_statistic_by_hand():
    # At 1: two of A and two of B at risk, A has the event. At 2: one of A, two of B; B has it.
    time = np.array([1.0, 3, 2, 3])
    event = np.array([True, False, True, False])

    test = log_rank(time, event, np.array([0, 0, 1, 1]))

    z = (1 - 1 / 2) + (0 - 1 / 3)
    assert test.statistic == pytest.approx(z**2 / (1 / 4 + 2 / 9))
    assert test.df == 1


def test_statistic_is_that_of_lifelines_and_of_statsmodels():
    time, event, group, strata = drawn()
    theirs = multivariate_logrank_test(time, group, event)
    stratified = survdiff(time, event.astype(int), group, strata=strata)

    ours = log_rank(time, event, group)

    assert (ours.statistic, ours.p) == pytest.approx((theirs.test_statistic, theirs.p_value))
    ours = log_rank(time, event, group, strata)
    assert (ours.statistic, ours.p) == pytest.approx((stratified[0], stratified[1]))


def test_statistic_of_drug_treatment():
    uis = columns("uis/uis.csv")
    theirs = multivariate_logrank_test(uis["TIME"], uis["TREAT"], uis["CENSOR"])

    test = log_rank(uis["TIME"], uis["CENSOR"] == 1, uis["TREAT"].astype(np.int64))

    assert test.statistic == pytest.approx(theirs.test_statistic)


def test_late_entry_compares_only_who_is_there():
    # The second person of group 1 comes only after the only event.
    time, event = np.array([2.0, 3.0, 3.0, 4.0]), np.array([True, False, False, False])
    group, entry = np.array([0, 0, 1, 1]), np.array([0.0, 0.0, 0.0, 2.0])

    test = log_rank(time, event, group, entry=entry)

    assert test == log_rank(time[:3], event[:3], group[:3])


@given(st.permutations(range(40)), st.integers(2, 50))
def test_order_and_unit_of_time_say_nothing(order, unit):
    time, event, group, _ = drawn(40)

    test = log_rank(time[order] * unit, event[order], group[order])

    assert test.statistic == pytest.approx(log_rank(time, event, group).statistic)


def test_one_group_is_refused():
    with pytest.raises(InvalidInputError, match="two groups"):
        log_rank(np.array([1.0, 2.0]), np.array([True, True]), np.array([3, 3]))


@pytest.mark.parametrize("event", [[False, False], [False, True]])
def test_events_without_company_say_nothing(event):
    with pytest.raises(NoAnswerError, match="two groups were followed"):
        log_rank(np.array([1.0, 2.0]), np.array(event), np.array([0, 1]))


@pytest.mark.calibration
def test_chance_is_found_as_often_as_it_says():
    dice = stream(1, "level of the log-rank test")
    found = 0
    for _ in range(4_000):
        event_at, left_at = dice.exponential(1, 120), dice.exponential(1.5, 120)
        test = log_rank(
            np.minimum(event_at, left_at), event_at <= left_at, dice.integers(0, 2, 120)
        )
        found += test.p < 0.05

    assert 0.04 <= found / 4_000 <= 0.06
