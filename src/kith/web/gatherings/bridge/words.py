"""Times, distances and rhythms in the words people use."""

from datetime import datetime, time
from functools import lru_cache

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from kith.core.schedule import pattern
from kith.core.schedule.rule import Pattern, is_phase_unknown
from kith.web.gatherings.bridge import hours
from kith.web.gatherings.models import Gathering
from kith.web.kit.times import clock_of, said_day, said_time

# On foot, streets are about so much longer than the crow's flight.
_DETOUR = 1.3
_WALK_KM_PER_MINUTE = 0.08
_WALKABLE_KM = 2.0
_RING_STEPS = (0.25, 0.5, 1, 2, 5, 10, 20, 50)
_RINGS_MOST = 4
_KM_PER_MILE = 1.609344


def said_evening(moment: datetime, now: datetime) -> str:
    """Return the day of local `moment` as people call it at local `now`: "Tonight", "Thursday"."""
    today = hours.day_of(now)
    day = max(today, hours.day_of(moment))
    if day == today and hours.is_evening(max(now, moment)):
        return gettext("Tonight")
    return said_day(day, today)


def said_time_in(at: time, zone: str) -> str:
    """Return a time and whose it is: "7 pm in New York"."""
    place = zone.rpartition("/")[2].replace("_", " ")
    return gettext("%(time)s in %(place)s") % {"time": said_time(at), "place": place}


def said_span(begins: datetime, ends: datetime) -> str:
    """Return "7 to 8:30 pm", or "11 pm to 1 am"."""
    first, first_half = clock_of(begins.time())
    last, last_half = clock_of(ends.time())
    start = first if first_half == last_half else f"{first} {first_half}"
    return gettext("%(start)s to %(end)s") % {
        "start": start,
        "end": f"{last} {last_half}".strip(),
    }


@lru_cache(maxsize=8192)
def distance(km: float, miles: bool, language: str | None) -> str:  # noqa: ARG001, FBT001
    """Return how far it is: on foot where people walk, else in miles or kilometers.

    `language` is the active one; it is part of what is remembered.
    """
    if km <= _WALKABLE_KM:
        minutes = max(1, round(km * _DETOUR / _WALK_KM_PER_MINUTE))
        return ngettext("about %(count)d minute’s walk", "about %(count)d min walk", minutes) % {
            "count": minutes
        }
    if miles:
        far = km / _KM_PER_MILE
        shown = f"{far:.1f}" if far < 3 else f"{far:.0f}"
        return gettext("%(count)s miles") % {"count": shown}
    return gettext("%(count)s km") % {"count": f"{km:.0f}"}


def rings(reach_km: float, *, miles: bool) -> list[tuple[float, float]]:
    """Return the few round distances within a reach: (in miles or km, in km)."""
    unit = _KM_PER_MILE if miles else 1.0
    # A reach of 3 miles is kept as 4.8 km.
    reach = reach_km / unit * 1.02
    step = next((s for s in _RING_STEPS if reach < s * (_RINGS_MOST + 1)), None)
    if step is None:
        return []
    return [(n * step, n * step * unit) for n in range(1, int(reach / step) + 1)]


def said_ring(count: float, *, miles: bool) -> str:
    """Return a distance for a map: "2 miles", "0.5 km"."""
    if miles:
        return ngettext("%(count)s mile", "%(count)s miles", 1 if count == 1 else 2) % {
            "count": f"{count:g}"
        }
    return gettext("%(count)s km") % {"count": f"{count:g}"}


def said_reach(km: float, *, miles: bool) -> str:
    """Return a reach for people to choose: "within 3 miles"."""
    if km > 1000:
        return gettext("any distance")
    if miles:
        count = max(1, round(km / _KM_PER_MILE))
        return ngettext("within %(count)s mile", "within %(count)s miles", count) % {"count": count}
    return gettext("within %(count)s km") % {"count": f"{km:g}"}


def said_rhythm(gathering: Gathering) -> str:
    """Return when it meets as a rule: "Every Thursday", "The second and fourth Tuesday"."""
    if not gathering.rule:
        return gathering.when_note
    found = pattern(gathering.rule)
    said = {"weekly": _weekly, "monthly": _monthly}.get(found.frequency, _other)(found)
    if is_phase_unknown(gathering.rule, gathering.first_on):
        said = gettext("%(rhythm)s. Its list does not say which weeks: check first") % {
            "rhythm": said
        }
    if found.until:
        said = gettext("%(rhythm)s, until %(date)s") % {
            "rhythm": said,
            "date": date_format(found.until, gettext("j F Y")),
        }
    return said


def _weekly(found: Pattern) -> str:
    days = [str(WEEKDAYS[day]) for _nth, day in found.weekdays]
    interval: int = found.interval
    if interval == 1:
        if len(days) == 7:
            return gettext("Every day")
        return gettext("Every %(days)s") % {"days": _joined(days)}
    if interval == 2:
        return gettext("Every other %(days)s") % {"days": _joined(days)}
    return gettext("Every %(count)d weeks on %(days)s") % {"count": interval, "days": _joined(days)}


def _monthly(found: Pattern) -> str:
    nths = {
        1: gettext("first"),
        2: gettext("second"),
        3: gettext("third"),
        4: gettext("fourth"),
        5: gettext("fifth"),
        -1: gettext("last"),
        -2: gettext("last but one"),
    }
    by_day: dict[int, list[str]] = {}
    for nth, day in found.weekdays:
        by_day.setdefault(day, []).append(nths.get(nth, str(nth)))
    said = [
        gettext("the %(nth)s %(day)s") % {"nth": _joined(names), "day": WEEKDAYS[day]}
        for day, names in by_day.items()
    ]
    said += [gettext("day %(number)d") % {"number": n} for n in found.month_days]
    every: int = found.interval
    if every == 1:
        return gettext("Each month on %(days)s") % {"days": _joined(said)}
    return gettext("Every %(count)d months on %(days)s") % {"count": every, "days": _joined(said)}


def _other(found: Pattern) -> str:
    if found.frequency == "daily":
        return gettext("Every day")
    return gettext("Once a year")


def _joined(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
