"""When a record meets: its times as schedules, in a zone that can be stood by."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.draft import Draft, Hints, RecordRefused, Slot
from kith.core.listings.facts import Facts
from kith.core.listings.listing import Repair, Venue
from kith.core.listings.timing import schedules_of
from kith.core.schedule import Dated, Schedule

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 4, 5, 6
LONDON = Venue(latitude=51.5074, longitude=-0.1278, country="GB")
PHOENIX = Venue(latitude=33.45, longitude=-112.07, country="US")
BERLIN = Venue(latitude=52.52, longitude=13.4, country="DE")
HALVES = Facts(uses_halves=True)


def read(slot, *, venue=LONDON, mode="in_person", facts=None, hints=None, **fields):
    """Return (schedule, words to show, repairs as texts) of one slot."""
    draft = Draft(record="x", slots=[slot], **fields)
    ((schedule, words),) = schedules_of(draft, venue, mode, facts or Facts(), hints or Hints())
    return schedule, words, [f"{repair.field}: {repair.why}" for repair in draft.repairs]


def test_a_day_and_a_time_make_a_weekly_schedule():
    found = read(Slot(days=(TUESDAY,), start="19:00", end="20:30"))

    assert found == (
        Schedule("Europe/London", time(19), 90, "FREQ=WEEKLY;BYDAY=TU"),
        "",
        [],
    )


def test_every_slot_has_a_schedule():
    slots = [Slot(days=(MONDAY,), start="19:00"), Slot(days=(FRIDAY,), start="7 pm")]
    draft = Draft(record="x", slots=slots)

    found = schedules_of(draft, LONDON, "in_person", Facts(), Hints())

    assert [(s.rule, s.start) for s, _words in found] == [
        ("FREQ=WEEKLY;BYDAY=MO", time(19)),
        ("FREQ=WEEKLY;BYDAY=FR", time(19)),
    ]


def test_a_record_without_slots_is_by_arrangement():
    draft = Draft(record="x")

    ((schedule, words),) = schedules_of(draft, None, "online", Facts(), Hints())

    assert schedule == Schedule("UTC")
    assert schedule.is_by_arrangement
    assert (words, draft.repairs) == ("", [])


@pytest.mark.parametrize("start", [None, "", "  ", {}, True])
def test_a_day_without_a_time_is_listed_under_its_day(start):
    schedule, words, repairs = read(Slot(days=(TUESDAY,), start=start))

    assert (schedule.start, schedule.rule, words) == (None, "FREQ=WEEKLY;BYDAY=TU", "")
    assert repairs == ["time: no time is given; listed under its day without one"]


@pytest.mark.parametrize(
    ("start", "shown"),
    [("half past seven", "half past seven"), (" 25:00 ", "25:00"), ("x" * 99, "x" * 80), (1960, "1960")],
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_shown_as_written(start, shown):
    schedule, words, repairs = read(Slot(days=(TUESDAY,), start=start))

    assert (schedule.start, words) == (None, shown)
    assert repairs == [f"time: {shown!r} is no time that can be read; shown as written"]


@pytest.mark.parametrize(
    ("about", "at", "words", "repair"),
    [
        ("", None, "4:30", "'4:30' does not say morning or evening; shown as written"),
        ("from 4:30 pm", time(16, 30), "", "'4:30' read as 16:30, as the record says elsewhere"),
        ("4:30-5:30 a.m.", time(4, 30), "", "'4:30' read as 04:30, as the record says elsewhere"),
        ("4:30am or 4:30pm", None, "4:30", "'4:30' does not say morning or evening; shown as written"),
        ("14:30 pm", None, "4:30", "'4:30' does not say morning or evening; shown as written"),
    ],
)  # fmt: skip
def test_among_times_with_am_and_pm_one_without_is_looked_up_in_the_record(
    about, at, words, repair
):
    schedule, shown, repairs = read(Slot(days=(TUESDAY,), start="4:30"), facts=HALVES, about=about)

    assert (schedule.start, shown) == (at, words)
    assert repairs == [f"time: {repair}"]


@pytest.mark.parametrize("start", ["04:30", "4:30 am", "16:30", "12:30"])
def test_among_times_with_am_and_pm_one_that_is_certain_stands(start):
    schedule, _words, repairs = read(Slot(days=(TUESDAY,), start=start), facts=HALVES)

    assert schedule.start is not None
    assert repairs == []


@pytest.mark.parametrize(
    ("slot", "minutes", "repair"),
    [
        (Slot(start="19:00", end="20:30"), 90, ""),
        (Slot(start="19:00 - 20:30"), 90, ""),
        (Slot(start="19:00 - 20:30", end="21:00"), 120, ""),
        (Slot(start="19:00", length="1hr 30mins"), 90, ""),
        (Slot(start="19:00", length=90, end="19:30"), 90, ""),
        (Slot(start="19:00"), None, ""),
        (Slot(start="19:00", end=""), None, ""),
        # Across midnight.
        (Slot(start="23:00", end="00:30"), 90, ""),
        (Slot(start="22:00", end="24:00"), 120, ""),
        (Slot(start="22:00", end="06:00"), 480, ""),
        (Slot(start="24:00", end="01:00"), 60, "24:00 read as midnight, the start of the next day"),
        # Impossible.
        (Slot(start="22:00", end="06:01"), None, "left out: an end at 06:01 for a start at 22:00"),
        (Slot(start="19:00", end="18:00"), None, "left out: an end at 18:00 for a start at 19:00"),
        (Slot(start="19:00", end="19:00"), None, "left out: an end at 19:00 for a start at 19:00"),
        (Slot(start="19:00", end="19:09"), None, "left out: an end at 19:09 for a start at 19:00"),
        (Slot(start="19:00", end="late"), None, "left out: 'late' is no time"),
        # An end in the twelve hours of before its start.
        (Slot(start="19:00", end="8:30"), 90, "before its start; read as 20:30"),
        (Slot(start="11:30", end="1:00"), 90, "before its start; read as 13:00"),
        (Slot(start="19:00", end="08:30"), None, "left out: an end at 08:30 for a start at 19:00"),
        # Lengths that are none.
        (Slot(start="19:00", length="-1hr"), None, "left out: '-1hr' is no length"),
        (Slot(start="19:00", length="0hr 5mins"), None, "left out: '0hr 5mins' is no length"),
        (Slot(start="19:00", length="25 hours"), None, "left out: '25 hours' is no length"),
        (Slot(start="19:00", length="long", end="20:00"), None, "left out: 'long' is no length"),
        # Without a start, an end says nothing.
        (Slot(end="20:30"), None, ""),
    ],
)
def test_lengths_are_taken_from_what_can_be_true(slot, minutes, repair):
    slot.days = () if slot.start is None else (TUESDAY,)

    schedule, _words, repairs = read(slot)

    assert schedule.duration_minutes == minutes
    assert [text.partition(": ")[2] for text in repairs] == [repair] * bool(repair)


def test_midnight_after_a_day_is_the_next_day():
    schedule, _words, repairs = read(Slot(days=(FRIDAY, SUNDAY), start="24:00"))

    assert (schedule.start, schedule.rule) == (time(0), "FREQ=WEEKLY;BYDAY=MO,SA")
    assert repairs == ["time: 24:00 read as midnight, the start of the next day"]


def test_midnight_after_a_day_of_the_month_stays_on_its_day():
    schedule, _words, repairs = read(Slot(rule="FREQ=MONTHLY;BYDAY=2FR", start="24:00"))

    assert (schedule.start, schedule.rule) == (time(23, 59), "FREQ=MONTHLY;BYDAY=2FR")
    assert repairs == ["time: 24:00 read as 23:59, the end of its day"]


@pytest.mark.parametrize(
    ("name", "rule", "repairs"),
    [
        ("Tuesday Night", "FREQ=WEEKLY;BYDAY=TU", []),
        (
            "Workshop (2nd Tue)",
            "FREQ=MONTHLY;BYDAY=2TU",
            ["schedule: not every week: its name says '2nd Tue'"],
        ),
        (
            "Yoga, every other Tuesday",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            ["schedule: not every week: its name says 'every other Tuesday'"],
        ),
        (
            "Main Share Last Tuesday Of The Month",
            "FREQ=WEEKLY;BYDAY=TU",
            ["schedule: kept weekly, though its name speaks of 'Last Tuesday'"],
        ),
        ("Workshop (2nd Sat)", "FREQ=WEEKLY;BYDAY=TU", []),  # about another day
    ],
)
def test_a_name_may_say_that_a_day_is_not_every_week(name, rule, repairs):
    schedule, _words, found = read(Slot(days=(TUESDAY,), start="19:00"), name=name)

    assert (schedule.rule, found) == (rule, repairs)


def test_a_rule_of_its_own_is_kept_in_the_one_form():
    slot = Slot(
        rule="RRULE:BYDAY=TU,MO;FREQ=WEEKLY",
        first_on=date(2026, 8, 3),
        start="19:00",
        except_on=(date(2026, 8, 4),),
    )

    schedule, _words, _repairs = read(slot, name="Workshop (2nd Tue)")

    assert schedule == Schedule(
        "Europe/London",
        time(19),
        rule="FREQ=WEEKLY;BYDAY=MO,TU",
        first_on=date(2026, 8, 3),
        except_on=(date(2026, 8, 4),),
    )


def test_a_rule_that_is_none_is_refused():
    with pytest.raises(RecordRefused, match="FORTNIGHTLY"):
        read(Slot(rule="FREQ=FORTNIGHTLY", start="19:00"))


def test_single_dates_are_in_the_zone_unless_they_have_their_own():
    at_home = Dated(datetime(2026, 8, 3, 19), "")
    on_tour = Dated(datetime(2026, 8, 10, 19), "America/New_York")

    schedule, _words, _repairs = read(Slot(dated=(at_home, on_tour)))

    assert schedule.dated == (Dated(datetime(2026, 8, 3, 19), "Europe/London"), on_tour)
    assert schedule.start == time(19)


def test_dates_in_utc_are_shown_in_the_zone():
    slot = Slot(
        dated=(Dated(datetime(2026, 8, 3, 18), "UTC"), Dated(datetime(2026, 12, 7, 18), ""))
    )

    schedule, _words, _repairs = read(slot, is_utc=True)

    assert schedule.dated == (
        Dated(datetime(2026, 8, 3, 19), "Europe/London"),
        Dated(datetime(2026, 12, 7, 18), "Europe/London"),
    )


@pytest.mark.parametrize(
    "slot", [Slot(days=(MONDAY,), start="19:00"), Slot(dated=(Dated(datetime(2026, 8, 3, 18), ""),))]
)  # fmt: skip
def test_a_time_in_no_zone_is_refused(slot):
    with pytest.raises(RecordRefused, match="no time zone"):
        read(slot, venue=None)


def test_a_day_without_a_time_needs_no_zone():
    schedule, _words, _repairs = read(Slot(days=(MONDAY,)), venue=None)

    assert (schedule.timezone, schedule.rule) == ("UTC", "FREQ=WEEKLY;BYDAY=MO")


def test_utc_without_dates_or_a_zone_is_no_matter():
    schedule, _words, _repairs = read(Slot(), venue=None, is_utc=True)

    assert schedule.timezone == "UTC"


@pytest.mark.parametrize(
    ("zone", "read_as", "repairs"),
    [
        ("Europe/London", "Europe/London", []),
        ("europe/london", "Europe/London", ["timezone: 'europe/london' read as Europe/London"]),
        ("GMT Standard Time", "Europe/London", ["timezone: 'GMT Standard Time' read as Europe/London"]),
        ("Mars/Olympus", "Europe/London", ["timezone: left out: there is no time zone 'Mars/Olympus'"]),
        ("  ", "Europe/London", []),
    ],
)  # fmt: skip
def test_a_stated_zone_is_read_and_an_impossible_one_is_left_out(zone, read_as, repairs):
    schedule, _words, found = read(Slot(days=(MONDAY,), start="19:00"), zone=zone)

    assert (schedule.timezone, found) == (read_as, repairs)


@pytest.mark.parametrize(
    ("mode", "is_exact", "zone", "repairs"),
    [
        (
            "in_person", False, "Europe/London",
            ["timezone: America/New_York is not the time at its place, Europe/London"],
        ),
        ("in_person", True, "America/New_York", []),
        ("hybrid", False, "America/New_York", []),
        ("online", False, "America/New_York", []),
    ],
)  # fmt: skip
def test_where_people_stand_the_clock_on_the_wall_counts(mode, is_exact, zone, repairs):
    schedule, _words, found = read(
        Slot(days=(MONDAY,), start="19:00"),
        mode=mode,
        zone="America/New_York",
        zone_is_exact=is_exact,
    )

    assert (schedule.timezone, found) == (zone, repairs)


def test_a_stated_zone_with_the_same_clock_stands():
    schedule, _words, repairs = read(
        Slot(days=(MONDAY,), start="19:00"), venue=BERLIN, zone="Europe/Paris"
    )

    assert (schedule.timezone, repairs) == ("Europe/Paris", [])


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ({"name": "EDA - 7pm Mountain"}, "19:00"),
        ({"aside": "7pm MST"}, "19:00"),
        ({"about": "We meet at 7 pm (Mountain)."}, "19:00"),
        ({}, "7:00 PM MST"),
        ({}, "7 - 8:30 pm MST"),
    ],
)
def test_the_zone_in_a_records_own_words_is_believed(fields, start):
    slot = Slot(days=(MONDAY,), start=start)

    online, _words, repairs = read(slot, venue=None, mode="online", **fields)
    at_place, _words, no_repairs = read(slot, venue=PHOENIX, **fields)

    assert (online.timezone, repairs) == (
        "America/Denver",
        ["timezone: America/Denver, from its own words"],
    )
    # Arizona says "Mountain" and keeps no summer time.
    assert (at_place.timezone, no_repairs) == ("America/Phoenix", [])


def test_a_spoken_zone_that_is_not_the_places_own_is_believed():
    schedule, _words, repairs = read(
        Slot(days=(MONDAY,), start="19:00"), venue=PHOENIX, name="7pm Eastern"
    )

    assert schedule.timezone == "America/New_York"
    assert repairs == ["timezone: America/New_York, from its own words"]


def test_a_spoken_zone_that_is_known_already_is_not_said():
    schedule, _words, repairs = read(
        Slot(days=(MONDAY,), start="19:00"), mode="online", name="7pm UK time"
    )

    assert (schedule.timezone, repairs) == ("Europe/London", [])


def test_what_is_spoken_in_two_countries_goes_by_the_venue():
    in_india = Venue(country="IN", region="")

    schedule, _words, _repairs = read(
        Slot(days=(MONDAY,), start="7pm IST"), venue=in_india, mode="online"
    )

    assert schedule.timezone == "Asia/Kolkata"


FED_FROM_NEW_YORK = Facts(zone="America/Chicago", online_zone="America/New_York")


@pytest.mark.parametrize(
    ("venue", "facts", "hints", "zone", "repairs"),
    [
        (
            LONDON, FED_FROM_NEW_YORK, Hints(), "America/New_York",
            ["timezone: America/New_York, which this feed writes online times in"],
        ),
        (LONDON, Facts(online_zone="Europe/London"), Hints(), "Europe/London", []),
        (LONDON, FED_FROM_NEW_YORK, Hints(timezone="Asia/Tokyo"), "Asia/Tokyo", []),
        (LONDON, Facts(zone="America/Chicago"), Hints(), "Europe/London", []),
        (
            None, Facts(zone="America/Chicago"), Hints(), "America/Chicago",
            ["timezone: assumed America/Chicago, as nearly all of this feed"],
        ),
    ],
)  # fmt: skip
def test_an_online_record_without_a_zone_goes_by_its_feed(venue, facts, hints, zone, repairs):
    slot = Slot(days=(MONDAY,), start="19:00")

    schedule, _words, found = read(slot, venue=venue, mode="online", facts=facts, hints=hints)

    assert (schedule.timezone, found) == (zone, repairs)


@pytest.mark.parametrize(
    ("venue", "facts", "hints", "zone"),
    [
        (LONDON, FED_FROM_NEW_YORK, Hints(timezone="Asia/Tokyo"), "Europe/London"),
        (Venue(region="CA", country="US"), Facts(), Hints(), "America/Los_Angeles"),
        (Venue(country="FR"), Facts(), Hints(), "Europe/Paris"),
        (Venue(latitude=20.0, longitude=-150.0, country="FR"), Facts(), Hints(), "Europe/Paris"),
        (Venue(country="US"), Facts(), Hints(timezone="America/Denver"), "America/Denver"),
        (Venue(city="Leeds"), Facts(zone="Europe/London"), Hints(), "Europe/London"),
        (None, Facts(), Hints(timezone="Asia/Tokyo"), "Asia/Tokyo"),
    ],
)
def test_a_record_in_person_without_a_zone_goes_by_its_place(venue, facts, hints, zone):
    slot = Slot(days=(MONDAY,), start="19:00")

    schedule, _words, _repairs = read(slot, venue=venue, facts=facts, hints=hints)

    assert schedule.timezone == zone


odd: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers(-3000, 3000) | st.floats() | st.text() | st.just([[]])
)


@given(start=odd, end=odd, length=odd, days=st.sets(st.integers(0, 6)), name=st.text())
def test_no_slot_is_too_odd_for_a_schedule(start, end, length, days, name):
    slot = Slot(days=tuple(sorted(days)), start=start, end=end, length=length)
    draft = Draft(record="x", slots=[slot], name=name)

    ((schedule, words),) = schedules_of(draft, LONDON, "in_person", HALVES, Hints())

    assert bool(schedule.rule) == bool(days)
    assert schedule.start is None or words == ""
    assert schedule.duration_minutes is None or 10 <= schedule.duration_minutes <= 1440
    assert all(isinstance(repair, Repair) for repair in draft.repairs)
