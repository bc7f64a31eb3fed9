from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kith.web.gatherings.bridge import hours

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
# A Tuesday.
EVENING = datetime(2026, 11, 24, 18, 30, tzinfo=LONDON)


def said(stretches):
    """Return (from, to) as short texts in UTC."""
    return [(f"{a:%d %H:%M}", f"{b:%d %H:%M}") for a, b in stretches]


def days(whens, now):
    return [f"{day:%a %d}" for day in hours.days_of(whens, now)]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 24, 4, 0), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 3, 59), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 0, 0), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 23, 59), date(2026, 11, 24)),
        (datetime(2026, 1, 1, 1, 0), date(2025, 12, 31)),
    ],
)
def test_night_belongs_to_the_day_it_began_on(now, day):
    assert hours.day_of(now.replace(tzinfo=LONDON)) == day


@pytest.mark.parametrize(
    ("clock", "is_evening"), [("15:59", False), ("16:00", True), ("23:59", True), ("03:59", True), ("04:00", False)]
)  # fmt: skip
def test_evening_is_from_four_to_four(clock, is_evening):
    assert hours.is_evening(datetime.fromisoformat(f"2026-11-24T{clock}")) == is_evening


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (["tonight"], ["Tue 24"]),
        (["tomorrow"], ["Wed 25"]),
        (["weekend"], ["Sat 28", "Sun 29"]),
        (["tue"], ["Tue 24"]),
        (["mon"], ["Mon 30"]),
        (["sun", "mon"], ["Sun 29", "Mon 30"]),
        (["tomorrow", "tonight", "wed"], ["Tue 24", "Wed 25"]),
        (["2026-11-28"], ["Sat 28"]),
        (["now"], []),
        ([], []),
    ],
)
def test_words_for_days_mean_days(whens, expected):
    assert days(whens, EVENING) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 27, 12, 0), ["Sat 28", "Sun 29"]),
        (datetime(2026, 11, 28, 12, 0), ["Sat 28", "Sun 29"]),
        (datetime(2026, 11, 29, 2, 0), ["Sat 28", "Sun 29"]),
        (datetime(2026, 11, 29, 12, 0), ["Sun 29"]),
        (datetime(2026, 11, 30, 2, 0), ["Sun 29"]),
        (datetime(2026, 11, 30, 12, 0), ["Sat 05", "Sun 06"]),
    ],
)
def test_weekend_is_this_one_as_long_as_any_of_it_is_left(now, expected):
    assert days(["weekend"], now.replace(tzinfo=LONDON)) == expected


@pytest.mark.parametrize(
    ("whens", "parts", "expected"),
    [
        (["now"], [], [("24 18:30", "24 18:31")]),
        (["tonight"], [], [("24 18:30", "25 04:00")]),
        (["tomorrow"], [], [("25 04:00", "26 04:00")]),
        (["tonight"], ["morning"], []),
        (["tonight"], ["evening"], [("24 18:30", "24 21:00")]),
        (["tonight"], ["night"], [("24 21:00", "25 04:00")]),
        (["tomorrow"], ["morning", "night"], [("25 04:00", "25 12:00"), ("25 21:00", "26 04:00")]),
        (["weekend"], ["afternoon"], [("28 12:00", "28 17:00"), ("29 12:00", "29 17:00")]),
        (["2026-11-23"], [], []),
        (["now", "tonight"], [], [("24 18:30", "24 18:31"), ("24 18:30", "25 04:00")]),
    ],
)
def test_stretches_are_what_is_left_of_the_days_meant(whens, parts, expected):
    assert said(hours.stretches(whens, parts, EVENING)) == expected


def test_past_midnight_tonight_ends_at_four():
    now = datetime(2026, 11, 25, 1, 15, tzinfo=LONDON)

    assert said(hours.stretches(["tonight"], [], now)) == [("25 01:15", "25 04:00")]
    assert said(hours.stretches(["tomorrow"], [], now)) == [("25 04:00", "26 04:00")]


# In New York clocks go forward on 8 March 2026 and back on 1 November 2026, at 2 in the morning.
@pytest.mark.parametrize(
    ("day", "length_h"), [("2026-03-07", 23), ("2026-03-08", 24), ("2026-10-31", 25), ("2026-11-01", 24)]
)  # fmt: skip
def test_day_on_which_the_clocks_change_is_an_hour_shorter_or_longer(day, length_h):
    now = datetime.fromisoformat(f"{day}T00:00").replace(hour=4, tzinfo=NEW_YORK)

    ((begin, end),) = hours.stretches(["tonight"], [], now)

    assert (end - begin).total_seconds() == length_h * 3600


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_now_is_now_in_both_of_the_hours_that_the_clocks_say_twice(fold, minute):
    now = datetime(2026, 11, 1, 1, minute, tzinfo=NEW_YORK, fold=fold)

    ((begin, end),) = hours.stretches(["now"], [], now)

    assert begin == now.astimezone(UTC)
    assert (end - begin).total_seconds() == 60


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("UTC", "UTC"),
        ("europe/london", ""),
        ("Pacific Standard Time", ""),
        ("Mars/Olympus", ""),
        ("../../etc/passwd", ""),
        ("\x00", ""),
        ("", ""),
        ("x" * 5_000, ""),
    ],
)
def test_zone_is_one_that_is_called_exactly_that(name, zone):
    assert hours.zone_named(name) == zone
