"""A week of half-hours, as it is kept, counted and said."""

import pytest
from django.utils.translation import override

from kith.web.people.choices.week import (
    PARTS,
    PER_WEEK,
    in_words_of_64,
    packed,
    part_of_day,
    said_clock,
    said_week,
    unpacked,
)

MONDAY, FRIDAY, SUNDAY = 0, 4, 6
ALL = frozenset(range(PER_WEEK))


def hours(day, begins, ends):
    return frozenset(day * 48 + half for half in range(int(begins * 2), int(ends * 2)))


@pytest.mark.parametrize("week", [frozenset(), {0}, {335}, {0, 63, 64, 335}, ALL])
def test_week_comes_back_as_it_was_packed(week):
    assert unpacked(packed(week)) == week
    assert len(packed(week)) == 84


@pytest.mark.parametrize(
    "digits", ["", "0", "g" * 84, "-" + "0" * 83, "0x" + "0" * 82, "٣" * 84, "f" * 85]
)
def test_what_is_no_week_is_not_read(digits):
    with pytest.raises(ValueError, match="not a week"):
        unpacked(digits)


def test_week_is_six_numbers_of_64_bits():
    numbers = in_words_of_64({0, 63, 64, 335})

    assert numbers == (1 | 1 << 63, 1, 0, 0, 0, 1 << 15)
    assert in_words_of_64(ALL) == (2**64 - 1,) * 5 + (2**16 - 1,)


def test_parts_of_seven_days_are_the_whole_week_and_none_is_twice():
    parts = [part_of_day(day, part) for day in range(7) for part in PARTS]

    assert frozenset().union(*parts) == ALL
    assert sum(map(len, parts)) == PER_WEEK


def test_night_of_sunday_ends_on_monday():
    assert part_of_day(SUNDAY, "night") == hours(SUNDAY, 22, 24) | hours(MONDAY, 0, 5)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (frozenset(), ""),
        (hours(MONDAY, 18, 21), "Monday 6 pm to 9 pm"),
        (hours(MONDAY, 18, 21) | hours(FRIDAY, 9.5, 12), "Monday 6 pm to 9 pm, Friday 9:30 am to noon"),
        (hours(FRIDAY, 22, 25), "Friday 10 pm to 1 am"),
        (hours(SUNDAY, 23, 24) | hours(MONDAY, 0, 1), "Sunday 11 pm to 1 am"),
        (ALL, "at any hour"),
    ],
)  # fmt: skip
def test_week_is_said_in_stretches(week, said):
    assert said_week(week) == said


def test_hours_are_said_as_the_reader_says_them():
    assert [said_clock(half) for half in (0, 13, 24, 36, 47)] == [
        "midnight", "6:30 am", "noon", "6 pm", "11:30 pm",
    ]  # fmt: skip
    with override("fr"):
        assert said_clock(37) == "18:30"
