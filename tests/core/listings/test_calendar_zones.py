"""Zones of calendars, however they are called."""

from zoneinfo import ZoneInfo

import pytest

from kith.core.listings.calendar_zones import with_known_zones, zone_named, zones_described

# As Outlook writes it: rules since 1601, and not a name that anybody else knows.
AMERICAN = """BEGIN:STANDARD
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
END:DAYLIGHT"""
SYDNEY = """BEGIN:STANDARD
TZOFFSETFROM:+1100
TZOFFSETTO:+1000
TZNAME;LANGUAGE=en:AEST
DTSTART:19700405T030000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
TZOFFSETFROM:+1000
TZOFFSETTO:+1100
DTSTART:19701004T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU
END:DAYLIGHT"""
INDIAN = """BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD"""


def vtimezone(clocks, name="TZID:Customized Time Zone", more=""):
    return f"BEGIN:VTIMEZONE\n{name}\n{more}{clocks}\nEND:VTIMEZONE\n"


@pytest.mark.parametrize(
    ("stated", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/America/New_York", "America/New_York"),
        ("/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris"),
        ("/citadel.org/20210210_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("Customized Time Zone", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_zone_is_known_by_its_name(stated, zone):
    assert zone_named(stated) == zone


@pytest.mark.parametrize(
    ("clocks", "header", "zone"),
    [
        (AMERICAN, "", "America/New_York"),
        (AMERICAN, "America/Toronto", "America/Toronto"),
        (AMERICAN, "Europe/Berlin", "America/New_York"),
        (SYDNEY, "", "Australia/Sydney"),
        (INDIAN, "", "Asia/Kolkata"),
    ],
)
def test_a_zone_that_is_only_described_is_one_with_the_same_clocks(clocks, header, zone):
    assert zones_described(vtimezone(clocks), header) == {"Customized Time Zone": zone}


def test_a_zone_that_is_described_and_named_has_its_name():
    text = vtimezone(AMERICAN, 'TZID:"Ours"', more="X-LIC-LOCATION:Europe/Rome\n") + vtimezone(
        INDIAN, "TZID:Pacific Standard Time"
    )

    assert zones_described(text, "") == {
        "Ours": "Europe/Rome",
        "Pacific Standard Time": "America/Los_Angeles",
    }


def test_what_else_stands_in_a_description_does_not_matter():
    more = "X-LIC-LOCATION:Nowhere\nX-MICROSOFT-CDO-TZID:10\nTZURL:http://example.org/x\n"

    assert zones_described(vtimezone(AMERICAN, more=more), "") == {
        "Customized Time Zone": "America/New_York"
    }


@pytest.mark.parametrize(
    "clocks",
    [
        "",
        "BEGIN:STANDARD\nEND:STANDARD",
        "BEGIN:STANDARD\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD",
        INDIAN.replace("+0530", "+0533"),
        INDIAN.replace("+0530", "half past five"),
        INDIAN.replace("+0530", "+9930"),
        INDIAN.replace("16010101T000000", "never"),
        INDIAN.replace("END:STANDARD", ""),
        AMERICAN.replace("END:DAYLIGHT", "END:STANDARD"),
    ],
)
def test_a_description_that_tells_nothing_is_left_alone(clocks):
    assert zones_described(vtimezone(clocks), "Europe/Rome") == {}


def test_a_rule_that_would_take_for_ever_is_not_followed():
    endless = AMERICAN.replace("FREQ=YEARLY", "FREQ=SECONDLY")

    assert zones_described(vtimezone(endless), "") == {}


def test_a_description_without_a_name_is_of_no_use():
    assert zones_described(vtimezone(AMERICAN, "X-NAME:Ours"), "") == {}


def test_dates_get_the_zone_s_own_name():
    text = (
        "DTSTART;TZID=Customized Time Zone:20260105T190000\n"
        'EXDATE;VALUE=DATE-TIME;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260105T190000\n'
        "DTEND;TZID=/x/Europe/Paris:20260105T190000\n"
        "RECURRENCE-ID;TZID=Nowhere Time:20260105T190000\n"
        "DESCRIPTION:;TZID=Nowhere Time:\n"
        "DTSTART:20260105T190000\n"
    )

    assert with_known_zones(text, {"Customized Time Zone": "Asia/Tehran"}) == (
        "DTSTART;TZID=Asia/Tehran:20260105T190000\n"
        "EXDATE;VALUE=DATE-TIME;TZID=America/New_York:20260105T190000\n"
        "DTEND;TZID=Europe/Paris:20260105T190000\n"
        'RECURRENCE-ID;X-ZONE="Nowhere Time":20260105T190000\n'
        "DESCRIPTION:;TZID=Nowhere Time:\n"
        "DTSTART:20260105T190000\n"
    )


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Sydney", "Asia/Kolkata", "Europe/Rome"]
)
def test_what_is_given_back_is_a_zone_there_is(zone):
    assert ZoneInfo(zone_named(zone)).key == zone
