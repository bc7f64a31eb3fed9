import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.core.rng import stream
from kith.core.stats.difference import mean_difference
from kith.core.stats.imputation import imputed, rubin
from kith.core.stats.results import Estimate
from kith.errors import InvalidInputError, NoAnswerError


def estimate(value, se):
    return Estimate("x", value, se, 0.0, 0.0, 1.0)


def holed(seed, n=120):
    """An effect of 1; who was worse before is likelier to be lost."""
    dice = stream(seed, "holes")
    treated, before = dice.permutation(n) % 2 == 0, dice.normal(size=n)
    outcome = before + treated + dice.normal(size=n)
    outcome[dice.random(n) < 1 / (1 + np.exp(1.2 - before))] = np.nan
    return np.column_stack([outcome, before, treated])


def test_rules_by_hand():
    # W = 1, B = 1 over 1, 2, 3; T = 1 + 4/3 = 7/3; g = 4/7; df_m = 2 / g^2 = 6.125.
    found = rubin([estimate(1.0, 1.0), estimate(2.0, 1.0), estimate(3.0, 1.0)])
    few = rubin([estimate(1.0, 1.0), estimate(2.0, 1.0), estimate(3.0, 1.0)], complete_df=10)

    assert found.value == 2
    assert found.se == pytest.approx(np.sqrt(7 / 3))
    assert found.df == pytest.approx(6.125)
    # df_o = 11/13 * 10 * 3/7 = 3.626; 1 / (1/6.125 + 1/3.626) = 2.2778.
    assert few.df == pytest.approx(2.2778, abs=1e-4)


def test_copies_that_agree_leave_the_complete_degrees_of_freedom():
    found = rubin([estimate(1.0, 2.0)] * 5, complete_df=30)

    assert found.se == 2
    assert found.df == pytest.approx(31 / 33 * 30)
    assert rubin([estimate(1.0, 2.0)] * 5).df is None


def adjusted_of(table):
    return mean_difference(table[:, 0], table[:, 2] == 1, covariates=table[:, [1]])


def test_filled_effect_is_that_of_statsmodels_but_for_the_dice_of_both():
    """Theirs: statsmodels 0.15, `MICE("y ~ t + b", OLS, MICEData(table, k_pmm=5)).fit(1, 400)`.

    Written down and not drawn here: theirs takes numpy's global dice, a minute, and rows that are
    equally near in an order of the machine, so that what it comes to hangs on what ran before.
    """
    value, se, theirs, m = 0.922185, 0.093148, 400, 40
    each = [adjusted_of(one) for one in imputed(holed(3, n=600), 1, copies=m, rounds=1)]

    found = rubin(each)

    # Both are means over copies: they differ by a spread of sqrt(B / m + B / theirs).
    dice = np.sqrt(np.var([one.value for one in each], ddof=1) * (1 / m + 1 / theirs))
    assert dice < 0.01
    assert found.value == pytest.approx(value, abs=4 * dice)
    assert found.se == pytest.approx(se, rel=0.1)


@settings(max_examples=15)
@given(st.integers(0, 2**31))
def test_what_is_known_stays_and_what_is_filled_was_seen(seed):
    table = holed(1)
    gone = np.isnan(table)

    first, again = (
        imputed(table, seed, copies=2, rounds=2),
        imputed(table, seed, copies=2, rounds=2),
    )

    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(first[:, ~gone], np.stack([table[~gone]] * 2))
    assert np.isin(first[:, gone], table[~gone[:, 0], 0]).all()
    assert (first[0] != first[1]).any()


def test_what_cannot_be_filled_is_said():
    with pytest.raises(NoAnswerError, match="column 0 has 2 observed rows"):
        imputed(np.array([[np.nan, 1], [2, 2], [3, 3]]), 1)
    with pytest.raises(InvalidInputError, match="infinite"):
        imputed(np.array([[np.inf, 1.0]]), 1)
    with pytest.raises(InvalidInputError, match="two estimates or more"):
        rubin([estimate(1.0, 1.0)])


@pytest.mark.calibration
def test_intervals_cover_the_truth_in_95_of_100_studies():
    hits = 0

    for seed in range(500):
        copies = imputed(holed(seed), seed, copies=10, rounds=1)
        found = rubin([adjusted_of(one) for one in copies], complete_df=117)
        hits += found.lower <= 1 <= found.upper

    assert 0.925 <= hits / 500 <= 0.975


@pytest.mark.calibration
def test_intervals_cover_the_truth_where_many_people_are_alike():
    hits, wider = 0, []

    for seed in range(500):
        table = holed(seed)[:, [0, 2]]
        gone = stream(seed, "gone").random(120) < 0.4
        table[:, 0] = np.where(gone, np.nan, 1.0 * table[:, 1] + stream(seed, "y").normal(size=120))
        whole = mean_difference(table[~gone, 0], table[~gone, 1] == 1)
        copies = imputed(table, seed, copies=10, rounds=1)
        found = rubin([mean_difference(o[:, 0], o[:, 1] == 1) for o in copies], complete_df=118)
        hits += found.lower <= 1 <= found.upper
        wider.append(found.se / whole.se)

    # Nothing else is known of those who are lost, so filling them in can tell no more and no less.
    assert 0.925 <= hits / 500 <= 0.975
    assert np.mean(wider) == pytest.approx(1, abs=0.03)
