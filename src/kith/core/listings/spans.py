"""From when to when: "7:00 PM - 8:30 PM", "de 20h à 21h30", "7-8pm"."""

import re
from datetime import time

from kith.core.listings.clock import ClockTime, clock_time, hour_alone

_UNTIL = re.compile(
    r"\s*(?:[-–—~\uff0d\uff5e]|&#8211;|&ndash;|\b(?:to|until|till?|thru|bis|tot|al?(?!\s?\.?\s?m\b)|à|às|até|do)\b)\s*",
    re.IGNORECASE,
)
_TELLS_HALF = re.compile(r"[ap]\.?\s?m\b|\d\s*[ap]$|noon|midday|midnight", re.IGNORECASE)


def time_range(value: object) -> tuple[ClockTime | None, ClockTime | None]:
    """Return (start, end) of a value such as "7:00 PM - 8:30 PM" or "19:30"."""
    whole = clock_time(value)
    if whole is not None or not isinstance(value, str):
        return whole, None
    for until in _UNTIL.finditer(value):
        found = _range_of(value[: until.start()], value[until.end() :])
        if found is not None:
            return found
    return None, None


def _range_of(start_text: str, end_text: str) -> tuple[ClockTime, ClockTime] | None:
    start, end = clock_time(start_text), clock_time(end_text)
    are_bare = start is None and end is None
    start, end = start or hour_alone(start_text), end or hour_alone(end_text)
    # "19-21" are hours; "7-9" could be rooms.
    if start is None or end is None or (are_bare and start.at.hour <= 12):
        return None
    return _in_one_go(start, start_text, end, end_text)


def _in_one_go(
    start: ClockTime, start_text: str, end: ClockTime, end_text: str
) -> tuple[ClockTime, ClockTime]:
    """Give the side of "7 - 8:30 pm" without am or pm the one that makes it shortest."""
    of_start, of_end = (_TELLS_HALF.search(text) for text in (start_text, end_text))
    if of_end and not of_start and start.at.hour <= 12:
        start = min(_both_halves(start.at), key=lambda half: _minutes(half, end))
    elif of_start and not of_end and end.at.hour <= 12 and not end.is_next_day:
        end = min(_both_halves(end.at), key=lambda half: _minutes(start, half))
    return start, end


def _both_halves(at: time) -> tuple[ClockTime, ClockTime]:
    return ClockTime(at.replace(hour=at.hour % 12)), ClockTime(at.replace(hour=at.hour % 12 + 12))


def _minutes(start: ClockTime, end: ClockTime) -> int:
    """Return how long it is from one clock time to the next such other one, 1 to 1440."""
    of_day = (end.at.hour - start.at.hour) * 60 + end.at.minute - start.at.minute
    return (of_day - 1) % 1440 + 1
