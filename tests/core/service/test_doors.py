"""Who is offered the other door, by hand, and what a steward may write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.service import Door, other_door, shares_read

OFTEN = st.integers(0, 1000)


def door(given, received, *, days_here=100, **more):
    shares = {"shares": (0.25, 0.75), "least": 2, "after_days": 7, **more}
    return other_door(given=given, received=received, days_here=days_here, **shares)


def test_who_only_gives_may_ask():
    assert door(4, 0) is Door.ASK


def test_who_only_receives_may_offer():
    assert door(0, 4) is Door.OFFER


def test_who_does_both_is_left_alone():
    assert [door(1, 1), door(1, 3), door(3, 1)] == [None, None, None]


def test_who_did_nothing_is_invited_to_a_small_task():
    assert [door(0, 0), door(0, 1)] == [Door.OFFER, Door.OFFER]


def test_one_good_deed_says_nothing_yet():
    assert door(1, 0) is None


def test_nobody_is_asked_anything_in_their_first_days():
    assert [door(0, 0, days_here=6), door(0, 0, days_here=7)] == [None, Door.OFFER]


@given(OFTEN, OFTEN)
def test_giving_more_never_leads_to_the_door_of_giving(given_, received):
    if door(given_, received) is not Door.OFFER:
        assert door(given_ + 1, received) is not Door.OFFER


def test_shares_are_read_as_the_evidence_says_them():
    said = "below 0.25 or above 0.75 of given/(given+received) over 30 days"

    assert shares_read(said) == (0.25, 0.75)


@pytest.mark.parametrize("said", ["", "twice a week", "below 0.9 or above 0.1", "0.5", "12 or 30"])
def test_what_names_no_two_shares_is_as_the_evidence_says(said):
    assert shares_read(said) == (0.25, 0.75)


def test_steward_may_say_others():
    assert shares_read("below 0.1 or above .9") == (0.1, 0.9)
