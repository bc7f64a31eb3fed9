"""What kith writes, kith reads back: for every kind of gathering."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.listings.strategies import gatherings, has_known_phase, weekly

from kith.core.listings import Hints, read
from kith.core.listings.calendar_text import calendar
from kith.core.listings.meanings import codes_written
from kith.core.listings.writing import bmlt, by_single_days, meeting_guide, weekly_days
from kith.core.schedule import occurrences

# Minutes of work: `./kith test --all` runs them.
pytestmark = [
    pytest.mark.calibration,
    # Types of the core are checked while tests run, by a checker that rolls dice of its own.
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
]

PAGE = "https://kith.example/gatherings/one"
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
FORMAT_IDS = {code: n for n, code in enumerate(codes_written("bmlt"), start=1)}


def only(body, **options):
    """Return the one listing of a feed of one record."""
    (outcome,) = read(body, **options).outcomes
    assert outcome.reason == ""
    (listing,) = outcome.listings
    return listing


def guide_of(listing, *, without=()):
    record = meeting_guide(listing, url=PAGE)
    return json.dumps([{k: v for k, v in record.items() if k not in without}]).encode()


def calendar_of(listing, *, is_foreign=False):
    """Return a calendar of one listing, as another program would write it if `is_foreign`."""
    body = calendar([(listing, PAGE)], now=NOW, name="All", host="kith.example")
    if not is_foreign:
        return body
    unfolded = body.replace(b"\r\n ", b"")
    return b"\r\n".join(l for l in unfolded.split(b"\r\n") if not l.startswith(b"X-KITH"))


def moments(listing, days=500):
    """Return when a listing meets, in UTC, for more than a year."""
    found = occurrences(listing.schedule, NOW, NOW + timedelta(days=days))
    return sorted((o.starts, o.ends) for o in found if not (o.dated and o.dated.called_off))


@given(gatherings())
def test_meeting_guide_brings_every_gathering_back_whole(listing):
    assert only(guide_of(listing)) == replace(listing, url=PAGE)


@given(gatherings())
def test_a_calendar_brings_every_gathering_with_a_date_back_whole(listing):
    assume(not listing.schedule.is_by_arrangement)
    body = calendar_of(listing)
    assume(b"BEGIN:VEVENT" in body)

    assert only(body) == replace(listing, url=PAGE, updated=listing.updated or NOW)


@given(gatherings())
def test_reading_twice_is_reading_once(listing):
    first = only(guide_of(listing))

    assert only(guide_of(first)) == first


@given(gatherings(weekly))
def test_meeting_guide_carries_a_weekly_gathering_to_any_reader(listing):
    found = only(guide_of(listing, without=["kith"]), hints=Hints(practice=listing.practice))

    assert found.schedule.rule == listing.schedule.rule
    assert found.schedule.start == listing.schedule.start
    assert found.schedule.timezone == listing.schedule.timezone
    assert found.schedule.duration_minutes == listing.schedule.duration_minutes
    for name in ("key", "name", "join_url", "join_phone", "join_note", "about", "updated"):
        assert getattr(found, name) == getattr(listing, name)
    for name in ("languages", "audience", "access", "topics"):
        assert set(getattr(found, name)) == set(getattr(listing, name))
    assert (found.openness, found.is_paused) == (listing.openness, listing.is_paused)
    if not listing.is_paused:
        assert found.mode == listing.mode
    # Paused, Meeting Guide does not say whether there is a room, and a place that is only about
    # there may be no more than where the people of a call live.
    is_told = not (
        listing.is_paused and listing.mode == "hybrid" and listing.venues[0].is_approximate
    )
    if listing.mode != "online" and is_told:
        was, now = listing.venues[0], found.venues[0]
        assert (now.name, now.address, now.find_the_door) == (
            was.name,
            was.address,
            was.find_the_door,
        )
        assert (now.latitude, now.longitude) == (was.latitude, was.longitude)


@given(gatherings())
def test_meeting_guide_tells_no_reader_that_something_is_weekly_which_is_not(listing):
    assume(not weekly_days(listing))

    found = only(guide_of(listing, without=["kith"]), hints=Hints(timezone="UTC"))

    assert found.schedule.is_by_arrangement


@settings(max_examples=60)
@given(gatherings())
def test_a_calendar_carries_every_date_to_any_reader(listing):
    assume(not listing.schedule.is_by_arrangement and has_known_phase(listing))
    assume(listing.schedule.start is not None)
    body = calendar_of(listing, is_foreign=True)
    assume(b"BEGIN:VEVENT" in body)

    found = only(body)

    assert moments(found) == moments(listing)
    assert (found.name, found.mode == "online") == (listing.name, listing.mode == "online")


@given(gatherings(weekly), st.integers(1, 10**6))
def test_bmlt_carries_a_weekly_gathering_one_day_at_a_time(listing, number):
    singles = by_single_days(listing)
    records = [bmlt(one, number=number + n, format_ids=FORMAT_IDS) for n, one in enumerate(singles)]

    outcomes = read(json.dumps(records).encode(), hints=Hints(program=listing.program)).outcomes

    assert [o.reason for o in outcomes] == [""] * len(singles)
    assert len(outcomes) == len(weekly_days(listing))
    for n, (was, outcome) in enumerate(zip(singles, outcomes, strict=True)):
        (found,) = outcome.listings
        assert found.key == str(number + n)
        assert found.schedule == replace(
            was.schedule, duration_minutes=was.schedule.duration_minutes or 60
        )
        for name in ("name", "mode", "join_url", "join_phone", "join_note", "about", "openness"):
            assert getattr(found, name) == getattr(was, name)
        for name in ("languages", "audience", "access", "topics"):
            assert set(getattr(found, name)) <= set(getattr(was, name))
        assert found.program == (listing.program or "Narcotics Anonymous")
        a, b = was.venues[0], found.venues[0]
        for name in ("city", "region", "postal_code", "country", "latitude", "longitude"):
            assert getattr(b, name) == getattr(a, name)
        if was.mode != "online":
            assert (b.name, b.street, b.find_the_door) == (a.name, a.street, a.find_the_door)


@pytest.mark.parametrize("text", ["Ünïcödé ☕", "עברית וערבית عربی", "a\N{COMBINING DIAERESIS}"])
def test_letters_of_the_world_come_back_composed(text):
    body = json.dumps(
        [{"name": text, "slug": "s", "conference_url": "https://zoom.us/j/1"}]
    ).encode()

    first = only(body)

    assert only(guide_of(first)).name == first.name
