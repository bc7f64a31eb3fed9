"""Runs, by hand and for any rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.analysis.deriving import Runs, first_run
from kith.errors import InvalidInputError


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


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"periods": "four"}, "periods must be a whole number"),
        ({"first_day": -1}, "first_day must be a whole number"),
        ({"days": True}, "days must be a whole number"),
        ({"also": 3}, "also must be the key of a measure"),
        ({"last_day": 1.5}, "last_day must be a whole number"),
    ],
)
def test_runs_that_are_none_are_refused(settings, says):
    with pytest.raises(InvalidInputError, match=says):
        Runs.of("urine", settings, last_day=168)
