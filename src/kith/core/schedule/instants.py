"""From local dates to instants, exactly, across time zones, daylight saving and midnight."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kith.core.schedule.rule import dates
from kith.core.schedule.schedule import Dated, Schedule

# Where nobody said how long, an hour (the Meeting Guide specification's own assumption).
ASSUMED_MINUTES = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a series meets.

    Args:
        starts: In UTC.
        ends: In UTC; an hour after the start where nobody said.
        on: The local date of the rule; with `starts`, what tells it from the others.
        dated: The exception behind it, if it is one.
    """

    starts: datetime
    ends: datetime
    on: date
    dated: Dated | None = None


def instant(on: date, at: time, timezone: str) -> datetime:
    """Return the UTC instant of a local date and clock time.

    RFC 5545, 3.3.5: a time that happens twice means the first; a time skipped when clocks go
    forward is read with the offset before the gap (02:30 becomes 03:30). Python's `fold=0`
    is exactly that.
    """
    return datetime.combine(on, at, ZoneInfo(timezone)).astimezone(UTC)


@lru_cache(maxsize=50_000)
def starts(
    rule: str, first_on: date | None, at: time, timezone: str, span: tuple[date, date]
) -> tuple[int, ...]:
    """Return the starts of a rule on the local dates of `span`, as minutes since 1970 UTC."""
    found = (instant(on, at, timezone) for on in dates(rule, first_on, *span))
    return tuple(int(moment.timestamp()) // 60 for moment in found)


def occurrences(schedule: Schedule, since: datetime, until: datetime) -> list[Occurrence]:
    """Return what of `schedule` is on at any moment from `since` to before `until`, in order.

    Called-off dates are included (see `Dated.called_off`); one that already began counts
    until it ends.
    """
    found = [*_by_rule(schedule, since, until), *_by_date(schedule)]
    within = (o for o in found if o.ends > since and o.starts < until)
    return sorted(within, key=lambda o: (o.starts, o.on))


def _by_rule(schedule: Schedule, since: datetime, until: datetime) -> Iterator[Occurrence]:
    if not schedule.rule or schedule.start is None:
        return
    length = timedelta(minutes=schedule.duration_minutes or ASSUMED_MINUTES)
    replaced = {d.replaces for d in schedule.dated} | set(schedule.except_on)
    # A day more on both sides: local dates run up to 14 hours beside UTC's.
    first, last = (since - length - _DAY).date(), (until + _DAY).date()
    for on in dates(schedule.rule, schedule.first_on, first, last):
        if on not in replaced:
            begins = instant(on, schedule.start, schedule.timezone)
            yield Occurrence(begins, begins + length, on)


def _by_date(schedule: Schedule) -> Iterator[Occurrence]:
    for dated in schedule.dated:
        minutes = dated.duration_minutes or schedule.duration_minutes or ASSUMED_MINUTES
        begins = instant(dated.starts.date(), dated.starts.time(), dated.timezone)
        on = dated.replaces or dated.starts.date()
        yield Occurrence(begins, begins + timedelta(minutes=minutes), on, dated)
