"""The last look at a listing: can the database hold it, and will every clock be able to tell it?

A feed may carry kith's own extension, and anybody may write one. What is wrong in it must not
be found out by the index, for that would take the whole instance down.
"""

import re

from kith.core.listings import Listing
from kith.core.schedule import Dated, Schedule
from kith.web.gatherings.bridge import hours
from kith.web.gatherings.choices import Openness, Touch

# JSON's way to write a null character, but not a backslash before the letters "u0000".
_NULL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_YEARS = range(1900, 2201)
_LONGEST_MINUTES = 31 * 24 * 60
_PRACTICE_LONGEST = 32


class UnkeepableError(ValueError):
    """A listing cannot be kept; the text says why, for the feed's keeper."""


def check(listing: Listing, text: bytes) -> None:
    """Refuse `listing`, `text` as JSON, if it cannot be kept.

    Raises:
        UnkeepableError: With the reason.
    """
    if _NULL.search(text):
        raise UnkeepableError("holds a null character, which no database takes")
    codes = ((listing.touch, Touch.values), (listing.openness, Openness.values))
    if any(code and code not in known for code, known in codes):
        raise UnkeepableError("its kith extension is damaged (touch or openness)")
    if len(listing.practice) > _PRACTICE_LONGEST:
        raise UnkeepableError("its kith extension is damaged (practice)")
    _check_schedule(listing.schedule)


def _check_schedule(schedule: Schedule) -> None:
    _check_clock(schedule.timezone, schedule.duration_minutes)
    if schedule.first_on and schedule.first_on.year not in _YEARS:
        raise UnkeepableError(f"its first date, {schedule.first_on}, is no date people meet on")
    for dated in schedule.dated:
        _check_dated(dated)


def _check_dated(dated: Dated) -> None:
    _check_clock(dated.timezone, dated.duration_minutes)
    if dated.starts.year not in _YEARS:
        raise UnkeepableError(f"one of its dates, {dated.starts:%Y-%m-%d}, is none people meet on")


def _check_clock(timezone: str, minutes: object) -> None:
    if not hours.zone_named(timezone):
        raise UnkeepableError(f"there is no time zone {timezone[:40]!r}")
    if minutes is None:
        return
    if not isinstance(minutes, int) or not 0 < minutes <= _LONGEST_MINUTES:
        raise UnkeepableError(f"{str(minutes)[:20]!r} is no number of minutes that people meet for")
