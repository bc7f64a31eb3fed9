"""Chairs in circles: who sat where, from when to when."""

import numpy as np
import pytest
from tests.core.analysis.worlds import world

from kith.core.records import Chairs
from kith.errors import InvalidInputError


def chairs(**changed):
    columns = {
        "person": np.array([0, 1, 0], np.int32),
        "circle": np.array([0, 0, 1], np.int32),
        "starts": np.array([0.0, 2.0, 9.0]),
        "ends": np.array([9.0, np.nan, np.nan]),
    }
    return Chairs(2, **{**columns, **changed})


def test_somebody_may_move_and_a_chair_may_last():
    assert np.isnan(chairs().ends).sum() == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"person": np.array([0, 2, 0], np.int32)}, "row 1 has person 2: must be 0 to 1"),
        ({"circle": np.array([0, -1, 1], np.int32)}, "row 1 has circle -1: must be 0 or more"),
        ({"starts": np.array([0.0, np.inf, 9.0])}, "row 1 has starts inf: must be finite"),
        ({"ends": np.array([-1.0, 3.0, 9.0])}, "row 0 has starts 0.0 and ends -1.0: must be no sooner"),
        ({"circle": np.zeros(3, np.int32), "starts": np.zeros(3)}, "row 2 has person 0"),
    ],
)  # fmt: skip
def test_a_chair_that_cannot_be_is_refused(changed, says):
    with pytest.raises(InvalidInputError, match=says):
        chairs(**changed)


def test_records_without_chairs_are_of_people_in_no_circle():
    found = world([(0, "score", 0.0, 1.0)], [0, 1, 1]).chairs

    assert (found.people, len(found.person)) == (3, 0)
