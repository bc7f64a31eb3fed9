from dataclasses import replace
from datetime import date, datetime, time

import pytest

from kith.core.listings import Listing
from kith.core.schedule import Dated, Schedule
from kith.web.gatherings.bridge.keeping import UnkeepableError, check
from kith.web.gatherings.bridge.records import text_of

WEEKLY = Schedule("Europe/London", time(19), 60, "FREQ=WEEKLY;BYDAY=TU")
PLAIN = Listing(key="a", name="A", schedule=WEEKLY, mode="online", touch="hug", openness="open")
XMAS = Dated(datetime(2026, 12, 24, 18), "Europe/London", 90)


def said(**changes):
    """Return why a listing with `changes` cannot be kept, or ""."""
    listing = replace(PLAIN, **changes)
    try:
        check(listing, text_of(listing))
    except UnkeepableError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"touch": "", "openness": ""},
        {"name": "a backslash, \\, and u0000: \\u0000"},
        {"schedule": replace(WEEKLY, duration_minutes=None)},
        {"schedule": replace(WEEKLY, dated=(XMAS, replace(XMAS, duration_minutes=None)))},
        {"schedule": replace(WEEKLY, first_on=date(1935, 6, 10))},
    ],
)
def test_listing_that_makes_sense_is_kept(changes):
    assert said(**changes) == ""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "A\x00"}, "null character"),
        ({"name": "\\\x00"}, "null character"),
        ({"codes": ("a", "\x00b")}, "null character"),
        ({"touch": "kiss"}, "touch"),
        ({"openness": "ajar"}, "openness"),
        ({"practice": "p" * 33}, "practice"),
        ({"schedule": replace(WEEKLY, timezone="Mars/Olympus")}, "no time zone 'Mars/Olympus'"),
        ({"schedule": replace(WEEKLY, timezone="")}, "no time zone ''"),
        ({"schedule": replace(WEEKLY, duration_minutes=0)}, "'0' is no number of minutes"),
        ({"schedule": replace(WEEKLY, duration_minutes=10**9)}, "no number of minutes"),
        ({"schedule": replace(WEEKLY, first_on=date(1, 1, 1))}, "first date, 0001-01-01"),
        ({"schedule": replace(WEEKLY, dated=(replace(XMAS, timezone="?"),))}, "no time zone '?'"),
        ({"schedule": replace(WEEKLY, dated=(replace(XMAS, duration_minutes=-5),))}, "minutes"),
        (
            {"schedule": replace(WEEKLY, dated=(replace(XMAS, starts=datetime(9999, 1, 1)),))},
            "9999",
        ),
    ],
)
def test_listing_that_no_database_or_clock_could_take_is_refused(changes, why):
    assert why in said(**changes)
