"""When somebody is awake, by what they said of their quiet hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from kith.web.notices import queries as notices
from kith.web.people.models import Person

_DAY_MINUTES: Final = 24 * 60
# A window is cut into this many minutes at the least, or it is none.
_LEAST_MINUTES: Final = 15
Window = tuple[time, time]


def clock_of(person: Person) -> ZoneInfo:
    """Return the clock that `person` lives by."""
    return notices.pace_of(person).clock


def day_of(person: Person, *, at: datetime) -> tuple[datetime, datetime]:
    """Return when the day of `person` began and ends, of which `at` is a moment."""
    return notices.pace_of(person).day_of(at)


def waking_windows(person: Person, windows: Sequence[Window], *, a_day: int) -> list[Window]:
    """Return `windows` without the quiet hours of `person`; their waking hours cut up, if there are none.

    There are `a_day` at most, and never one that reaches into the quiet hours.
    """
    pace = notices.pace_of(person)
    awake = _awake(_minute(pace.quiet_from), _minute(pace.quiet_until))
    asked = [(_minute(begins), _minute(ends)) for begins, ends in windows]
    cut = asked or _in_parts(max(awake, key=lambda span: span[1] - span[0]), a_day)
    found = [_longest(span, awake) for span in cut]
    kept = [span for span in found if span[1] - span[0] >= _LEAST_MINUTES]
    return [(_time(begins), _time(ends)) for begins, ends in kept[:a_day]]


def is_among(window: Window, others: Iterable[Window]) -> bool:
    """Return whether `window` shares any minute with one of `others`."""
    return any(window[0] < ends and begins < window[1] for begins, ends in others)


def led_by(window: Window, lead: timedelta) -> tuple[Window, timedelta]:
    """Return the later part of `window`, and how long before a moment of it the dice are thrown.

    That is `lead`, or half the window where it is too short for that: both moments lie in it.
    """
    begins, ends = (_minute(end) for end in window)
    minutes = min(lead // timedelta(minutes=1), (ends - begins) // 2)
    return (_time(begins + minutes), window[1]), timedelta(minutes=minutes)


def _awake(quiet_from: int, quiet_until: int) -> list[tuple[int, int]]:
    if quiet_from == quiet_until:
        return [(0, _DAY_MINUTES)]
    if quiet_from > quiet_until:
        return [(quiet_until, quiet_from)]
    return [(0, quiet_from), (quiet_until, _DAY_MINUTES)]


def _in_parts(span: tuple[int, int], parts: int) -> list[tuple[int, int]]:
    begins, ends = span
    ticks = [begins + (ends - begins) * n // parts for n in range(parts + 1)]
    return list(pairwise(ticks))


def _longest(span: tuple[int, int], awake: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the longest part of `span` in which they are awake; (0, 0) if there is none."""
    parts = [(max(span[0], begins), min(span[1], ends)) for begins, ends in awake]
    begins, ends = max(parts, key=lambda part: part[1] - part[0])
    return (begins, ends) if ends > begins else (0, 0)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _time(minute: int) -> time:
    return time(*divmod(min(minute, _DAY_MINUTES - 1), 60))
