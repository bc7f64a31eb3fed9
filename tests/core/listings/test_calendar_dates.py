"""When a calendar's events are."""

from datetime import date, datetime

import pytest

from kith.core.listings.calendar_dates import changed_date, slot_of
from kith.core.listings.calendar_events import Block, event_of, is_utc, when_in
from kith.core.listings.draft import Draft, RecordRefused, Slot
from kith.core.schedule import Dated


def event(*lines):
    return event_of(Block(1, lines))


def slot(*lines, changes=(), zone=""):
    """Return (slot, draft) of an event with these lines and changed dates."""
    draft = Draft(record="a label")
    return slot_of(draft, event(*lines), [event(*c) for c in changes], zone), draft


def at(day, hour, minute=0, month=1):
    return datetime(2026, month, day, hour, minute)


WEEKLY = ("DTSTART;TZID=America/New_York:20260105T190000", "RRULE:FREQ=WEEKLY;BYDAY=MO")


def test_a_series_has_a_rule_a_first_date_and_a_clock_time():
    found, draft = slot(*WEEKLY, "DTEND;TZID=America/New_York:20260105T203000")

    assert found == Slot(
        rule="FREQ=WEEKLY;BYDAY=MO", first_on=date(2026, 1, 5), start="19:00", length=90
    )
    assert (draft.zone, draft.is_utc, draft.repairs) == ("America/New_York", False, [])


def test_one_event_is_one_date():
    found, draft = slot("DTSTART;TZID=Europe/Berlin:20260105T190000", "DURATION:PT1H30M")

    assert found == Slot(length=90, dated=(Dated(at(5, 19), ""),))
    assert (draft.zone, draft.is_utc) == ("Europe/Berlin", False)


@pytest.mark.parametrize(
    ("line", "calendar_zone", "zone", "utc"),
    [
        ("DTSTART;TZID=Europe/Paris:20260105T190000", "Asia/Tokyo", "Europe/Paris", False),
        ('DTSTART;X-ZONE="Nowhere":20260105T190000', "Asia/Tokyo", "Nowhere", False),
        # Floating: the same clock time wherever one is, so the calendar's own zone.
        ("DTSTART:20260105T190000", "Asia/Tokyo", "Asia/Tokyo", False),
        ("DTSTART:20260105T190000", "", "", False),
        # A moment in UTC is shown in the calendar's zone.
        ("DTSTART:20260105T190000Z", "Asia/Tokyo", "Asia/Tokyo", True),
        ("DTSTART;VALUE=DATE:20260105", "Asia/Tokyo", "Asia/Tokyo", False),
    ],
)
def test_the_zone_of_one_event(line, calendar_zone, zone, utc):
    _found, draft = slot(line, zone=calendar_zone)

    assert (draft.zone, draft.is_utc) == (zone, utc)


@pytest.mark.parametrize("repeats", ["RRULE:FREQ=WEEKLY", "RDATE:20260106T190000Z"])
def test_a_series_in_utc_stays_in_utc(repeats):
    found, draft = slot("DTSTART:20260105T190000Z", repeats, zone="America/New_York")

    assert (draft.zone, draft.is_utc) == ("UTC", False)
    assert (found.start or f"{found.dated[0].starts:%H:%M}") == "19:00"


def test_an_event_of_whole_days_has_no_clock_time():
    one, _draft = slot("DTSTART;VALUE=DATE:20260105")
    weekly, _draft = slot("DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY")
    weekend, _draft = slot("DTSTART;VALUE=DATE:20260109", "DTEND;VALUE=DATE:20260112")

    assert one == Slot(length=1440, dated=(Dated(at(5, 0), ""),))
    assert weekly == Slot(rule="FREQ=WEEKLY", first_on=date(2026, 1, 5), start=None, length=1440)
    assert weekend == Slot(dated=(Dated(at(9, 0), "", 3 * 1440),))


