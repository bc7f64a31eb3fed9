"""Recurrence rules: the RRULE part of RFC 5545, held to what a gathering can keep."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from kith.errors import InvalidInputError

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PART = re.compile(r"^[A-Z]+=[A-Z0-9,+\-]+$")
# In the order RFC 5545 lists them; anything else (BYHOUR, EASTER ...) no gathering keeps.
_PARTS = (
    "FREQ", "INTERVAL", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY",
    "BYSETPOS", "WKST",
)  # fmt: skip
_HIGHEST = {"BYMONTH": 12, "BYWEEKNO": 53, "BYYEARDAY": 366, "BYMONTHDAY": 31, "BYSETPOS": 366}
_BYDAY = re.compile(r"^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")
_EARLIEST = date(1900, 1, 1)
# A COUNT is looked for this far; a rule that has not used it up by then repeats for good.
_COUNT_HORIZON = timedelta(days=366 * 30)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule in parts, for saying it in words.

    Args:
        frequency: "daily", "weekly", "monthly" or "yearly".
        interval: Every how many days, weeks, months or years.
        weekdays: Pairs of (nth of the month or 0 for every, weekday with Monday = 0).
        month_days: Days of the month; negative ones count from its end.
        until: The last date, if the rule ends.
    """

    frequency: str
    interval: int
    weekdays: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    until: date | None


def weekly_rule(weekdays: Iterable[int], *, interval: int = 1) -> str:
    """Return the rule for every `interval` weeks on `weekdays` (Monday = 0)."""
    days = ",".join(WEEKDAYS[day] for day in sorted(set(weekdays)))
    if not days:
        raise InvalidInputError("weekdays must name at least one day, got none")
    every = f"INTERVAL={interval};" if interval != 1 else ""
    return f"FREQ=WEEKLY;{every}BYDAY={days}"


def canonical_rule(
    rule: str, *, first_on: date | None, start: time | None = None, timezone: str = "UTC"
) -> str:
    """Return `rule` in the one form kith keeps: parts in order, days named, no COUNT.

    Two rules with the same dates mostly get the same text, so that texts can be compared.
    COUNT becomes the UNTIL it amounts to, and UNTIL a local date, because a bare pattern
    with an end is what people can be told.

    Raises:
        InvalidInputError: If it is not a rule, repeats within a day, or needs a first date.
    """
    parts = _parse(rule)
    if first_on is not None and first_on < _EARLIEST:
        raise InvalidInputError(f"first_on must not be before {_EARLIEST}, got {first_on}")
    count = parts.pop("COUNT", "")
    _name_days(parts, first_on)
    if "UNTIL" in parts:
        parts["UNTIL"] = _until_date(parts["UNTIL"], start, timezone).strftime("%Y%m%d")
    if count:
        _end_after(parts, int(count), first_on)
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    if parts["FREQ"] != "WEEKLY" or "INTERVAL" not in parts:
        parts.pop("WKST", None)
    text = _join(parts)
    try:
        rrulestr(text, dtstart=datetime.combine(first_on or date(2024, 1, 1), time()))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise InvalidInputError(f"not a recurrence rule: {rule[:200]!r} ({error})") from error
    return text


def pattern(rule: str) -> Pattern:
    """Return canonical `rule` in parts."""
    parts = _parse(rule)
    until = parts.get("UNTIL")
    return Pattern(
        frequency=parts["FREQ"].lower(),
        interval=int(parts.get("INTERVAL", "1")),
        weekdays=tuple(_by_days(parts)),
        month_days=tuple(int(n) for n in parts.get("BYMONTHDAY", "").split(",") if n),
        until=date.fromisoformat(until) if until else None,
    )


def is_phase_unknown(rule: str, first_on: date | None) -> bool:
    """Return whether the rule skips weeks or months and no date says which ones."""
    return first_on is None and "INTERVAL=" in rule


@lru_cache(maxsize=20_000)
def dates(rule: str, first_on: date | None, since: date, until: date) -> tuple[date, ...]:
    """Return the local dates of canonical `rule` from `since` to `until`, both included.

    Where `is_phase_unknown`, every date it could be is given: whoever shows them says so.
    """
    if is_phase_unknown(rule, first_on):
        rule = re.sub(r"INTERVAL=\d+;?", "", rule).rstrip(";")
    start = since if first_on is None else first_on
    if first_on is not None and "INTERVAL=" not in rule:
        # Days are named in the rule itself, so an early start only costs time.
        start = max(first_on, since)
    if start > until:
        return ()
    found = rrulestr(_ending(rule, until), dtstart=datetime.combine(start, time()))
    return tuple(d.date() for d in found if d.date() >= since)


