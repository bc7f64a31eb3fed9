"""Every number is moved within what is allowed, and what comes of it hangs on it alone."""

import pytest

from kith.core.brain.parameters import BadParameterError, meanings
from kith.core.model.sensitivity import OUTCOMES, Place, came_of, ranges
from kith.core.model.settling import Traits

SMALL = Place(people=80, seed=3)


def test_numbers_are_moved_from_half_to_one_and_a_half_within_what_is_allowed():
    found = {one.name: one for one in ranges()}

    assert found["cue.drug"][1:] == pytest.approx((0.075, 0.225))
    # 0.9 and a half more would be over one.
    assert found["start.habit_cue"][1:] == pytest.approx((0.45, 1.0))
    # Half of what is below zero is the larger end.
    assert found["choice.access"][1:] == (-3.0, -1.0)
    assert found["traits.resolve"][1:] == (4.5, 13.5)
    for name, meaning in meanings().items():
        if name in found:
            _, low, high = found[name]
            assert meaning.lowest <= low < meaning.default <= high <= meaning.highest


def test_only_what_has_no_half_is_left_out():
    brain = {name for name, meaning in meanings().items() if meaning.default}
    traits = {f"traits.{name}" for name in Traits.__slots__}

    assert {one.name for one in ranges()} == brain | traits


def test_the_same_numbers_come_to_the_same_and_others_do_not():
    usual = came_of((), (), SMALL, days=40)
    again = came_of(("cue.drug",), (meanings()["cue.drug"].default,), SMALL, days=40)
    other = came_of(("traits.resolve",), (4.5,), SMALL, days=40)

    assert len(usual) == len(OUTCOMES)
    assert usual == again
    assert other[0] > usual[0]


def test_other_dice_come_to_something_else():
    assert came_of((), (), SMALL, days=40) != came_of((), (), SMALL._replace(replicate=1), days=40)


def test_a_number_that_is_not_allowed_is_refused():
    with pytest.raises(BadParameterError, match=r"cue.drug must be a number from 0 to 1"):
        came_of(("cue.drug",), (2.0,), SMALL)
