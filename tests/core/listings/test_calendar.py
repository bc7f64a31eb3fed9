"""Calendars: one record for each thing that people do together."""

from datetime import UTC, date, datetime, time

import orjson
import pytest

from kith.core.listings import Hints, read
from kith.core.listings.calendar import drafts_of
from kith.core.listings.draft import Draft
from kith.core.schedule import occurrences

HALL = "LOCATION:Hall\\, 12 Oak St\\, Philadelphia\\, PA 19106\\, USA"


def event(uid, *lines):
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:Walk {uid}", *lines, "END:VEVENT"))


def calendar(*events, header=""):
    return "\n".join(("BEGIN:VCALENDAR", header, *events, "END:VCALENDAR", ""))


def outcomes(*events, header=""):
    return read(calendar(*events, header=header).encode()).outcomes


def only(*events, header=""):
    (outcome,) = outcomes(*events, header=header)
    assert outcome.reason == ""
    (listing,) = outcome.listings
    return listing


def moments(listing, since, until):
    """Return the starts, in UTC, between two days."""
    found = occurrences(listing.schedule, *(datetime(*d, tzinfo=UTC) for d in (since, until)))
    return [f"{o.starts:%Y-%m-%d %H:%M}" for o in found if not (o.dated and o.dated.called_off)]


WEEKLY = (
    "DTSTART;TZID=America/New_York:20260302T190000",
    "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY",
    HALL,
)


def test_a_whole_event_is_taken_as_it_stands():
    (draft,), remarks = drafts_of(
        calendar(
            event(
                "7@x",
                *WEEKLY,
                "DESCRIPTION:Bring water\\, please.\\nAll welcome",
                "URL:https://example.org/walk",
                "CATEGORIES:Open,Women",
                "CATEGORIES:Outdoors,Flummery",
                "GEO:39.95;-75.15",
                "LAST-MODIFIED:20260101T120000Z",
                "DTSTAMP:20260102T120000Z",
            )
        )
    )

    assert remarks == ()
    assert isinstance(draft, Draft)
    assert (draft.record, draft.key, draft.name) == ("Walk 7@x (7@x)", "7@x", "Walk 7@x")
    assert (draft.zone, draft.zone_is_exact) == ("America/New_York", True)
    assert (draft.slots[0].rule, draft.slots[0].start) == ("FREQ=WEEKLY", "19:00")
    assert (draft.place.name, draft.place.latitude) == ("Hall", 39.95)
    assert draft.about == "Bring water, please.\nAll welcome"
    assert draft.url == "https://example.org/walk"
    assert draft.codes == ["Open", "Women", "Outdoors", "Flummery"]
    assert draft.meanings == ["openness:open", "audience:women", "access:outdoors"]
    assert draft.updated == datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert draft.repairs == []


def test_seven_in_the_evening_stays_seven_when_the_clocks_change():
    # In America they change on 8 March 2026, in Europe on the 29th.
    assert moments(only(event("1", *WEEKLY)), (2026, 3, 1), (2026, 4, 1)) == [
        "2026-03-03 00:00",
        "2026-03-09 23:00",
        "2026-03-16 23:00",
        "2026-03-23 23:00",
        "2026-03-30 23:00",
    ]


CUSTOM = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("start", "header"),
    [
        ("DTSTART;TZID=America/New_York:20260302T190000", ""),
        ("DTSTART;TZID=Eastern Standard Time:20260302T190000", ""),
        ('DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260302T190000', ""),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York:20260302T190000", ""),
        ("DTSTART;TZID=Customized Time Zone:20260302T190000", CUSTOM),
        ("DTSTART:20260302T190000", "X-WR-TIMEZONE:America/New_York"),
        # Nothing says the zone; the place is in one.
        ("DTSTART:20260302T190000", ""),
    ],
)
def test_a_zone_may_be_named_in_many_ways(start, header):
    listing = only(event("1", start, *WEEKLY[1:]), header=header)

    assert listing.schedule.timezone == "America/New_York"
    assert moments(listing, (2026, 3, 1), (2026, 3, 12)) == ["2026-03-03 00:00", "2026-03-09 23:00"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        # Midnight UTC on the 17th is eight in the evening of Monday the 16th in New York.
        ("UNTIL=20260317T000000Z", date(2026, 3, 16)),
        ("UNTIL=20260316T225900Z", date(2026, 3, 15)),
        ("UNTIL=20260316", date(2026, 3, 16)),
        ("COUNT=3", date(2026, 3, 16)),
    ],
)
def test_a_series_ends_with_until_and_count(until, last):
    listing = only(event("1", WEEKLY[0], HALL, f"RRULE:FREQ=WEEKLY;{until}"))

    assert listing.schedule.rule == f"FREQ=WEEKLY;UNTIL={last:%Y%m%d};BYDAY=MO"
    assert moments(listing, (2026, 3, 20), (2026, 5, 1)) == []


