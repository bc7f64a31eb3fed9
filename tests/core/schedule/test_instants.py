from datetime import UTC, date, datetime, time, timedelta

import pytest

from kith.core.schedule import Dated, Schedule, instant, occurrences, starts


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "at", "zone", "moment"),
    [
        # The hour that clocks skip is read with the offset before it (RFC 5545, 3.3.5).
        (date(2026, 3, 29), time(1, 30), "Europe/London", utc(2026, 3, 29, 1, 30)),
        (date(2026, 3, 8), time(2, 30), "America/New_York", utc(2026, 3, 8, 7, 30)),
        # The hour that comes twice means the first.
        (date(2026, 10, 25), time(1, 30), "Europe/London", utc(2026, 10, 25, 0, 30)),
        (date(2026, 11, 1), time(1, 30), "America/New_York", utc(2026, 11, 1, 5, 30)),
        # In the south summer is in January; Lord Howe moves by half an hour; Phoenix never.
        (date(2026, 1, 15), time(19), "Pacific/Auckland", utc(2026, 1, 15, 6)),
        (date(2026, 7, 15), time(19), "Pacific/Auckland", utc(2026, 7, 15, 7)),
        (date(2026, 1, 15), time(19), "Australia/Lord_Howe", utc(2026, 1, 15, 8)),
        (date(2026, 7, 15), time(19), "Australia/Lord_Howe", utc(2026, 7, 15, 8, 30)),
        (date(2026, 1, 15), time(19), "America/Phoenix", utc(2026, 1, 16, 2)),
        (date(2026, 7, 15), time(19), "America/Phoenix", utc(2026, 7, 16, 2)),
    ],
)
def test_local_time_is_the_right_instant(on, at, zone, moment):
    assert instant(on, at, zone) == moment


def test_hour_on_the_clock_stays_when_clocks_change():
    span = (date(2026, 3, 22), date(2026, 4, 5))

    found = starts("FREQ=WEEKLY;BYDAY=SU", None, time(19), "Europe/London", span)

    said = [f"{datetime.fromtimestamp(m * 60, UTC):%d %b %H:%M}" for m in found]
    assert said == ["22 Mar 19:00", "29 Mar 18:00", "05 Apr 18:00"]


def test_meeting_that_began_before_midnight_is_still_on_after_it():
    late = Schedule("UTC", time(23), 120, "FREQ=WEEKLY;BYDAY=MO")

    found = occurrences(late, utc(2026, 1, 6, 0, 30), utc(2026, 1, 6, 0, 31))

    assert [(o.starts, o.ends, o.on) for o in found] == [
        (utc(2026, 1, 5, 23), utc(2026, 1, 6, 1), date(2026, 1, 5))
    ]


def test_length_nobody_gave_is_an_hour():
    plain = Schedule("UTC", time(19), None, "FREQ=DAILY")

    (found,) = occurrences(plain, utc(2026, 1, 5, 12), utc(2026, 1, 6))

    assert found.ends - found.starts == timedelta(hours=1)


def test_no_time_is_on_at_no_time():
    assert occurrences(Schedule("UTC"), utc(2026, 1, 1), utc(2027, 1, 1)) == []
    rule_alone = Schedule("UTC", rule="FREQ=DAILY")
    assert occurrences(rule_alone, utc(2026, 1, 1), utc(2027, 1, 1)) == []


def test_dates_off_moved_added_and_called_off():
    weekly = Schedule(
        "Europe/London",
        time(19),
        90,
        "FREQ=WEEKLY;BYDAY=MO",
        except_on=(date(2026, 1, 12),),
        dated=(
            Dated(datetime(2026, 1, 20, 20), "Europe/London", replaces=date(2026, 1, 19)),
            Dated(datetime(2026, 1, 26, 19), "Europe/London", replaces=date(2026, 1, 26), called_off=True),
            Dated(datetime(2026, 1, 31, 15), "Europe/London", 30, note="picnic"),
        ),
    )  # fmt: skip

    found = occurrences(weekly, utc(2026, 1, 5), utc(2026, 2, 3))

    said = [f"{o.starts:%d %b %H:%M}-{o.ends:%H:%M}" for o in found]
    assert said == [
        "05 Jan 19:00-20:30",
        "20 Jan 20:00-21:30",
        "26 Jan 19:00-20:30",
        "31 Jan 15:00-15:30",
        "02 Feb 19:00-20:30",
    ]
    assert [bool(o.dated and o.dated.called_off) for o in found] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert [o.on for o in found][1] == date(2026, 1, 19)


def test_tour_keeps_the_clock_of_each_city():
    tour = Schedule(
        "America/New_York",
        time(19),
        None,
        dated=(
            Dated(datetime(2026, 7, 3, 21), "America/New_York", place="boston"),
            Dated(datetime(2026, 7, 5, 21), "America/Denver", place="denver"),
            Dated(datetime(2026, 7, 8, 21), "America/Los_Angeles", place="gorge"),
        ),
    )

    found = occurrences(tour, utc(2026, 7, 1), utc(2026, 8, 1))

    assert [(f"{o.starts:%d %H:%M}", o.dated.place) for o in found] == [
        ("04 01:00", "boston"),
        ("06 03:00", "denver"),
        ("09 04:00", "gorge"),
    ]
