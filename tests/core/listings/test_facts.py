"""What the records of a feed agree on, and what one record says of its country and zone."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.draft import Draft, Place, Slot
from kith.core.listings.facts import (
    Facts,
    country_of,
    facts_of,
    is_in_country,
    place_keys,
    zone_beside_time,
)

IRVINE, LONDON, DUBLIN = (33.68, -117.8), (51.5074, -0.1278), (53.35, -6.26)


def draft_at(point=None, *, start="19:00", **fields):
    place = fields.pop("place", None) or Place()
    if point:
        place.latitude, place.longitude = point
    return Draft(record="x", place=place, slots=[Slot(days=(0,), start=start)], **fields)


def test_nothing_agrees_on_nothing():
    assert facts_of([]) == Facts()
    assert facts_of([draft_at(IRVINE)] * 4) == Facts()


def test_enough_records_in_one_zone_speak_for_the_rest():
    facts = facts_of([draft_at(IRVINE)] * 8 + [draft_at(LONDON)] * 2 + [draft_at()] * 90)

    assert (facts.country, facts.zone) == ("US", "America/Los_Angeles")


def test_records_that_do_not_agree_speak_for_nobody():
    facts = facts_of([draft_at(IRVINE)] * 7 + [draft_at(LONDON)] * 3)

    assert (facts.country, facts.zone, facts.only_country) == ("", "", "")


def test_only_one_country_takes_nearly_all_of_many():
    few, many = [draft_at(LONDON)] * 19, [draft_at(LONDON)] * 98

    assert facts_of(few).only_country == ""
    assert facts_of([*many, draft_at(IRVINE), draft_at(IRVINE)]).only_country == "GB"
    assert facts_of([*many, *[draft_at(IRVINE)] * 3]).only_country == ""


@pytest.mark.parametrize(
    "place",
    [
        Place(latitude=0, longitude=0),
        Place(latitude="-", longitude="-"),
        Place(latitude=-117.8, longitude=33.68),  # swapped
        Place(latitude=20.0, longitude=-150.0),  # at sea
        Place(latitude=33.68, longitude=-117.8, country="Ireland"),
    ],
)
def test_points_that_cannot_be_right_have_no_say(place):
    assert facts_of([draft_at(place=place)] * 10).zone == ""


def test_places_of_single_dates_have_a_say_as_well():
    facts = facts_of([draft_at(more_places=[Place(latitude=51.5, longitude=-0.1)])] * 5)

    assert facts.zone == "Europe/London"


def test_points_are_remembered_by_street_postcode_and_town():
    exact = Place("", "", "1 Main St", city="Irvine", region="CA", postal_code="92612")

    facts = facts_of([draft_at(IRVINE, place=exact)])

    assert facts.points == {
        "street:1 main st|irvine ca": IRVINE,
        "postcode:92612": IRVINE,
        "town:irvine ca": IRVINE,
    }


def test_points_that_are_approximate_are_not_lent():
    town = Place(city="Irvine", is_approximate=True)

    assert facts_of([draft_at(IRVINE, place=town)]).points == {}


def test_one_wrong_point_does_not_move_a_town():
    points = [(33.68, -117.80), (33.69, -117.81), (33.70, -117.82), (36.0, -120.0)]

    facts = facts_of([draft_at(point, place=Place(city="Irvine")) for point in points])

    assert facts.points == {"town:irvine": (33.70, -117.81)}


@pytest.mark.parametrize(
    ("starts", "uses_halves"),
    [
        (["7:00 PM", "7 p.m.", "19:00"], True),
        (["7:00 PM", "19:00"], False),
        (["7:00 PM", "", None, 1900], True),
        (["19:00"], False),
        ([], False),
    ],
)
def test_a_feed_uses_halves_if_most_of_its_times_do(starts, uses_halves):
    assert facts_of([draft_at(start=start) for start in starts]).uses_halves is uses_halves


def test_online_records_tell_the_zone_they_write_their_times_in():
    eastern = draft_at(name="7pm Eastern", start="19:00", attendance="online")
    by_code = draft_at(name="7pm Eastern", start="19:00", meanings=["mode:online"])
    european = draft_at(name="7pm CET", start="19:00", attendance="online")
    elsewhere = draft_at(name="7pm Pacific", start="19:00", attendance="in_person")
    silent = draft_at(name="7pm", start="19:00", attendance="online")

    facts = facts_of([eastern, eastern, by_code, european, european, *[elsewhere, silent] * 9])

    assert facts.online_zone == "America/New_York"
    assert facts_of([eastern] * 4).online_zone == ""


@pytest.mark.parametrize(
    ("text", "start", "country", "zone"),
    [
        ("Daily Readings - 2am Eastern - Online", "02:00", "", "America/New_York"),
        ("5am Eastern, 11 AM CET", "05:00", "", "America/New_York"),
        ("5am Eastern, 11 AM CET", "11:00", "", "Europe/Paris"),
        ("5am Eastern, 11 AM CET", "12:00", "", ""),
        ("6:30 pm (Mountain)", "18:30", "", "America/Denver"),
        ("19:00 [CET]", "7:00 PM", "", "Europe/Paris"),
        ("10am Central European Time", "10:00", "", "Europe/Paris"),
        ("7 Eastern", "19:00", "", "America/New_York"),
        ("7:30 ET", "19:30", "", "America/New_York"),
        ("12 noon Central", "12:00", "", "America/Chicago"),
        ("7pm Eastern", "7 - 8:30 pm", "", "America/New_York"),
        ("7pm Eastern", time(19), "", ""),
        ("7pm IST", "19:00", "IN", "Asia/Kolkata"),
        ("7pm IST", "19:00", "", ""),
        ("7pm BST", "19:00", "GB", "Europe/London"),
        ("meets at 7pm eastern europe time", "19:00", "", ""),
        ("Eastern Star Lodge, 7pm", "19:00", "", ""),
        ("25pm Eastern", "19:00", "", ""),
        ("7pm Eastern", None, "", ""),
        ("7pm Eastern", "varies", "", ""),
        ("", "19:00", "", ""),
    ],
)
def test_the_zone_beside_the_right_time_counts(text, start, country, zone):
    assert zone_beside_time(text, start, country) == zone


@pytest.mark.parametrize(
    ("place", "country"),
    [
        (Place(country="United Kingdom"), "GB"),
        (Place(country="Éire", region="CA"), "IE"),
        (Place(country="Atlantis", address="1 Main St, Irvine, CA 92612"), "US"),
        (Place(region="CA"), "US"),
        (Place(region="Ontario"), "CA"),
        (Place(address="1 High St, Leeds, UK"), "GB"),
        (Place(address="Terrace, BC, V8G 2R7, CA"), "CA"),
        (Place(postal_code="V8G 2R7"), "CA"),
        (Place(address="Irvine, CA"), "US"),  # California, not Canada
        (Place(address="Irvine, CA 92612-1234"), "US"),
        (Place(address="1 Main St Irvine CA"), "US"),
        (Place(address="Irvine, Texas, 78701"), "US"),
        (Place(address="Berlin, DE"), "US"),  # there is one in Delaware
        (Place(address="Hauptstr. 1, Berlin, Deutschland"), "DE"),
        (Place(address="Tbilisi, Georgia"), ""),
        (Place(address="Atlanta, Georgia", region="GA"), "US"),
        (Place(address="Tbilisi, Georgia", country="GE"), "GE"),
        (Place(address="10 High Street, Leeds"), ""),
        (Place(address="12345"), ""),
        (Place(address=",,"), ""),
        (Place(), ""),
    ],
)
def test_a_place_names_its_country_in_a_field_or_its_address(place, country):
    assert country_of(place) == country


@pytest.mark.parametrize(
    ("zone", "country", "is_in"),
    [
        ("Europe/London", "GB", True),
        ("Europe/Jersey", "GB", True),
        ("Europe/Jersey", "JE", True),
        ("America/Puerto_Rico", "US", True),
        ("Indian/Reunion", "FR", True),
        ("America/New_York", "PR", False),
        ("Europe/Dublin", "GB", False),
        ("", "GB", False),
    ],
)
def test_parts_of_states_beyond_the_sea_are_in_them(zone, country, is_in):
    assert is_in_country(zone, country) is is_in


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        (Place(), []),
        (
            Place(street="1 Main St.", city="Irvine", region="CA", postal_code="92612"),
            ["street:1 main st|irvine ca", "postcode:92612", "town:irvine ca"],
        ),
        (Place(street="Main St", city="Irvine"), ["town:irvine"]),  # no number: no door
        (Place(address="1 Main St, Irvine"), ["street:1 main st irvine|"]),
        (Place(address="Main St"), []),
        (Place(postal_code="123"), []),
        (Place(postal_code="EC1A 1BB"), ["postcode:ec1a 1bb"]),
    ],
)
def test_places_are_known_by_what_leads_to_a_door(place, keys):
    assert place_keys(place) == keys


@given(st.text(), st.none() | st.text() | st.integers() | st.times())
def test_no_text_is_too_odd_for_a_zone(text, start):
    found = zone_beside_time(text, start)

    assert found in ("", "UTC") or "/" in found


@given(st.text(), st.text(), st.text(), st.text())
def test_no_place_is_too_odd_for_a_country(country, region, address, code):
    found = country_of(Place(country=country, region=region, address=address, postal_code=code))

    assert len(found) in (0, 2)