def test_a_moment_in_utc_is_shown_where_it_is():
    listing = only(event("1", "DTSTART:20260303T000000Z", HALL))

    assert moments(listing, (2026, 3, 1), (2026, 4, 1)) == ["2026-03-03 00:00"]
    assert listing.schedule.timezone == "America/New_York"
    assert listing.schedule.dated[0].starts == datetime(2026, 3, 2, 19)


def test_a_moment_in_utc_is_shown_in_the_calendar_s_zone():
    link = "LOCATION:https://zoom.us/j/123456789"
    header = "X-WR-TIMEZONE:Asia/Tokyo"

    listing = only(event("1", "DTSTART:20260302T100000Z", link), header=header)

    assert moments(listing, (2026, 3, 1), (2026, 4, 1)) == ["2026-03-02 10:00"]
    assert listing.schedule.start == time(19)


def test_moved_and_called_off_dates_belong_to_their_series():
    zone = "TZID=America/New_York"
    listing = only(
        event(
            "1", f"RECURRENCE-ID;{zone}:20260309T190000", f"DTSTART;{zone}:20260310T200000", HALL
        ),
        event("1", *WEEKLY, f"EXDATE;{zone}:20260316T190000"),
        event("1", f"RECURRENCE-ID;{zone}:20260323T190000", "STATUS:CANCELLED", HALL),
    )

    assert moments(listing, (2026, 3, 1), (2026, 4, 1)) == [
        "2026-03-03 00:00",
        "2026-03-11 00:00",
        "2026-03-30 23:00",
    ]
    assert [d.called_off for d in listing.schedule.dated] == [False, True]


def test_of_several_versions_the_latest_counts():
    old = event("1", *WEEKLY, "SEQUENCE:1")
    new = event("1", *WEEKLY, "SEQUENCE:2").replace("Walk 1", "Run 1")

    assert [only(*both).name for both in ((old, new), (new, old))] == ["Run 1", "Run 1"]


def test_two_copies_of_one_event_are_one():
    assert len(outcomes(event("1", *WEEKLY), event("1", *WEEKLY))) == 1


def test_different_events_of_one_uid_are_each_a_record():
    changed = "RECURRENCE-ID;TZID=America/New_York:20260309T190000"
    found = outcomes(
        event("1", "DTSTART;TZID=America/New_York:20260304T190000", HALL),
        event("1", *WEEKLY),
        event("1", changed, "STATUS:CANCELLED"),
        event("1", "DTSTART;TZID=America/New_York:20260305T190000", HALL, "SEQUENCE:junk"),
    )

    keys = [listing.key for outcome in found for listing in outcome.listings]
    assert len(found) == 3
    assert len(set(keys)) == 3
    assert [len(o.listings[0].schedule.dated) for o in found] == [1, 1, 1]
    assert found[1].listings[0].schedule.dated[0].called_off


def test_events_without_a_uid_are_each_a_record():
    bare = "\n".join(("BEGIN:VEVENT", "SUMMARY:Walk", *WEEKLY, "END:VEVENT"))
    found = outcomes(bare, bare.replace("Walk", "Run"), bare)

    assert [o.record for o in found] == ["Walk (event 1)", "Run (event 2)", "Walk (event 3)"]
    assert len({listing.key for o in found for listing in o.listings}) == 3


def test_changed_dates_without_their_series_are_all_there_is():
    zone = "TZID=America/New_York"
    listing = only(
        event(
            "1", f"RECURRENCE-ID;{zone}:20260309T190000", f"DTSTART;{zone}:20260310T200000", HALL
        ),
        event(
            "1", f"RECURRENCE-ID;{zone}:20260316T190000", f"DTSTART;{zone}:20260316T190000", HALL
        ),
        event("1", f"RECURRENCE-ID;{zone}:20260323T190000", "STATUS:CANCELLED", HALL),
    )

    assert listing.schedule.rule == ""
    assert moments(listing, (2026, 3, 1), (2026, 4, 1)) == ["2026-03-11 00:00", "2026-03-16 23:00"]


