"""Quiet hours and days, by a person's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kith.web.notices.choices import Most
from kith.web.notices.models import Pace


def at(clock, *, zone="Europe/London", on=(2026, 11, 24), fold=0):
    hour, minute = map(int, clock.split(":"))
    return datetime(*on, hour, minute, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("clock", "is_quiet"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("07:59", True),
     ("08:00", False), ("12:00", False)],
)  # fmt: skip
def test_night_is_quiet_from_ten_until_eight(clock, is_quiet):
    assert Pace(zone="Europe/London").is_quiet(at(clock)) is is_quiet


@pytest.mark.parametrize(
    ("clock", "is_quiet"), [("08:59", False), ("09:00", True), ("16:59", True), ("17:00", False)]
)
def test_quiet_hours_may_lie_in_the_day_of_somebody_who_works_at_night(clock, is_quiet):
    pace = Pace(zone="Europe/London", quiet_from=time(9), quiet_until=time(17))

    assert pace.is_quiet(at(clock)) is is_quiet


@pytest.mark.parametrize("clock", ["00:00", "08:00", "12:00", "22:00"])
def test_equal_ends_mean_no_quiet_hours(clock):
    pace = Pace(zone="Europe/London", quiet_from=time(8), quiet_until=time(8))

    assert not pace.is_quiet(at(clock))


@pytest.mark.parametrize(
    ("zone", "is_quiet"),
    [("Europe/London", False), ("Asia/Kolkata", False), ("Pacific/Auckland", True),
     ("America/Los_Angeles", True), ("America/New_York", True)],
)  # fmt: skip
def test_quiet_hours_follow_the_clock_where_somebody_lives(zone, is_quiet):
    # Noon in London is 17:30 in Kolkata, one at night in Auckland, four in Los Angeles and
    # seven in New York.
    assert Pace(zone=zone).is_quiet(at("12:00")) is is_quiet


def test_who_said_no_zone_lives_by_the_clock_of_the_instance(settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    assert Pace().is_quiet(at("12:00"))


def test_quiet_hours_end_at_eight_on_the_days_when_clocks_change():
    pace = Pace(zone="Europe/London")
    for on in ((2026, 3, 29), (2026, 10, 25)):
        eight = at("08:00", on=on)

        assert pace.is_quiet(eight - timedelta(minutes=1))
        assert not pace.is_quiet(eight)
    # Eight is an hour earlier for the rest of the world once clocks went forward.
    assert at("08:00", on=(2026, 3, 29)).hour == 7
    assert at("08:00", on=(2026, 3, 28)).hour == 8


def test_hour_that_comes_twice_is_quiet_both_times():
    pace = Pace(zone="Europe/London", quiet_from=time(1), quiet_until=time(2))
    on = (2026, 10, 25)

    assert [pace.is_quiet(at("01:30", on=on, fold=fold)) for fold in (0, 1)] == [True, True]


def test_hour_that_is_left_out_ends_no_later_than_the_next():
    pace = Pace(zone="Europe/London", quiet_from=time(22), quiet_until=time(1, 30))
    after = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)

    assert pace.is_quiet(after - timedelta(minutes=1))
    assert after.astimezone(ZoneInfo("Europe/London")).time() == time(2)
    assert not pace.is_quiet(after)


@pytest.mark.parametrize(
    ("on", "hours"), [((2026, 11, 24), 24), ((2026, 3, 29), 23), ((2026, 10, 25), 25)]
)
def test_day_is_as_long_as_clocks_make_it(on, hours):
    begins, ends = Pace(zone="Europe/London").day_of(at("12:00", on=on))

    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)


def test_day_turns_at_midnight_where_somebody_lives():
    pace = Pace(zone="Pacific/Auckland")
    midnight = at("00:00", zone="Pacific/Auckland")

    assert pace.day_of(midnight)[0] == midnight
    assert pace.day_of(midnight - timedelta(seconds=1))[1] == midnight


@pytest.mark.parametrize(
    ("most", "allowed"), [(Most.TWO, 2), (Most.FIVE, 5), (Most.NONE, 0), (Most.ALL, 100)]
)
def test_pace_allows_so_many_a_day(most, allowed):
    pace = Pace(most=most)

    assert [pace.allows(nudges_today=number) for number in range(100)].count(True) == allowed
