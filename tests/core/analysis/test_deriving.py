"""Runs, by hand and for any rows; Holm; the difference of shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.analysis.deriving import first_run
from kith.core.analysis.estimating import by_difference, by_risk, holm


def test_first_run_is_where_enough_stand_in_a_row():
    rows = np.array([[1, 0, 1, 1, 1], [1, 1, 0, 1, 1], [0, 0, 0, 0, 0]], np.bool_)

    assert first_run(rows, 3).tolist() == [2, -1, -1]
    assert first_run(rows, 2).tolist() == [2, 0, -1]
    assert first_run(rows, 6).tolist() == [-1, -1, -1]


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 8))
def test_first_run_is_what_looking_one_by_one_finds(row, length):
    looked = next(
        (n for n in range(len(row) - length + 1) if all(row[n : n + length])), -1
    )  # fmt: skip

    assert first_run(np.array([row], np.bool_), length).tolist() == [looked]


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


def test_difference_of_shares_is_newcombes_example():
    # Newcombe 1998, table II (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    is_first = np.arange(150) < 70
    is_yes = np.where(is_first, np.arange(150) < 56, np.arange(150) < 70 + 48)

    effect = by_risk("any", ("a", "b"), is_yes, is_first)

    assert (effect.value, effect.lower, effect.upper) == pytest.approx(
        (0.2, 0.0524, 0.3339), abs=1e-4
    )


def test_difference_of_means_is_welchs():
    first = np.array([1.0, 2.0, 4.0, 7.0])
    second = np.array([0.0, 1.0, 1.0, 3.0, 2.0])
    se = np.sqrt(first.var(ddof=1) / 4 + second.var(ddof=1) / 5)

    effect = by_difference(
        "any", ("a", "b"), np.append(first, second), np.arange(9) < 4, np.full(9, np.nan)
    )

    assert effect.value == pytest.approx(first.mean() - second.mean())
    # HC2 on two groups is Welch's variance; 2.3646 is Student's t on 7 degrees of freedom.
    assert effect.upper - effect.value == pytest.approx(2.36462 * se, rel=1e-4)
