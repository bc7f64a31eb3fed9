"""Runs, by hand and for any rows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.core.analysis.deriving import first_run


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
