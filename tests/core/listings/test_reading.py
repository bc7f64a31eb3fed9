"""A whole feed: what it is, and one outcome for each of its records."""

import json

import pytest

from kith.core.listings import (
    FORMATS,
    ColumnMapping,
    FeedRefusedError,
    Hints,
    Outcome,
    mapping_from_toml,
    read,
)
from kith.errors import InvalidInputError

MEETING_GUIDE = {
    "name": "Sunday Serenity",
    "slug": "sunday-serenity",
    "day": 0,
    "time": "18:00",
    "formatted_address": "123 Main St, Philadelphia, PA 19106, USA",
    "types": ["O"],
}
BMLT = {
    "id_bigint": "417",
    "meeting_name": "Just for Today",
    "weekday_tinyint": "1",
    "start_time": "18:00:00",
    "location_street": "12 Oak St",
    "location_municipality": "Philadelphia",
    "location_province": "PA",
    "formats": "O",
}
TABLE = {
    "Group name": "Sunday Hope",
    "Day": "Sunday",
    "Start": "6 pm",
    "Address": "1 Elm St, Philadelphia, PA 19106, USA",
}
CSV = "\n".join((",".join(TABLE), ",".join(f'"{cell}"' for cell in TABLE.values())))
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:7
SUMMARY:Sunday Walk
DTSTART;TZID=America/New_York:20260104T180000
RRULE:FREQ=WEEKLY
LOCATION:1 River Rd\\, Philadelphia\\, PA 19106\\, USA
END:VEVENT
END:VCALENDAR
"""
SUNDAY_AT_SIX = ("FREQ=WEEKLY;BYDAY=SU", "18:00", "America/New_York")


def as_bytes(*records):
    return json.dumps(records).encode()


def bmlt_csv():
    return "\n".join((",".join(BMLT), ",".join(BMLT.values()))).encode()


def said(listing):
    schedule = listing.schedule
    return (schedule.rule, f"{schedule.start:%H:%M}", schedule.timezone)


@pytest.mark.parametrize(
    ("body", "format_", "label"),
    [
        (as_bytes(MEETING_GUIDE), "meeting-guide", "Sunday Serenity (sunday-serenity)"),
        (as_bytes(BMLT), "bmlt", "Just for Today (417)"),
        (b"callback(" + as_bytes(BMLT) + b");", "bmlt", "Just for Today (417)"),
        (bmlt_csv(), "csv", "Just for Today (417)"),
        (as_bytes(TABLE), "json-table", "Sunday Hope (record 1)"),
        (CSV.encode(), "csv", "Sunday Hope (record 1)"),
        (CSV.encode("utf-16"), "csv", "Sunday Hope (record 1)"),
        (CALENDAR.encode(), "icalendar", "Sunday Walk (7)"),
    ],
    ids=["meeting guide", "bmlt", "jsonp", "bmlt csv", "json", "csv", "utf-16", "icalendar"],
)
def test_sunday_at_six_is_sunday_at_six_in_every_format(body, format_, label):
    reading = read(body)

    (outcome,) = reading.outcomes
    (listing,) = outcome.listings
    assert reading.format == format_
    assert format_ in FORMATS
    assert reading.remarks == ()
    assert said(listing) == SUNDAY_AT_SIX
    assert outcome.record == label


@pytest.mark.parametrize(
    ("body", "format_"),
    [
        (as_bytes(MEETING_GUIDE), "meeting-guide"),
        (as_bytes(BMLT), "bmlt"),
        (as_bytes(TABLE), "json-table"),
        (CSV.encode(), "csv"),
        (CALENDAR.encode(), "icalendar"),
    ],
    ids=["meeting guide", "bmlt", "json", "csv", "icalendar"],
)
def test_a_stated_format_is_the_one_that_is_read(body, format_):
    assert read(body, format=format_).outcomes == read(body).outcomes


@pytest.mark.parametrize(
    ("body", "stated", "why"),
    [
        (as_bytes(BMLT), "icalendar", "This was to be a calendar and is JSON"),
        (as_bytes(BMLT), "csv", "This was to be a CSV table and is JSON"),
        (CSV.encode(), "bmlt", "This was to be JSON and is a CSV table"),
        (CALENDAR.encode(), "meeting-guide", "This was to be JSON and is a calendar"),
    ],
    ids=["calendar", "csv", "bmlt", "meeting guide"],
)
def test_a_feed_that_is_not_what_it_was_to_be_is_refused(body, stated, why):
    with pytest.raises(FeedRefusedError) as refused:
        read(body, format=stated)

    assert why in str(refused.value)
    assert "leave it empty" in str(refused.value)


def test_a_page_in_place_of_a_stated_format_is_called_a_page():
    with pytest.raises(FeedRefusedError, match="This is a web page"):
        read(b"<!doctype html><title>Gone</title>", format="meeting-guide")


def test_a_format_that_is_none_is_the_caller_s_mistake():
    with pytest.raises(InvalidInputError, match="format must be one of meeting-guide, bmlt"):
        read(b"[]", format="xml")


@pytest.mark.parametrize("body", [b"[]", b'{"meetings": []}'])
def test_a_feed_of_nothing_is_a_feed_of_nothing(body):
    assert read(body).outcomes == []


def test_every_record_has_an_outcome_that_its_people_would_recognize():
    records = [
        MEETING_GUIDE,
        MEETING_GUIDE | {"slug": "b", "day": 9},
        {"slug": "c", "day": 1, "time": "19:00"},
        {},
        7,
        "text\nof two lines",
        None,
        [MEETING_GUIDE],
        MEETING_GUIDE | {"name": "Line\none\x00", "slug": ""},
        MEETING_GUIDE | {"name": ["no", "text"], "slug": None},
    ]

    outcomes = read(as_bytes(*records)).outcomes

    assert [(o.record, o.reason) for o in outcomes] == [
        ("Sunday Serenity (sunday-serenity)", ""),
        ("Sunday Serenity (b)", "its day is '9', not 0 (Sunday) to 6 (Saturday)"),
        ("(c)", "has no name"),
        ("(record 4)", "has no name"),
        ("record 5", "is '7', not a record"),
        ("record 6", "is 'text of two lines', not a record"),
        ("record 7", "is 'a list', not a record"),
        ("record 8", "is 'a list', not a record"),
        ("Line one\N{REPLACEMENT CHARACTER} (record 9)", ""),
        ("no, text (record 10)", ""),
    ]


def test_a_feed_is_known_by_what_its_records_have_together():
    sparse = [{"meeting_name": "A"}, {"id_bigint": "2"}, BMLT]

    reading = read(as_bytes(*sparse))

    assert reading.format == "bmlt"
    assert [bool(o.listings) for o in reading.outcomes] == [False, False, True]


def test_a_table_in_json_may_leave_out_what_is_empty():
    sparse = {"Group name": "No address"}

    reading = read(as_bytes(sparse, TABLE))

    assert [o.record for o in reading.outcomes] == [
        "No address (record 1)",
        "Sunday Hope (record 2)",
    ]
    assert said(reading.outcomes[1].listings[0]) == SUNDAY_AT_SIX


@pytest.mark.parametrize("wrapped", [True, False])
def test_formats_of_a_server_come_with_the_meetings_or_apart(wrapped):
    table = [{"id": "9", "key_string": "O", "world_id": "W", "name_string": "", "lang": "en"}]
    record = BMLT | {"format_shared_id_list": "9"}

    if wrapped:
        reading = read(json.dumps({"meetings": [record], "formats": table}).encode())
    else:
        reading = read(as_bytes(record), formats=table)

    assert reading.outcomes[0].listings[0].audience == ("women",)


def test_formats_that_are_no_table_do_no_harm():
    reading = read(as_bytes(BMLT), formats={"error": "none today"})

    assert reading.outcomes[0].listings[0].openness == "open"


@pytest.mark.parametrize(
    ("hint", "program"), [("", "Narcotics Anonymous"), ("Nar-Anon", "Nar-Anon")]
)
def test_a_bmlt_server_is_narcotics_anonymous_unless_its_steward_knows_better(hint, program):
    (outcome,) = read(as_bytes(BMLT), hints=Hints(program=hint)).outcomes

    assert outcome.listings[0].program == program
    assert outcome.listings[0].practice == "twelve_step"


MAPPING = mapping_from_toml('[columns]\nname = "Wer"\nday = "Wann"\ntime = "Um"\naddress = "Wo"')


@pytest.mark.parametrize(
    "body",
    [
        b'Wer;Wann;Um;Wo\nHoffnung;Sonntag;18:00;"1 Elm St, Philadelphia, PA 19106, USA"\n',
        as_bytes(
            {
                "Wer": "Hoffnung",
                "Wann": "Sonntag",
                "Um": "18:00",
                "Wo": "1 Elm St, Philadelphia, PA 19106, USA",
            }
        ),
    ],
    ids=["csv", "json"],
)
def test_a_mapping_reads_what_kith_would_not_recognize(body):
    with pytest.raises(FeedRefusedError) as refused:
        read(body)
    reading = read(body, mapping=MAPPING)

    assert "It sees: Wer, Wann, Um, Wo. Give the feed a mapping of its columns." in str(
        refused.value
    )
    assert reading.remarks == ()
    assert reading.outcomes[0].record == "Hoffnung (record 1)"
    assert said(reading.outcomes[0].listings[0]) == SUNDAY_AT_SIX


def test_a_mapping_goes_before_what_a_feed_looks_like():
    mapping = ColumnMapping("ours", {"name": ["slug"], "day": ["weekday"], "key": ["key"]})

    reading = read(as_bytes(MEETING_GUIDE | {"key": "k1"}), mapping=mapping)

    assert reading.format == "json-table"
    assert reading.remarks == ("columns of the mapping that are not there: weekday",)
    assert reading.outcomes[0].record == "sunday-serenity (k1)"
    assert read(bmlt_csv(), mapping=MAPPING).outcomes[0].reason == "has no name"


def test_a_mapping_finds_the_line_of_headings_below_a_title():
    body = b'Our list,,,\n\nWer,Wann,Um,Wo\nHoffnung,Sonntag,18:00,"1 Elm St, Philadelphia, PA 19106, USA"\n'

    reading = read(body, mapping=MAPPING)

    assert reading.remarks == ("its headings are in line 3",)
    assert said(reading.outcomes[0].listings[0]) == SUNDAY_AT_SIX


def test_a_table_of_headings_only_names_what_it_sees():
    with pytest.raises(FeedRefusedError, match="It sees: none"):
        read(b"Foo,Bar\n")


def test_a_row_without_a_name_is_called_by_the_mapping_and_its_key():
    row = {
        "days": ["sundays"],
        "times": ["6:00 pm"],
        "address": "1 Elm St, Philadelphia, PA 19106, USA",
        "program": "Family and Friends",
        "audiences": [],
        "meeting_number": "91",
        "online": False,
    }

    (found, refused) = read(as_bytes(row, row | {"days": ["the"], "meeting_number": "92"})).outcomes

    assert found.record == "SMART Recovery: Family and Friends (91)"
    assert said(found.listings[0]) == SUNDAY_AT_SIX
    assert (refused.record, bool(refused.reason)) == ("(92)", True)


def test_a_broken_row_keeps_its_place_among_the_outcomes():
    reading = read((CSV + "\nOne, two, three, four, five\n" + CSV.split("\n")[1]).encode())

    assert [type(o) for o in reading.outcomes] == [Outcome] * 3
    assert [bool(o.reason) for o in reading.outcomes] == [False, True, False]
    assert reading.outcomes[1].record == "One, two, three, four, five (line 3)"


def test_remarks_on_the_bytes_and_on_the_calendar_come_together():
    body = CALENDAR.replace("Walk", "Caf\xe9").replace("END:VCALENDAR\n", "").encode("cp1252")

    reading = read(body)

    assert reading.remarks == (
        "1 places were not UTF-8 and were read as Windows-1252",
        "it has no END:VCALENDAR: it may not have come whole",
    )
    assert reading.outcomes[0].listings[0].name == "Sunday Café"


@pytest.mark.parametrize("number", range(7))
def test_the_seven_days_are_the_same_in_all_formats(number):
    names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    # 4 January 2026 is a Sunday on any printed calendar.
    dated = CALENDAR.replace("20260104", f"202601{4 + number:02d}")
    bodies = [
        as_bytes(MEETING_GUIDE | {"day": number}),
        as_bytes(BMLT | {"weekday_tinyint": str(number + 1)}),
        as_bytes(TABLE | {"Day": names[number]}),
        CSV.replace('Sunday"', names[number] + '"', 1).encode(),
        dated.encode(),
    ]

    rules = {read(body).outcomes[0].listings[0].schedule.rule for body in bodies}

    assert rules == {f"FREQ=WEEKLY;BYDAY={names[number][:2].upper()}"}
