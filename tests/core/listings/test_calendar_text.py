"""Calendars for other programs: what they must say, and that other software reads them so."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import assume, given, settings
from tests.core.listings.strategies import gatherings, has_known_phase

from kith.core.listings.calendar_text import calendar
from kith.core.listings.listing import Listing, Venue
from kith.core.schedule import Dated, Schedule, occurrences

# Types of the core are checked while tests run, by a checker that rolls dice of its own.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
PAGE = "https://kith.example/walk"
WALK = Listing(
    key="walk",
    name="Walk, talk",
    schedule=Schedule(
        timezone="America/New_York",
        start=time(19),
        duration_minutes=90,
        rule="FREQ=WEEKLY;BYDAY=MO",
    ),
    mode="in_person",
    venues=(
        Venue(
            name="Hall",
            address="12 Oak St, Philadelphia, PA 19106",
            latitude=39.95,
            longitude=-75.15,
            find_the_door="Blue door",
        ),
    ),
    about="Bring water.",
    updated=datetime(2025, 12, 1, tzinfo=UTC),
)


def at(day, hour):
    return datetime(2026, 1, day, hour)


def written(*listings):
    body = calendar(
        [(one, PAGE) for one in listings], now=NOW, name="All of us", host="kith.example"
    )
    return icalendar.Calendar.from_ical(body)


def when(rule="FREQ=WEEKLY;BYDAY=MO", **changes):
    return replace(WALK, schedule=replace(WALK.schedule, rule=rule, **changes))


def lines(event):
    return event.to_ical().decode().replace("\r\n ", "").split("\r\n")


def test_an_event_says_what_is_when_and_where():
    document = written(WALK)
    (event,) = document.walk("VEVENT")

    assert (document["VERSION"], document["X-WR-CALNAME"]) == ("2.0", "All of us")
    found = lines(event)
    assert "UID:walk@kith.example" in found
    assert "SUMMARY:Walk\\, talk" in found
    assert "DTSTART;TZID=America/New_York:20260105T190000" in found
    assert "DURATION:PT1H30M" in found
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO" in found
    assert "LOCATION:Hall\\, 12 Oak St\\, Philadelphia\\, PA 19106" in found
    assert "GEO:39.95;-75.15" in found
    assert "DESCRIPTION:Bring water.\\n\\nBlue door" in found
    assert f"URL:{PAGE}" in found
    assert "DTSTAMP:20251201T000000Z" in found


def test_every_zone_that_is_used_is_described():
    document = written(
        WALK, replace(WALK, key="b", schedule=replace(WALK.schedule, timezone="Asia/Tokyo"))
    )

    described = {str(zone["TZID"]) for zone in document.walk("VTIMEZONE")}
    assert described == {"America/New_York", "Asia/Tokyo"}


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (when("FREQ=WEEKLY;UNTIL=20260119;BYDAY=MO"), "RRULE:FREQ=WEEKLY;UNTIL=20260120T000000Z;BYDAY=MO"),
        (when("FREQ=WEEKLY;UNTIL=20260119;BYDAY=MO", start=None), "RRULE:FREQ=WEEKLY;UNTIL=20260119;BYDAY=MO"),
        (when(start=None), "DTSTART;VALUE=DATE:20260105"),
        (when(first_on=date(2025, 6, 3)), "DTSTART;TZID=America/New_York:20250609T190000"),
        (when("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), "STATUS:TENTATIVE"),
        (when(except_on=(date(2026, 1, 12),)), "EXDATE;TZID=America/New_York:20260112T190000"),
        (when(start=None, except_on=(date(2026, 1, 12),)), "EXDATE;VALUE=DATE:20260112"),
        (when(dated=(Dated(at(7, 18), "America/New_York"),)), "RDATE;TZID=America/New_York:20260107T180000"),
        (when(duration_minutes=None), "DURATION:PT1H"),
        (replace(WALK, mode="online", join_url="https://zoom.us/j/1"), "LOCATION:https://zoom.us/j/1"),
        (replace(WALK, updated=None), "DTSTAMP:20260101T120000Z"),
    ],
)  # fmt: skip
def test_each_form_has_its_line(listing, expected):
    assert expected in lines(written(listing).walk("VEVENT")[0])


def test_an_online_gathering_tells_no_place_and_one_without_link_none_at_all():
    (event,) = written(replace(WALK, mode="online", venues=(Venue(city="Bray"),))).walk("VEVENT")

    assert "LOCATION" not in event
    assert "GEO" not in event


def test_a_place_without_a_point_has_no_geo():
    (event,) = written(replace(WALK, venues=(Venue(name="Hall", address="Bray"),))).walk("VEVENT")

    assert str(event["LOCATION"]) == "Hall, Bray"
    assert "GEO" not in event


def test_what_has_no_date_is_left_out():
    by_arrangement = replace(WALK, schedule=Schedule("UTC"))
    over = when("FREQ=WEEKLY;UNTIL=20250101;BYDAY=MO")

    assert written(by_arrangement, over).walk("VEVENT") == []


def test_single_dates_are_the_first_and_the_others():
    tour = replace(
        WALK,
        schedule=Schedule(
            "America/New_York",
            start=time(19),
            dated=(
                Dated(at(7, 19), "America/Denver"),
                Dated(at(5, 19), "America/New_York"),
            ),
        ),
    )

    first, second = written(tour).walk("VEVENT")

    assert "DTSTART;TZID=America/New_York:20260105T190000" in lines(first)
    # Seven in Denver is nine in New York.
    assert "RDATE;TZID=America/New_York:20260107T210000" in lines(first)
    assert "RECURRENCE-ID;TZID=America/New_York:20260107T210000" in lines(second)
    assert "DTSTART;TZID=America/Denver:20260107T190000" in lines(second)


def test_a_moved_a_called_off_and_a_lent_date_are_events_of_their_own():
    lake = Venue(key="lake", name="Lake", address="1 Lake Rd")
    listing = replace(
        when(
            dated=(
                Dated(at(13, 20), "America/New_York", 30, replaces=date(2026, 1, 12), note="Later"),
                Dated(at(19, 19), "America/New_York", replaces=date(2026, 1, 19), called_off=True),
                Dated(at(21, 19), "America/New_York", place="lake"),
                Dated(at(22, 19), "America/New_York"),
            )
        ),
        venues=(*WALK.venues, lake),
    )

    _head, moved, off, lent = written(listing).walk("VEVENT")

    assert "RECURRENCE-ID;TZID=America/New_York:20260112T190000" in lines(moved)
    assert "DTSTART;TZID=America/New_York:20260113T200000" in lines(moved)
    assert {"DURATION:PT30M", "COMMENT:Later"} <= set(lines(moved))
    assert "STATUS:CANCELLED" in lines(off)
    assert "LOCATION:Lake\\, 1 Lake Rd" in lines(lent)
    assert "RECURRENCE-ID;TZID=America/New_York:20260121T190000" in lines(lent)


@pytest.mark.calibration
@settings(max_examples=60)
@given(gatherings())
def test_other_software_finds_the_same_dates(listing):
    schedule = listing.schedule
    assume(not schedule.is_by_arrangement and has_known_phase(listing) and schedule.start)
    document = written(listing)
    assume(document.walk("VEVENT"))
    until = NOW + timedelta(days=120)

    found = recurring_ical_events.of(document).between(NOW, until)

    expected = [
        o for o in occurrences(schedule, NOW, until) if not (o.dated and o.dated.called_off)
    ]
    kept = [e for e in found if str(e.get("STATUS", "")) != "CANCELLED"]
    assert sorted(e.start.astimezone(UTC) for e in kept) == sorted(o.starts for o in expected)