@pytest.mark.parametrize(
    ("line", "minutes", "repaired"),
    [
        ("DTEND;TZID=America/New_York:20260105T200000", 60, 0),
        ("DTEND:20260106T010000Z", 60, 0),
        ("DTEND:20260105T200000", 60, 0),
        ("DTEND;TZID=America/New_York:20260106T010000", 360, 0),
        ("DTEND;VALUE=DATE:20260106", 1440, 0),
        ("DURATION:PT45M", 45, 0),
        ("DURATION:P1D", 1440, 0),
        ("X-NOTHING:1", None, 0),
        ("DTEND;TZID=America/New_York:20260105T190000", None, 0),
        ("DTEND;TZID=America/New_York:20260105T180000", None, 1),
        ("DTEND;TZID=America/New_York:20260305T190000", None, 1),
        ("DURATION:-PT1H", None, 1),
        ("DURATION:P60D", None, 1),
    ],
)
def test_an_event_lasts_until_its_end_or_for_its_duration(line, minutes, repaired):
    found, draft = slot(*WEEKLY, line)

    assert found.length == minutes
    assert [r.field for r in draft.repairs] == ["DTEND"] * repaired


def test_an_end_without_a_zone_is_read_beside_a_start_with_one():
    found, _draft = slot("DTSTART:20260105T190000", "DTEND;TZID=Asia/Tokyo:20260105T200000")

    assert found.length == 60


def test_dates_are_left_out_by_exdate_in_every_writing():
    found, _draft = slot(
        *WEEKLY,
        "EXDATE;TZID=America/New_York:20260112T190000,20260119T190000",
        # Midnight UTC on Tuesday the 27th is seven in the evening of Monday the 26th.
        "EXDATE:20260127T000000Z",
        "EXDATE;VALUE=DATE:20260202",
    )

    assert found.except_on == (
        date(2026, 1, 12),
        date(2026, 1, 19),
        date(2026, 1, 26),
        date(2026, 2, 2),
    )


def test_dates_are_added_by_rdate_and_the_first_is_not_added_twice():
    found, _draft = slot(
        *WEEKLY,
        "RDATE;TZID=America/New_York:20260107T180000,20260105T190000",
        "RDATE;VALUE=DATE:20260108",
        "RDATE;VALUE=PERIOD:20260110T010000Z/PT1H",
    )

    assert [d.starts for d in found.dated] == [at(7, 18), at(8, 19), at(9, 20)]


def test_single_dates_need_no_rule():
    found, _draft = slot(
        "DTSTART;TZID=America/New_York:20260105T190000",
        "RDATE;TZID=America/New_York:20260112T190000,20260119T190000",
        "EXDATE;TZID=America/New_York:20260112T190000",
        changes=[
            (
                "RECURRENCE-ID;TZID=America/New_York:20260119T190000",
                "DTSTART;TZID=America/New_York:20260120T200000",
            )
        ],
    )

    assert found == Slot(dated=(Dated(at(5, 19), ""), Dated(at(20, 20), "")))


def test_an_event_that_leaves_out_its_only_date_is_none():
    with pytest.raises(RecordRefused, match="leaves out every date it has"):
        slot("DTSTART:20260105T190000", "EXDATE:20260105T190000")


def test_a_moved_date_stands_for_the_one_of_the_rule():
    found, draft = slot(
        *WEEKLY,
        changes=[
            (
                # In UTC, where the date is already the next one.
                "RECURRENCE-ID:20260113T000000Z",
                "DTSTART;TZID=America/New_York:20260114T200000",
                "DURATION:PT2H",
                "COMMENT:At the lake\\, for once",
                "LOCATION:1 Lake Rd\\, Philadelphia\\, PA 19106\\, USA",
            )
        ],
    )

    assert found.dated == (
        Dated(
            at(14, 20),
            "",
            duration_minutes=120,
            replaces=date(2026, 1, 12),
            place="20260114",
            note="At the lake, for once",
        ),
    )
    assert [(p.key, p.street) for p in draft.more_places] == [("20260114", "1 Lake Rd")]


def test_a_cancelled_date_is_called_off_and_stays_to_be_seen():
    found, _draft = slot(
        *WEEKLY,
        changes=[("RECURRENCE-ID;TZID=America/New_York:20260112T190000", "STATUS:CANCELLED")],
    )

    assert found.dated == (Dated(at(12, 19), "", replaces=date(2026, 1, 12), called_off=True),)


def test_of_two_changes_of_one_date_the_later_counts():
    changed = "RECURRENCE-ID;TZID=America/New_York:20260112T190000"

    found, _draft = slot(
        *WEEKLY,
        changes=[
            (changed, "DTSTART;TZID=America/New_York:20260113T190000"),
            (changed, "DTSTART;TZID=America/New_York:20260114T190000"),
        ],
    )

    assert [(d.starts, d.replaces) for d in found.dated] == [(at(14, 19), date(2026, 1, 12))]


