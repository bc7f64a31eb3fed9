"""A week as 336 half-hours: the first begins on Monday at midnight, by the clock of whoever said it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

PER_DAY: Final = 48
PER_WEEK: Final = 7 * PER_DAY
# Part of a day: its words, and the half-hours of the day it begins and ends with. A night belongs
# to the evening before it, and ends on the next day.
PARTS: Final = {
    "early": (_("Early"), 10, 16),
    "morning": (_("Morning"), 16, 24),
    "midday": (_("Midday"), 24, 28),
    "afternoon": (_("Afternoon"), 28, 36),
    "evening": (_("Evening"), 36, 44),
    "night": (_("Night"), 44, 58),
}
_BITS: Final = 64
_HEX_DIGITS: Final = PER_WEEK // 4
_PACKED: Final = re.compile(f"[0-9a-f]{{{_HEX_DIGITS}}}")

Week = frozenset[int]


def part_of_day(day: int, part: str) -> Week:
    """Return the half-hours of one part of one day, where Monday is 0."""
    _words, begins, ends = PARTS[part]
    return frozenset((day * PER_DAY + half) % PER_WEEK for half in range(begins, ends))


def packed(week: Iterable[int]) -> str:
    """Return `week` as hexadecimal digits, the first half-hour in the lowest bit."""
    return f"{sum(1 << half for half in set(week)):0{_HEX_DIGITS}x}"


def unpacked(digits: str) -> Week:
    """Return the half-hours that `packed` wrote down.

    Raises:
        ValueError: If these are not such digits.
    """
    if not _PACKED.fullmatch(digits):
        raise ValueError("not a week")
    bits = int(digits, 16)
    return frozenset(half for half in range(PER_WEEK) if bits >> half & 1)


def in_words_of_64(week: Iterable[int]) -> tuple[int, ...]:
    """Return `week` as six numbers of 64 bits: half-hour h is bit h % 64 of number h // 64."""
    bits = sum(1 << half for half in set(week))
    return tuple(bits >> shift & (1 << _BITS) - 1 for shift in range(0, PER_WEEK, _BITS))


def said_clock(half: int) -> str:
    """Return when a half-hour begins, as people say it: 6 pm; 18:00."""
    hour, past = divmod(half % PER_DAY, 2)
    if not (get_language() or "en").startswith("en"):
        return f"{hour}:{past * 30:02d}"
    if half % PER_DAY == 0:
        return pgettext("12 o'clock at night", "midnight")
    if half % PER_DAY == PER_DAY // 2:
        return pgettext("12 o'clock at midday", "noon")
    minutes = ":30" if past else ""
    return f"{hour % 12 or 12}{minutes} {'am' if hour < 12 else 'pm'}"


def said_week(week: Week) -> str:
    """Return `week` in words: Monday 6 pm to 9 pm, Friday 10 pm to 1 am."""
    stretches = [
        gettext("%(day)s %(begins)s to %(ends)s")
        % {
            "day": WEEKDAYS[begins // PER_DAY],
            "begins": said_clock(begins),
            "ends": said_clock(ends),
        }
        for begins, ends in _stretches(week)
    ]
    return gettext("at any hour") if len(week) == PER_WEEK else ", ".join(stretches)


def _stretches(week: Week) -> Iterator[tuple[int, int]]:
    """Yield where each unbroken stretch begins and where it is over, across midnight and Sunday."""
    for begins in sorted(week):
        if (begins - 1) % PER_WEEK in week:
            continue
        ends = begins
        while ends % PER_WEEK in week and ends - begins < PER_WEEK:
            ends += 1
        yield begins, ends
