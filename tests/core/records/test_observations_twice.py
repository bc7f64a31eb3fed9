"""Two values of one person, measure and moment: found however they lie, and only they."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.records import Measure, Observations
from kith.errors import InvalidInputError

MEASURES = tuple(Measure(name) for name in "abc")


def observed(rows):
    person, measure, day = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 3
    )
    n = len(rows)
    return Observations(
        5, MEASURES, np.array(person, np.int32), np.array(measure, np.int16),
        np.array(day, np.float64), np.ones(n), np.zeros(n, np.int8),
        np.full(n, -1, np.int32), np.zeros(n, np.int16),
    )  # fmt: skip


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2), st.sampled_from([-1.5, -0.0, 0.0, 0.5, 1.0, 3.0])),
    max_size=30,
)  # fmt: skip


@given(ROWS)
def test_is_refused_if_and_only_if_a_row_comes_twice(rows):
    is_again = len(set(rows)) < len(rows)

    if is_again:
        with pytest.raises(InvalidInputError, match="must be there once"):
            observed(rows)
    else:
        assert len(observed(rows).day) == len(rows)


def test_first_row_that_comes_again_is_named():
    with pytest.raises(InvalidInputError, match=r"row 2 has person 1 and measure 0 and day 0\.5"):
        observed([(1, 0, 0.5), (1, 1, 0.5), (1, 0, 0.5), (2, 0, 0.5)])