def test_changed_dates_that_were_all_called_off_are_nothing():
    (outcome,) = outcomes(
        event("1", "RECURRENCE-ID:20260309T190000", "DTSTART:20260309T190000", "STATUS:CANCELLED")
    )

    assert outcome.reason == "its calendar has it cancelled"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([*WEEKLY, "CLASS:PRIVATE"], "its calendar marks it private"),
        ([*WEEKLY, "CLASS:CONFIDENTIAL"], "its calendar marks it private"),
        ([*WEEKLY, "STATUS:CANCELLED"], "its calendar has it cancelled"),
        ([HALL], "has no start that can be read"),
        (["DTSTART;TZID=Asia/Tokyo:00010101T000000", HALL], "starts in the year 1: is that a mistake?"),
        (["DTSTART:99991231T235900Z", HALL], "starts in the year 9999: is that a mistake?"),
        (["DTSTART:20260231T190000", HALL], "has no start that can be read"),
        (["DTSTART:17000101T190000", "RRULE:FREQ=DAILY", HALL], "starts in the year 1700: is that a mistake?"),
        ([*WEEKLY[:2], "RRULE:FREQ=HOURLY", HALL], "a rule repeats daily, weekly, monthly or yearly, got 'HOURLY'"),
        (["DTSTART:20260302T190000"], "gives no address, no coordinates and no link: nobody could get there"),
    ],
)  # fmt: skip
def test_an_event_that_can_be_no_gathering_is_refused_alone(lines, reason):
    good, bad = outcomes(event("1", *WEEKLY), event("2", *lines))

    assert good.reason == ""
    assert (bad.record, bad.reason) == ("Walk 2 (2)", reason)


def test_broken_lines_cost_themselves_only():
    (outcome,) = outcomes(
        event("1", *WEEKLY, "this is no property", "GEO:here and there", "ATTENDEE;BAD PARAM:x")
    )

    assert outcome.listings[0].schedule.start == time(19)
    assert [r.field for r in outcome.repairs] == ["calendar", "GEO", "calendar"]
    assert all(r.why.startswith("left out: ") for r in outcome.repairs)


def test_an_event_that_is_cut_off_is_refused_and_the_calendar_says_so():
    body = calendar(event("1", *WEEKLY), event("2", *WEEKLY)).partition(
        "RRULE:FREQ=WEEKLY\nLOCATION"
    )
    twice = body[0] + body[1] + body[2].rpartition("RRULE")[0]

    reading = read(twice.encode())

    assert [(o.record, o.reason) for o in reading.outcomes] == [
        ("Walk 1 (1)", ""),
        ("Walk 2 (2)", "breaks off before its END:VEVENT: the file has not come whole"),
    ]
    assert reading.remarks == ("it has no END:VCALENDAR: it may not have come whole",)


def test_nothing_of_an_event_s_people_is_read():
    listing = only(
        event(
            "1",
            *WEEKLY,
            "ORGANIZER;CN=Jane Roe:mailto:jane@example.org",
            "ATTENDEE;CN=John Doe:mailto:john@example.org",
            "CONTACT:Jane Roe\\, +1 215 555 0123",
        )
    )

    said = repr(listing)
    assert not any(word in said for word in ("Roe", "Doe", "example.org", "555"))


def own(*, is_escaped, **values):
    text = orjson.dumps(values).decode()
    if is_escaped:
        text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return f"X-KITH:{text}"


@pytest.mark.parametrize("is_escaped", [True, False])
def test_what_kith_wrote_into_an_event_speaks_for_it(is_escaped):
    listing = only(
        event(
            "1",
            *WEEKLY,
            own(
                is_escaped=is_escaped,
                key="walk",
                about='Slow, and "easy";\nno rush.',
                join_url="https://zoom.us/j/1",
                mode="hybrid",
                schedule={
                    "timezone": "Europe/Paris",
                    "rule": "FREQ=WEEKLY;BYDAY=TU",
                    "start": "20:00",
                },
                venues=[
                    {"name": "Salle", "city": "Paris", "country": "FR", "address": "1 Rue, Paris"}
                ],
            ),
        )
    )

    assert (listing.key, listing.about, listing.mode) == (
        "walk",
        'Slow, and "easy";\nno rush.',
        "hybrid",
    )
    assert listing.join_url == "https://zoom.us/j/1"
    assert (listing.schedule.rule, listing.schedule.start) == ("FREQ=WEEKLY;BYDAY=TU", time(20))


@pytest.mark.parametrize("line", ["X-KITH:not json", "X-KITH:[1]", "X-KITH:"])
def test_what_only_looks_like_kith_s_is_passed_over(line):
    assert only(event("1", *WEEKLY, line)).key == "1"


def test_what_kith_wrote_and_somebody_damaged_is_refused():
    (outcome,) = outcomes(event("1", *WEEKLY, 'X-KITH:{"mode": "online"}'))

    assert outcome.reason.startswith("its kith extension is damaged")


def test_hints_of_a_steward_hold_for_calendars_too():
    body = calendar(event("1", "DTSTART:20260302T190000", "LOCATION:https://zoom.us/j/123456789"))

    (refused,) = read(body.encode()).outcomes
    (accepted,) = read(body.encode(), hints=Hints(timezone="Europe/Oslo")).outcomes

    assert "time zone" in refused.reason
    assert accepted.listings[0].schedule.timezone == "Europe/Oslo"