def test_an_added_date_may_be_moved_too():
    found, _draft = slot(
        *WEEKLY,
        "RDATE;TZID=America/New_York:20260107T190000",
        changes=[("RECURRENCE-ID;TZID=America/New_York:20260107T190000", "DTSTART;TZID=America/New_York:20260108T190000")],
    )  # fmt: skip

    assert [(d.starts, d.replaces) for d in found.dated] == [(at(8, 19), None)]


@pytest.mark.parametrize(("status", "dates"), [("CONFIRMED", [5, 21]), ("CANCELLED", [5])])
def test_a_change_of_a_date_that_nothing_lists_is_a_date_of_its_own(status, dates):
    found, _draft = slot(
        "DTSTART;TZID=America/New_York:20260105T190000",
        "RDATE;TZID=America/New_York:20260105T190000",
        changes=[("RECURRENCE-ID;TZID=America/New_York:20260120T190000", "DTSTART;TZID=America/New_York:20260121T190000", f"STATUS:{status}")],
    )  # fmt: skip

    assert [d.starts.day for d in found.dated] == dates


def test_a_whole_day_in_place_of_a_time_keeps_the_series_time():
    found, _draft = slot(
        *WEEKLY,
        changes=[("RECURRENCE-ID;VALUE=DATE:20260112", "DTSTART;VALUE=DATE:20260113")],
    )

    assert [(d.starts, d.replaces) for d in found.dated] == [(at(13, 19), date(2026, 1, 12))]


def test_a_change_of_all_later_dates_is_told_of():
    found, draft = slot(
        *WEEKLY,
        changes=[("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20260112T190000", "DTSTART;TZID=America/New_York:20260112T200000")],
    )  # fmt: skip

    assert [d.starts for d in found.dated] == [at(12, 20)]
    assert [r.why for r in draft.repairs] == [
        "a change of all later dates, taken for its own date only"
    ]


def test_a_change_that_cannot_be_read_is_told_of():
    found, draft = slot(*WEEKLY, changes=[("RECURRENCE-ID:junk",)])

    assert found.dated == ()
    assert [r.why for r in draft.repairs] == ["left out: a changed date that cannot be read"]


def test_dates_out_of_reach_are_left_out():
    found, draft = slot(
        *WEEKLY,
        "RDATE:00010101T000000,99991231T000000",
        "EXDATE:00010101T000000",
        changes=[("RECURRENCE-ID:20260112T190000", "DTSTART:99991231T235900Z")],
    )

    assert (found.dated, found.except_on) == ((), ())
    assert [r.field for r in draft.repairs] == ["RECURRENCE-ID"]


def test_a_changed_place_is_one_only_if_it_is_another():
    draft = Draft(record="a label")
    draft.place.address = "1 Lake Rd, Philadelphia, PA 19106, USA"
    changed = event(
        "RECURRENCE-ID:20260112T190000",
        "LOCATION:1 Lake Rd\\, Philadelphia\\, PA 19106\\, USA",
    )

    found = changed_date(draft, changed, None, at(1, 19).time())

    assert found is not None
    assert (found.place, draft.more_places) == ("", [])


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["SUMMARY:A"], "has no start that can be read"),
        (["DTSTART:20260231T190000"], "has no start that can be read"),
        ([WEEKLY[0], "RRULE:FREQ=WEEKLY;BYDAY=XX"], "repeats by a rule that cannot be read"),
        ([WEEKLY[0], "RRULE:nonsense"], "repeats by a rule that cannot be read"),
        ([*WEEKLY, "RRULE:FREQ=DAILY"], "repeats by more than one rule"),
        ([*WEEKLY, "EXRULE:FREQ=MONTHLY"], "leaves out dates by a rule"),
    ],
)
def test_what_cannot_be_kept_is_refused(lines, why):
    with pytest.raises(RecordRefused, match=why):
        slot(*lines)


def test_the_moments_of_this_table_are_what_they_seem():
    starts = when_in(event("DTSTART:20260113T000000Z"), "DTSTART")

    assert starts is not None
    assert is_utc(starts)
