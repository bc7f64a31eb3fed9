import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.export.scope import BeyondConsentError
from kith.core.export.times import periods, refuse_fine, starts
from kith.core.records import Assignments, FollowUp
from kith.errors import InvalidInputError


def of(days, person, start, width):
    return periods(np.array(days), np.array(person, np.int32), np.array(start), width).tolist()


def test_weeks_since_each_persons_own_start_by_hand():
    # Person 0 began at half past noon on day 100, person 1 on day 3.
    assert of([100.5, 107.4, 107.5, 3.0, 10.0], [0, 0, 0, 1, 1], [100.5, 3.0], 7) == [0, 0, 1, 0, 1]


def test_what_came_before_is_before_however_long():
    assert of([99.0, -900.0, 5.0], [0, 0, 1], [100.5, np.nan], 7) == [-1, -1, -1]


def test_start_is_that_of_follow_up_or_else_the_first_draw():
    person = np.array([0, 0, 1], np.int32)
    drawn = Assignments(3, ("a",), person, np.zeros(3, np.int16), np.array([5.0, 4.0, 6.0]), np.ones(3), np.full(3, -1, np.int32), np.full(3, -1, np.int32))  # fmt: skip
    seen = FollowUp(3, np.array([1], np.int32), np.array([7.0]), np.array([8.0]), np.zeros(1, np.int8))  # fmt: skip

    np.testing.assert_array_equal(starts(seen, drawn, 3), [4.0, 7.0, np.nan])


@given(st.floats(0, 1_000), st.floats(0, 1_000), st.integers(1, 365))
def test_two_who_did_the_same_at_other_dates_leave_the_same(start, after, days):
    late = 4_096.0

    first, second = (of([start + moved + after], [0], [start + moved], days) for moved in (0.0, late))  # fmt: skip

    assert abs(first[0] - second[0]) <= 1
    assert abs(first[0] - after / days) <= 1


def test_finer_than_a_day_is_refused_and_so_is_more_than_a_year():
    with pytest.raises(BeyondConsentError, match="Ask for 1 day or more, got 0"):
        refuse_fine(0)
    with pytest.raises(InvalidInputError, match="at most 365"):
        refuse_fine(400)
