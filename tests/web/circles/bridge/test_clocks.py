"""Hours of a week by somebody's clock, and by the world's."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.web.circles.bridge import clocks

MONDAY = date(2026, 11, 30)
ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "UTC")


def test_week_after_a_sunday_begins_the_next_day() -> None:
    assert clocks.monday_after(datetime(2026, 11, 29, 6, tzinfo=UTC)) == MONDAY


def test_week_after_a_monday_begins_a_week_later() -> None:
    assert clocks.monday_after(datetime(2026, 11, 30, 6, tzinfo=UTC)) == date(2026, 12, 7)


def test_clock_ahead_moves_hours_back() -> None:
    # Auckland keeps UTC+13 in November: Monday 19:00 there is Monday 6:00.
    assert clocks.in_utc(frozenset({38}), "Pacific/Auckland", MONDAY) == {12}


def test_clock_behind_moves_hours_on_and_round_the_week() -> None:
    # New York keeps UTC-5: Sunday 21:00 there is Monday 2:00.
    assert clocks.in_utc(frozenset({6 * 48 + 42}), "America/New_York", MONDAY) == {4}


def test_clock_off_by_a_quarter_keeps_what_is_wholly_free() -> None:
    # Kathmandu keeps UTC+5:45: from 18:00 to 19:00 there is from 12:15 to 13:15.
    assert clocks.in_utc(frozenset({36, 37}), "Asia/Kathmandu", MONDAY) == {25}


@pytest.mark.parametrize("zone", ZONES)
def test_hour_in_a_zone_is_found_again(zone: str) -> None:
    for half in (0, 1, 47, 48, 200, 335):
        weekday, starts = clocks.local_start(half, zone, MONDAY)

        assert clocks.half_of(weekday, starts, zone, MONDAY) == half


@given(half=st.integers(0, 335), zone=st.sampled_from(ZONES))
def test_start_is_within_what_was_free(half: int, zone: str) -> None:
    """Whoever is free in a half-hour of UTC is so by their own clock when it begins."""
    weekday, starts = clocks.local_start(half, zone, MONDAY)
    first = weekday * 48 + starts.hour * 2 + starts.minute // 30

    free = clocks.in_utc(frozenset({first, (first + 1) % 336}), zone, MONDAY)

    assert half in free


def test_hour_stays_the_same_by_the_clock_when_clocks_change() -> None:
    summer = clocks.half_of(3, time(19), "Europe/London", date(2026, 7, 6))
    winter = clocks.half_of(3, time(19), "Europe/London", MONDAY)

    assert (summer, winter) == (3 * 48 + 36, 3 * 48 + 38)


def test_moment_of_a_half_hour() -> None:
    assert clocks.start_in(MONDAY, 49) == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
