"""The dates that a rule picks: RFC 5545, 3.3.10, as far as dates go.

A rule picks days out of periods: days, weeks, months or years. Only the periods of the span
that is asked for are looked at. A library that looks for the next date instead looks until the
year 9999 for one that never comes, and lists hold rules like "30 February".
"""

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Picks:
    """What a rule picks; an empty tuple picks all.

    Args:
        frequency: "DAILY", "WEEKLY", "MONTHLY" or "YEARLY": what a period is.
        interval: Every how many periods.
        weekdays: Pairs of (nth or 0 for every, weekday with Monday = 0).
        positions: Which of the days that a period has left.
        week_start: The weekday that weeks begin with.
    """

    frequency: str
    interval: int
    months: tuple[int, ...]
    weeks: tuple[int, ...]
    year_days: tuple[int, ...]
    month_days: tuple[int, ...]
    weekdays: tuple[tuple[int, int], ...]
    positions: tuple[int, ...]
    week_start: int

    @classmethod
    def of(cls, parts: Mapping[str, str], weekdays: tuple[tuple[int, int], ...]) -> Self:
        """Return what a rule in parts picks."""

        def numbers(key: str) -> tuple[int, ...]:
            return tuple(int(n) for n in parts.get(key, "").split(",") if n)

        return cls(
            frequency=parts["FREQ"],
            interval=int(parts.get("INTERVAL", "1")),
            months=numbers("BYMONTH"),
            weeks=numbers("BYWEEKNO"),
            year_days=numbers("BYYEARDAY"),
            month_days=numbers("BYMONTHDAY"),
            weekdays=weekdays,
            positions=numbers("BYSETPOS"),
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        )


def expanded(picks: Picks, anchor: date, since: date, until: date) -> Iterator[date]:
    """Yield the dates from `since` to `until`, both included, in order.

    `anchor` lies in a period that counts: with an interval, it says which ones do. None are
    before it.
    """
    begin = _period(picks, anchor)
    skipped = max(0, _period(picks, since) - begin) // picks.interval
    earliest = max(anchor, since)
    for number in range(
        begin + skipped * picks.interval, _period(picks, until) + 1, picks.interval
    ):
        chosen = [day for day in _days(picks, number) if _is_picked(picks, day)]
        if picks.positions:
            chosen = _at_positions(chosen, picks.positions)
        yield from (day for day in chosen if earliest <= day <= until)


def _period(picks: Picks, day: date) -> int:
    """Return the number of the period that `day` is in; the next one's is one more."""
    if picks.frequency == "DAILY":
        return day.toordinal()
    if picks.frequency == "WEEKLY":
        # Day 1 of all days was a Monday.
        return (day.toordinal() - 1 - picks.week_start) // 7
    return day.year * 12 + day.month - 1 if picks.frequency == "MONTHLY" else day.year


def _days(picks: Picks, number: int) -> Iterator[date]:
    if picks.frequency == "DAILY":
        first, count = number, 1
    elif picks.frequency == "WEEKLY":
        first, count = number * 7 + 1 + picks.week_start, 7
    elif picks.frequency == "MONTHLY":
        year, month = divmod(number, 12)
        first, count = date(year, month + 1, 1).toordinal(), monthrange(year, month + 1)[1]
    else:
        first, count = date(number, 1, 1).toordinal(), 365 + isleap(number)
    return (date.fromordinal(ordinal) for ordinal in range(first, first + count))


def _is_picked(picks: Picks, day: date) -> bool:
    if picks.months and day.month not in picks.months:
        return False
    in_month, in_year = monthrange(day.year, day.month)[1], 365 + isleap(day.year)
    of_year = day.timetuple().tm_yday
    return (
        _is_one(picks.month_days, day.day, in_month)
        and _is_one(picks.year_days, of_year, in_year)
        and (not picks.weeks or _is_one(picks.weeks, *_week(day, picks.week_start)))
        and (not picks.weekdays or _is_weekday(picks, day))
    )


def _is_one(numbers: tuple[int, ...], number: int, last: int) -> bool:
    """Return whether `number` is one of `numbers`, of which negative ones count from `last`."""
    return not numbers or number in numbers or number - last - 1 in numbers


def _week(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of the week of `day`, and of the last one of its year.

    A week is of the year that most of its days are in: that of its fourth.
    """
    fourth = day - timedelta(days=(day.weekday() - week_start) % 7) + timedelta(days=3)
    of_year = fourth.timetuple().tm_yday
    left = 365 + isleap(fourth.year) - of_year
    return (of_year - 1) // 7 + 1, (of_year - 1) // 7 + 1 + left // 7


def _is_weekday(picks: Picks, day: date) -> bool:
    nths = [nth for nth, weekday in picks.weekdays if weekday == day.weekday()]
    if not nths or 0 in nths:
        return bool(nths)
    if picks.frequency == "YEARLY" and not picks.months:
        before, in_all = day.timetuple().tm_yday - 1, 365 + isleap(day.year)
    else:
        before, in_all = day.day - 1, monthrange(day.year, day.month)[1]
    return before // 7 + 1 in nths or -((in_all - 1 - before) // 7 + 1) in nths


def _at_positions(days: list[date], positions: tuple[int, ...]) -> list[date]:
    count = len(days)
    places = {n - 1 if n > 0 else count + n for n in positions}
    return [days[place] for place in sorted(places) if 0 <= place < count]
