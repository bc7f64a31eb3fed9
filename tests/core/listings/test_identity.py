"""Two lists, one gathering; or two gatherings that look alike."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.identity import Likeness, Register, buckets, is_same, likeness
from kith.core.listings.listing import Listing, Venue
from kith.core.places import distance_km
from kith.core.schedule import Schedule

HERE = Likeness(
    name="Just for Today",
    rule="FREQ=WEEKLY;BYDAY=MO",
    start=time(19, 30),
    timezone="Europe/Dublin",
    mode="in_person",
    point=(53.3438, -6.2546),
    join_url="",
    program="Narcotics Anonymous",
    audience=frozenset(),
)
CALL = replace(HERE, point=None, mode="online", join_url="https://zoom.us/j/1234567890?pwd=a")


def test_a_likeness_is_what_tells_a_listing_from_others():
    listing = Listing(
        key="a",
        name="Just for Today",
        schedule=Schedule("Europe/Dublin", start=time(19, 30), rule="FREQ=WEEKLY;BYDAY=MO"),
        mode="in_person",
        venues=(Venue(latitude=53.3438, longitude=-6.2546),),
        program="Narcotics Anonymous",
    )

    assert likeness(listing) == HERE


@pytest.mark.parametrize(
    "venues",
    [
        (),
        (Venue(name="Hall"),),
        (Venue(latitude=53.3, longitude=None),),
        (Venue(latitude=53.3, longitude=-6.2, is_approximate=True),),
    ],
)
def test_a_town_or_no_point_tells_nothing(venues):
    listing = Listing(key="a", name="A", schedule=Schedule("UTC"), mode="in_person", venues=venues)

    assert likeness(listing).point is None


@pytest.mark.parametrize(
    "name",
    [
        "Just For Today",
        "Just for today group",
        "JUST FOR TODAY - Monday Night",
        "Just för Today",
    ],
)
def test_names_that_differ_in_what_all_names_hold_are_alike(name):
    assert is_same(HERE, replace(HERE, name=name))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "New Beginnings"},
        {"name": "Monday Night Group"},
        {"rule": "FREQ=WEEKLY;BYDAY=TU"},
        {"rule": ""},
        {"start": time(19, 0)},
        {"timezone": "Europe/London"},
        {"point": (53.3538, -6.2546)},
        {"point": None},
        {"program": "Alcoholics Anonymous"},
        {"audience": frozenset({"women"})},
    ],
)
def test_another_time_place_name_or_company_is_another_gathering(changes):
    assert not is_same(HERE, replace(HERE, **changes))


def test_dates_without_a_rule_are_never_taken_for_the_same():
    assert not is_same(replace(HERE, rule=""), replace(HERE, rule=""))


def test_next_door_and_a_list_that_does_not_say_its_program_are_the_same():
    assert is_same(HERE, replace(HERE, point=(53.3445, -6.2546), program=""))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://zoom.us/j/1234567890?pwd=a", "https://us02web.zoom.us/j/1234567890", True),
        ("https://zoom.us/j/1234567890", "https://zoom.us/j/1234567891", False),
        ("https://meet.example.org/Ours/", "https://meet.example.org/ours?x=1", True),
        ("https://meet.example.org/ours", "", False),
    ],
)
def test_one_call_is_one_call_whatever_its_link(a, b, same):
    assert is_same(replace(CALL, join_url=a), replace(CALL, join_url=b)) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("گروه امید", "گروه امید", True),
        ("گروه امید", "گروه آزادی", False),
        ("Группа Надежда", "группа надежда", True),
        ("Группа Надежда", "Группа Свобода", False),
    ],
)
def test_names_in_other_letters_are_told_apart(a, b, same):
    assert is_same(replace(HERE, name=a), replace(HERE, name=b)) is same


def test_a_register_finds_what_was_filed_and_nothing_else():
    register = Register([(1, HERE), (2, CALL)])
    register.add(3, replace(HERE, name="New Beginnings"))

    assert register.find(replace(HERE, point=(53.3445, -6.2546))) == 1
    assert register.find(replace(CALL, join_url="https://us02web.zoom.us/j/1234567890")) == 2
    assert register.find(replace(HERE, name="New beginnings group")) == 3
    assert register.find(replace(HERE, name="Easy Does It")) is None
    assert register.find(replace(HERE, rule="")) is None


@pytest.mark.parametrize("changes", [{"rule": ""}, {"start": None}])
def test_what_has_no_certain_time_is_filed_nowhere(changes):
    assert buckets(replace(HERE, **changes)) == []


@given(
    latitude=st.floats(-66, 66),
    longitude=st.floats(-179, 179),
    north_km=st.floats(-0.2, 0.2),
    east_km=st.floats(-0.2, 0.2),
)
def test_whatever_is_the_same_shares_a_bucket(latitude, longitude, north_km, east_km):
    degree = distance_km(latitude, longitude, latitude, longitude + 0.01) / 0.01
    near = (latitude + north_km / 111.2, longitude + east_km / degree)
    a, b = replace(HERE, point=(latitude, longitude)), replace(HERE, point=near)

    assert not is_same(a, b) or set(buckets(a)) & set(buckets(b))
