"""Stretches of time as people say them: tonight, tomorrow, the weekend; always by one clock."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kith.core.places import known_zone

# A night belongs to the day on which it began: people go home, and to bed, before this.
DAY_BEGINS = time(4)
EVENING_BEGINS = time(16)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {
    "morning": (time(4), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), time(21)),
    "night": (time(21), time(4)),
}
NOW, TONIGHT, TOMORROW, WEEKEND = "now", "tonight", "tomorrow", "weekend"
WHENS = (NOW, TONIGHT, TOMORROW, WEEKEND, *WEEKDAYS)

Stretch = tuple[datetime, datetime]


def zone_named(name: str) -> str:
    """Return the IANA zone `name` is, or ""."""
    found = known_zone(name)
    return found if found == name else ""


def zone_kept(cookies: Mapping[str, str]) -> str:
    """Return the zone that somebody's browser said it lives in, or ""."""
    return zone_named(cookies.get("tz", "").replace("%2F", "/"))


@lru_cache(maxsize=700)
def zone(name: str) -> ZoneInfo:
    """Return the zone called `name`."""
    return ZoneInfo(name)


def day_of(moment: datetime) -> date:
    """Return the day that local `moment` belongs to, nights with the day before."""
    return (moment - timedelta(hours=DAY_BEGINS.hour)).date()


def is_evening(now: datetime) -> bool:
    """Return whether what is left of local `now`'s day is its evening."""
    return now.time() >= EVENING_BEGINS or now.time() < DAY_BEGINS


def days_of(whens: Iterable[str], now: datetime) -> list[date]:
    """Return the days that `whens` (codes of WHENS, or ISO dates) mean at local `now`, in order."""
    today = day_of(now)
    found: set[date] = set()
    for when in whens:
        if when == TONIGHT:
            found.add(today)
        elif when == TOMORROW:
            found.add(today + timedelta(days=1))
        elif when == WEEKEND:
            # On a Sunday the weekend is what is left of it.
            saturday = today + timedelta(days=(5 - today.weekday()) % 7)
            found |= {today} if today.weekday() == 6 else {saturday, saturday + timedelta(days=1)}
        elif when in WEEKDAYS:
            found.add(today + timedelta(days=(WEEKDAYS.index(when) - today.weekday()) % 7))
        elif when != NOW:
            found.add(date.fromisoformat(when))
    return sorted(found)


def stretches(whens: Iterable[str], parts: Iterable[str], now: datetime) -> list[Stretch]:
    """Return (from, to) in UTC of what `whens` and `parts` of the day mean at local `now`."""
    whens, parts = list(whens), list(parts)
    # A minute is added in UTC: local clocks say an hour twice when summer ends.
    instant = now.astimezone(UTC)
    found = [(instant, instant + timedelta(minutes=1))] if NOW in whens else []
    for day in days_of(whens, now):
        for begin, end in _within(day, parts, now):
            if end > instant:
                found.append((max(begin, instant), end))
    return found


def _within(day: date, parts: list[str], now: datetime) -> Iterator[Stretch]:
    """Yield (from, to) in UTC of the `parts` of `day`, all of it if there are none."""
    spans = [PARTS[part] for part in parts] or [(DAY_BEGINS, DAY_BEGINS)]
    for begin, end in spans:
        last = day + timedelta(days=1) if end <= begin else day
        yield (
            datetime.combine(day, begin, now.tzinfo).astimezone(UTC),
            datetime.combine(last, end, now.tzinfo).astimezone(UTC),
        )
