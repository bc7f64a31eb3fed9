"""What hosts write of a gathering, in their words, and the rows that it becomes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import get_language

from kith.core.places import country_code, country_of_zone, zone_at
from kith.core.schedule import canonical_rule, pattern, weekly_rule
from kith.core.schedule.rule import WEEKDAYS
from kith.web.gatherings.bridge.finding import Spot
from kith.web.gatherings.models import Gathering, Place
from kith.web.kit import times

NTHS = (1, 2, 3, 4, -1)
# Whoever meets those who come for the first time stands there so long before.
EARLY = timedelta(minutes=10)
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often it meets, as a form asks it: on a weekday, or on some of them in a month."""

    weekday: int
    nths: tuple[int, ...] = ()

    @property
    def rule(self) -> str:
        """The rule (RFC 5545) for it."""
        if not self.nths:
            return weekly_rule([self.weekday])
        days = ",".join(f"{nth}{WEEKDAYS[self.weekday]}" for nth in self.nths)
        return canonical_rule(f"FREQ=MONTHLY;BYDAY={days}", first_on=None)


def rhythm_of(rule: str) -> Rhythm | None:
    """Return what a form asks of `rule`, or None if it asks too little for it."""
    if not rule:
        return None
    found = pattern(rule)
    weekdays = {day for _nth, day in found.weekdays}
    nths = tuple(nth for nth, _day in found.weekdays if nth)
    is_plain = found.interval == 1 and found.until is None and not found.month_days
    is_asked = (found.frequency == "weekly" and not nths) or (
        found.frequency == "monthly" and nths and set(nths) <= set(NTHS)
    )
    if not is_plain or not is_asked or len(weekdays) != 1:
        return None
    return Rhythm(weekdays.pop(), nths)


@dataclass(frozen=True, slots=True)
class Plan:
    """What hosts want of a gathering.

    Args:
        fields: Of the gathering.
        place: Where, not yet saved; None if only online.
        once: The one date, if it does not repeat.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    once: date | None = None


def place_at(
    spot: Spot, known: Place | None, *, name: str, street: str, find_the_door: str
) -> Place:
    """Return an unsaved place: at the door that is `known`, or somewhere in the town of `spot`."""
    city, _comma, region = (part.strip() for part in spot.name.partition(","))
    at = known if known is not None and known.has_point else spot
    country = (known.country if known else "") or country_of_zone(spot.zone)
    # Where namesakes are elsewhere a spot is called by its country, which is no region of it.
    region = "" if country_code(region) == country else region
    return Place(
        name=name,
        street=street,
        city=city,
        region=known.region if known else region,
        postal_code=known.postal_code if known else "",
        country=country,
        address=", ".join(filter(None, (street, spot.name))),
        latitude=at.latitude,
        longitude=at.longitude,
        is_approximate=at is spot,
        find_the_door=find_the_door,
    )


def meant_by(found: Sequence[Spot], zone: str) -> Spot | None:
    """Return which of the spots of one name is meant: the only one, or the only one in the country.

    The country is that of whoever typed it, as far as the clock of `zone` tells.
    """
    country = country_of_zone(zone)
    near = [spot for spot in found if country_of_zone(spot.zone) == country]
    some = found if len(found) == 1 else near
    return some[0] if len(some) == 1 else None


def zone_of(place: Place) -> str:
    """Return the time zone at `place`, or ""."""
    if place.latitude is None or place.longitude is None:
        return ""
    return zone_at(place.latitude, place.longitude) or ""


# ---- the first time, in three steps -----------------------------------------------------------
def steps_text(said: Iterable[str], *, start: time, minutes: int | None) -> str:
    """Return what hosts said of the first time as steps, one a line, each with its time.

    `said` is who meets those who are new, what happens, and how it ends; a line that begins with
    a time of its own keeps it.
    """
    lines = []
    for text, at in zip(said, _times(start, minutes), strict=True):
        for place, line in enumerate(filter(None, map(str.strip, text.splitlines()))):
            is_timed = place > 0 or not at or _has_time(line)
            lines.append(line if is_timed else f"{at} {line}")
    return "\n".join(lines)


def said_of_steps(gathering: Gathering) -> tuple[str, str, str]:
    """Return who meets those who are new, what happens, and how it ends, as a form shows them."""
    lines = [line for line in map(str.strip, gathering.first_time.splitlines()) if line]
    first, last = lines[:1], lines[_STEPS - 1 :][-1:]
    middle = lines[1:-1] if last else lines[1:]
    times = _times(gathering.start, gathering.minutes)
    told = [
        _without(at, "\n".join(some)) for at, some in zip(times, (first, middle, last), strict=True)
    ]
    return told[0], told[1], told[2]


def _times(start: time | None, minutes: int | None) -> tuple[str, str, str]:
    if start is None:
        return "", "", ""
    begins = datetime.combine(date(2026, 1, 1), start)
    ends = _clock(begins + timedelta(minutes=minutes)) if minutes else ""
    return _clock(begins - EARLY), _clock(begins), ends


def _clock(moment: datetime) -> str:
    said, _half = times.clock(moment.hour * 60 + moment.minute, get_language())
    return said if ":" in said else f"{said}:00"


def _has_time(line: str) -> bool:
    head = line.partition(" ")[0]
    return head[:1].isdigit() and ":" in head


def _without(at: str, text: str) -> str:
    return text.removeprefix(f"{at} ") if at else text


def step_now(steps: Iterable[tuple[str, str]], *, start: datetime, now: datetime) -> int | None:
    """Return which of `steps` is on at `now`, by the gathering's clock, or None before the first."""
    found = None
    for number, (at, _step) in enumerate(steps):
        moment = _moment(at, start)
        if moment is not None and moment <= now:
            found = number
    return found


def _moment(at: str, start: datetime) -> datetime | None:
    """Return when `at` is, on either half of the clock, nearest to `start`."""
    hour, _colon, past = at.partition(":")
    if not (hour.isdigit() and past.isdigit()) or int(hour) > 23 or int(past) > 59:
        return None
    same_day = start.replace(hour=int(hour), minute=int(past), second=0, microsecond=0)
    halves = [same_day + timedelta(hours=12 * half) for half in (-2, -1, 0, 1, 2)]
    return min(halves, key=lambda moment: abs(moment - start))
