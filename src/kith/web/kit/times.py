"""Times of day and days in the words people use."""

from datetime import date, time
from functools import lru_cache

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext


@lru_cache(maxsize=8192)
def clock(minute: int, language: str | None) -> tuple[str, str]:
    """Return a minute of the day as two words: ("7:30", "pm"), ("12", "noon"), ("19:30", "").

    `language` is the active one; it is part of what is remembered.
    """
    hour, past = divmod(minute, 60)
    if language and not language.startswith("en"):
        return f"{hour}:{past:02d}", ""
    if minute == 720:
        return "12", pgettext("12 o'clock at midday", "noon")
    if minute == 0:
        return "12", pgettext("12 o'clock at night", "midnight")
    twelve = hour % 12 or 12
    return (f"{twelve}:{past:02d}" if past else f"{twelve}"), "am" if hour < 12 else "pm"


def clock_of(at: time) -> tuple[str, str]:
    """Return a time of day as two words; see `clock`."""
    return clock(at.hour * 60 + at.minute, get_language())


def said_time(at: time) -> str:
    """Return a time on one line: "7:30 pm"."""
    return " ".join(filter(None, clock_of(at)))


def said_day(day: date, today: date) -> str:
    """Return a day as people call it: "Today", "Tomorrow", "Thursday", "Thursday 3 December"."""
    ahead = (day - today).days
    if ahead == 0:
        return gettext("Today")
    if ahead == 1:
        return gettext("Tomorrow")
    weekday = str(WEEKDAYS[day.weekday()])
    return weekday if 1 < ahead < 7 else date_format(day, gettext("l j F"))


def said_minute(at: time) -> str:
    """Return a time as it stands at the edge of a list: "7:15"."""
    is_english = (get_language() or "en").startswith("en")
    hour = at.hour % 12 or 12 if is_english else at.hour
    return f"{hour}:{at.minute:02d}"
