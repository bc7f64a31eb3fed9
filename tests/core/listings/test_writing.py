"""Listings as other programs want them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from kith.core.listings.extension import extension_of
from kith.core.listings.listing import Listing, Venue
from kith.core.listings.meanings import codes_written
from kith.core.listings.writing import (
    bmlt,
    by_single_days,
    codes_of,
    meeting_guide,
    weekly_days,
)
from kith.core.schedule import Dated, Schedule

PAGE = "https://kith.example/walk"
FORMAT_IDS = {code: n for n, code in enumerate(codes_written("bmlt"), start=1)}
VENUE = Venue(
    name="Hall",
    street="12 Oak St",
    neighborhood="Old City",
    borough="Center",
    city="Philadelphia",
    county="Philadelphia County",
    region="PA",
    postal_code="19106",
    country="US",
    address="12 Oak St, Philadelphia, PA 19106",
    latitude=39.95,
    longitude=-75.15,
    find_the_door="Blue door",
    from_the_stop="Two blocks",
)
WEEKLY = Schedule(
    timezone="America/New_York",
    start=time(23, 30),
    duration_minutes=90,
    rule="FREQ=WEEKLY;BYDAY=SU",
)
WALK = Listing(
    key="walk",
    name="Walk",
    schedule=WEEKLY,
    mode="hybrid",
    venues=(VENUE,),
    join_url="https://zoom.us/j/1",
    join_phone="+12155550123",
    join_note="Passcode: walk",
    about="Bring water.",
    languages=("es",),
    audience=("women",),
    access=("step_free",),
    topics=("meditation",),
    openness="open",
    updated=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
)


def on(rule, **changes):
    return replace(WALK, schedule=replace(WEEKLY, rule=rule, **changes))


def test_a_meeting_guide_record_says_all_that_the_format_can():
    assert meeting_guide(WALK, url=PAGE) == {
        "name": "Walk",
        "slug": "walk",
        "url": PAGE,
        "day": 0,
        "time": "23:30",
        "end_time": "01:00",
        "timezone": "America/New_York",
        "attendance_option": "hybrid",
        "location": "Hall",
        "formatted_address": "12 Oak St, Philadelphia, PA 19106",
        "location_notes": "Blue door",
        "latitude": 39.95,
        "longitude": -75.15,
        "approximate": "no",
        "conference_url": "https://zoom.us/j/1",
        "conference_phone": "+12155550123",
        "conference_url_notes": "Passcode: walk",
        "notes": "Bring water.",
        "types": ["MED", "O", "S", "W", "X"],
        "updated": "2026-01-02 03:04:05",
        "kith": extension_of(WALK),
    }


# Day 0 is Sunday there, and Monday is the first weekday of a rule here.
@pytest.mark.parametrize(
    ("weekday", "number"),
    [("MO", 1), ("TU", 2), ("WE", 3), ("TH", 4), ("FR", 5), ("SA", 6), ("SU", 0)],
)
def test_days_count_from_sunday_as_zero_in_meeting_guide_and_as_one_in_bmlt(weekday, number):
    listing = on(f"FREQ=WEEKLY;BYDAY={weekday}")

    assert meeting_guide(listing, url=PAGE)["day"] == number
    assert bmlt(listing, number=1, format_ids=FORMAT_IDS)["weekday_tinyint"] == str(number + 1)


def test_several_days_are_a_list_in_order():
    assert meeting_guide(on("FREQ=WEEKLY;BYDAY=MO,SA,SU"), url=PAGE)["day"] == [0, 1, 6]


@pytest.mark.parametrize(
    "listing",
    [
        on("FREQ=MONTHLY;BYDAY=1SU"),
        on("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", first_on=date(2026, 1, 4)),
        on("FREQ=WEEKLY;UNTIL=20260301;BYDAY=SU"),
        on("FREQ=DAILY"),
        on(""),
        on("FREQ=WEEKLY;BYDAY=SU", except_on=(date(2026, 1, 11),)),
        on("FREQ=WEEKLY;BYDAY=SU", dated=(Dated(datetime(2026, 1, 5, 19), "UTC"),)),
        on("FREQ=WEEKLY;BYDAY=SU", start=None),
    ],
)
def test_what_is_not_weekly_goes_out_without_day_and_time(listing):
    record = meeting_guide(listing, url=PAGE)

    assert not {"day", "time", "end_time", "timezone"} & record.keys()
    assert record["kith"]["schedule"] == extension_of(listing)["schedule"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [("FREQ=WEEKLY;BYDAY=MO,SU", (0, 6)), ("FREQ=MONTHLY;BYDAY=1SU", ()), ("", ())],
)
def test_weekly_days_are_those_of_a_plain_weekly_rule(rule, days):
    assert weekly_days(on(rule)) == days


@pytest.mark.parametrize(
    ("minutes", "ends"), [(None, None), (1440, None), (30, "00:00"), (1439, "23:29")]
)
def test_an_end_is_given_where_a_clock_can_show_it(minutes, ends):
    record = meeting_guide(on("FREQ=WEEKLY;BYDAY=SU", duration_minutes=minutes), url=PAGE)

    assert record.get("end_time") == ends


def test_a_pause_a_town_and_nothing_at_all_are_told_too():
    town = Venue(city="Bray", country="IE", is_approximate=True)

    paused = meeting_guide(replace(WALK, is_paused=True, venues=(town,)), url=PAGE)
    bare = meeting_guide(
        Listing(key="a", name="A", schedule=Schedule(timezone="UTC"), mode="online"), url=PAGE
    )

    assert paused["attendance_option"] == "inactive"
    assert (paused["formatted_address"], paused["approximate"]) == ("Bray, IE", "yes")
    assert "latitude" not in paused
    assert bare.keys() == {"name", "slug", "url", "attendance_option", "types", "kith"}


def test_a_venue_of_a_single_date_is_not_the_series_own():
    elsewhere = replace(WALK, venues=(replace(VENUE, key="20260105"),))

    assert "location" not in meeting_guide(elsewhere, url=PAGE)


def test_codes_are_those_of_the_format_and_sorted():
    assert codes_of(WALK, "meeting_guide") == ["MED", "O", "S", "W", "X"]
    assert codes_of(WALK, "bmlt") == ["ES", "ME", "O", "W", "WC"]
    assert codes_of(replace(WALK, openness="", topics=("no such",)), "bmlt") == ["ES", "W", "WC"]


def test_a_bmlt_record_says_all_that_the_format_can():
    record = bmlt(WALK, number=7, format_ids=FORMAT_IDS)

    assert all(isinstance(value, str) for value in record.values())
    assert {name: value for name, value in record.items() if value} == {
        "id_bigint": "7",
        "service_body_bigint": "1",
        "weekday_tinyint": "1",
        "venue_type": "3",
        "start_time": "23:30:00",
        "duration_time": "01:30:00",
        "time_zone": "America/New_York",
        "formats": "ES,ME,O,W,WC",
        "lang_enum": "es",
        "longitude": "-75.15",
        "latitude": "39.95",
        "published": "1",
        "format_shared_id_list": ",".join(str(FORMAT_IDS[c]) for c in ("ES", "ME", "O", "W", "WC")),
        "meeting_name": "Walk",
        "location_text": "Hall",
        "location_info": "Blue door",
        "location_street": "12 Oak St",
        "location_city_subsection": "Center",
        "location_neighborhood": "Old City",
        "location_municipality": "Philadelphia",
        "location_sub_province": "Philadelphia County",
        "location_province": "PA",
        "location_postal_code_1": "19106",
        "location_nation": "US",
        "comments": "Bring water.",
        "train_lines": "Two blocks",
        "phone_meeting_number": "+12155550123",
        "virtual_meeting_link": "https://zoom.us/j/1",
        "virtual_meeting_additional_info": "Passcode: walk",
    }


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"mode": "in_person"}, "venue_type", "1"),
        ({"mode": "online"}, "venue_type", "2"),
        ({"languages": ()}, "lang_enum", "en"),
        ({"venues": ()}, "latitude", ""),
        ({"venues": (Venue(address="Old mill"),)}, "location_street", "Old mill"),
        ({"venues": (Venue(address="Bray", city="Bray"),)}, "location_street", ""),
    ],
)
def test_bmlt_says_what_there_is(changes, name, value):
    assert bmlt(replace(WALK, **changes), number=1, format_ids=FORMAT_IDS)[name] == value


def test_bmlt_assumes_an_hour_and_needs_no_clock_time():
    listing = on("FREQ=WEEKLY;BYDAY=SU", start=None, duration_minutes=None)

    record = bmlt(listing, number=1, format_ids=FORMAT_IDS)

    assert (record["start_time"], record["duration_time"]) == ("", "01:00:00")


def test_a_week_of_days_is_one_record_each():
    single = by_single_days(on("FREQ=WEEKLY;BYDAY=MO,SU"))

    assert [listing.schedule.rule for listing in single] == [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=SU",
    ]
    assert all(replace(one, schedule=WEEKLY) == WALK for one in single)
    assert by_single_days(on("FREQ=DAILY")) == []