def _parse(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for piece in rule.strip().upper().removeprefix("RRULE:").strip(";").split(";"):
        text = re.sub(r"\s+", "", piece)
        if not _PART.match(text):
            raise InvalidInputError(f"not a recurrence rule: {rule[:200]!r}")
        key, value = text.split("=", 1)
        if key in parts or (key not in _PARTS and key != "COUNT"):
            raise InvalidInputError(f"a gathering cannot repeat by {key}: {rule[:200]!r}")
        parts[key] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise InvalidInputError(
            f"a rule repeats daily, weekly, monthly or yearly, got {parts.get('FREQ')!r}"
        )
    _check_numbers(parts, rule)
    return parts


def _check_numbers(parts: dict[str, str], rule: str) -> None:
    for key, highest in (("INTERVAL", 366), ("COUNT", 100_000)):
        value = parts.get(key, "1")
        if not value.isdecimal() or not 1 <= int(value[:9]) <= highest:
            raise InvalidInputError(f"{key} must be 1 to {highest}, got {value[:20]!r}")
    for key, highest in _HIGHEST.items():
        for value in filter(None, parts.get(key, "").split(",")):
            if not 1 <= abs(_whole(value)) <= highest:
                raise InvalidInputError(f"{key} must be 1 to {highest}, got {value[:20]!r}")
    if len(rule) > 500:
        raise InvalidInputError("a rule of more than 500 characters is not a gathering's")


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[+-]?\d{1,6}", text) else 0


def _by_days(parts: dict[str, str]) -> list[tuple[int, int]]:
    found = []
    for text in parts.get("BYDAY", "").split(","):
        if not text:
            continue
        match = _BYDAY.match(text)
        if match is None:
            raise InvalidInputError(f"not a weekday: {text!r}")
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return sorted(set(found), key=lambda pair: (pair[1], pair[0] < 0, pair[0]))


def _name_days(parts: dict[str, str], first_on: date | None) -> None:
    """Write into `parts` the day that RFC 5545 would take from DTSTART."""
    if "BYDAY" in parts:
        parts["BYDAY"] = ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in _by_days(parts))
        return
    by_date = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"} & parts.keys()
    if parts["FREQ"] == "DAILY" or by_date:
        return
    if first_on is None:
        raise InvalidInputError("a rule that names no day needs a first date")
    if parts["FREQ"] == "WEEKLY":
        parts["BYDAY"] = WEEKDAYS[first_on.weekday()]
    else:
        parts["BYMONTHDAY"] = str(first_on.day)
    if parts["FREQ"] == "YEARLY":
        parts.setdefault("BYMONTH", str(first_on.month))


def _until_date(text: str, start: time | None, timezone: str) -> date:
    try:
        if "T" not in text:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInputError(f"not a date to repeat until: {text[:40]!r}") from error
    local = moment.astimezone(ZoneInfo(timezone)) if moment.tzinfo else moment
    reached = start is None or local.time() >= start
    return local.date() if reached else local.date() - timedelta(days=1)


def _end_after(parts: dict[str, str], count: int, first_on: date | None) -> None:
    if first_on is None:
        raise InvalidInputError("a rule with COUNT needs a first date")
    endless = _ending(_join(parts), first_on + _COUNT_HORIZON)
    found = rrulestr(endless, dtstart=datetime.combine(first_on, time()))
    kept = list(itertools.islice(found, count))
    if len(kept) == count:
        parts["UNTIL"] = kept[-1].strftime("%Y%m%d")


def _join(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={parts[key]}" for key in _PARTS if key in parts)


def _ending(rule: str, until: date) -> str:
    """Return `rule` made to end by `until`: without an end, dateutil looks to the year 9999."""
    parts = _parse(rule)
    mine = until.strftime("%Y%m%d")
    parts["UNTIL"] = min(parts.get("UNTIL", mine), mine)
    return _join(parts)
