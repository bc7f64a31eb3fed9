"""Events out of a calendar's text, however broken."""

from datetime import UTC, date, datetime

import pytest

from kith.core.listings.calendar_events import (
    Block,
    calendar_of,
    dates_in,
    event_of,
    first_in,
    is_utc,
    text_in,
    when_in,
    zone_stated,
)


def lines_of(text):
    return [list(block.lines) for block in calendar_of(text).events]


def event(*lines):
    return event_of(Block(1, lines))


def test_events_are_found_in_order_and_counted():
    found = calendar_of(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"
        "BEGIN:VTODO\r\nUID:todo\r\nEND:VTODO\r\n"
        "begin:vevent\r\nUID:2\r\nend:vevent\r\nEND:VCALENDAR\r\n"
    )

    assert found.events == (Block(1, ("UID:1",)), Block(2, ("UID:2",)))
    assert found.remarks == ()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_may_end_in_any_way_and_are_unfolded(end):
    text = end.join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:Wal", " k and", "\t talk", "", "END:VEVENT", "END:VCALENDAR"))  # fmt: skip

    assert lines_of(text) == [["SUMMARY:Walk and talk"]]


def test_what_is_nested_in_an_event_is_left_out():
    text = "BEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nSUMMARY:Wake\nBEGIN:X\nUID:9\nEND:X\nEND:VALARM\nSUMMARY:A\nEND:VEVENT"

    assert lines_of(text) == [["UID:1", "SUMMARY:A"]]


def test_an_event_without_its_end_is_over_where_the_next_begins():
    text = "BEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nBEGIN:VEVENT\nUID:3\nEND:VCALENDAR\n"

    found = calendar_of(text)

    assert [list(b.lines) for b in found.events] == [["UID:1"], ["UID:2"], ["UID:3"]]
    assert [b.is_cut for b in found.events] == [False, False, False]


def test_an_event_in_which_the_text_ends_is_cut():
    found = calendar_of("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:2")

    assert [b.is_cut for b in found.events] == [False, True]
    assert found.remarks == ("it has no END:VCALENDAR: it may not have come whole",)


def test_an_end_without_a_beginning_does_no_harm():
    assert lines_of("END:VEVENT\nUID:0\nBEGIN:VEVENT\nUID:1\nEND:VALARM\nEND:VEVENT\nUID:2") == [
        ["UID:1"]
    ]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("X-WR-TIMEZONE:Europe/Berlin\n", "Europe/Berlin"),
        ("x-wr-timezone;VALUE=TEXT: Europe/Berlin \n", "Europe/Berlin"),
        ("BEGIN:VTIMEZONE\nTZID:Eastern Standard Time\nEND:VTIMEZONE\n", "America/New_York"),
        (
            "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nEND:VTIMEZONE\n"
            "BEGIN:VTIMEZONE\nTZID:Asia/Tokyo\nEND:VTIMEZONE\n",
            "",
        ),
        ("SUMMARY:no zone at all\n", ""),
    ],
)
def test_a_calendar_s_zone_is_that_of_its_header_else_its_only_one(text, zone):
    assert calendar_of(text).zone == zone


def test_a_zone_by_its_clocks_is_told_of():
    text = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0545\nTZOFFSETTO:+0545\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nDTSTART;TZID=Ours:20260105T190000\nEND:VEVENT\nEND:VCALENDAR"
    )

    found = calendar_of(text)

    assert found.remarks == (
        "its time zone 'Ours' is read as Asia/Kathmandu, which has the same clocks",
    )
    assert found.events[0].lines == ("DTSTART;TZID=Asia/Kathmandu:20260105T190000",)


def test_properties_that_cannot_be_read_are_left_out_and_listed():
    found = event(
        "UID:1",
        "this is no property",
        "DTSTART:2026-02-30",
        "EXDATE:20260105T190000Z",
        "EXDATE:junk",
        "GEO:here",
        "SUMMARY:Walk",
    )

    assert set(found) == {"UID", "EXDATE", "SUMMARY"}
    assert len(dates_in(found, "EXDATE")) == 1
    assert {name for name, _why in found.errors} == {None, "DTSTART", "EXDATE", "GEO"}


def test_text_is_the_first_one_and_is_unescaped():
    found = event("SUMMARY;LANGUAGE=en:Walk\\, talk\\nand tea", "SUMMARY:Other", "SEQUENCE:3")

    assert text_in(found, "SUMMARY") == "Walk, talk\nand tea"
    assert text_in(found, "SEQUENCE") == ""
    assert text_in(found, "LOCATION") == ""
    assert first_in(found, "SEQUENCE") == 3
    assert first_in(found, "LOCATION") is None


def test_dates_and_moments_are_told_apart():
    found = event(
        "DTSTART;TZID=Europe/Paris:20260105T190000",
        "DTEND:20260105T200000Z",
        "RECURRENCE-ID;VALUE=DATE:20260105",
        "DURATION:PT1H",
        "X-A:1",
    )

    assert str(when_in(found, "DTSTART")) == "2026-01-05 19:00:00+01:00"
    assert when_in(found, "RECURRENCE-ID") == date(2026, 1, 5)
    assert when_in(found, "DURATION") is None
    assert when_in(found, "X-A") is None
    assert when_in(found, "LAST-MODIFIED") is None
    assert not is_utc(datetime(2026, 1, 5))
    assert [
        is_utc(w) for n in ("DTSTART", "DTEND", "RECURRENCE-ID") if (w := when_in(found, n))
    ] == [
        False,
        True,
        False,
    ]
    assert is_utc(datetime(2026, 1, 5, tzinfo=UTC))


def test_lists_of_dates_come_in_several_lines_and_as_periods():
    found = event(
        "RDATE:20260105T190000,20260106T190000",
        "RDATE;VALUE=DATE:20260107",
        "RDATE;VALUE=PERIOD:20260108T190000Z/PT1H",
    )

    assert [str(d) for d in dates_in(found, "RDATE")] == [
        "2026-01-05 19:00:00",
        "2026-01-06 19:00:00",
        "2026-01-07",
        "2026-01-08 19:00:00+00:00",
    ]
    assert dates_in(found, "EXDATE") == []


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("DTSTART;TZID=Europe/Paris:20260105T190000", "Europe/Paris"),
        ('DTSTART;X-ZONE="Nowhere Time":20260105T190000', "Nowhere Time"),
        ("DTSTART:20260105T190000", ""),
    ],
)
def test_a_start_states_its_zone_known_or_not(line, stated):
    assert zone_stated(event(line)) == stated
