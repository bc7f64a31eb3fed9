"""What is said, for who is asked: the hour in words, and true things in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from kith.web.circles.choices import CircleState, Way
from kith.web.circles.models import Circle
from kith.web.kit.languages import language_name
from kith.web.kit.practices import PRACTICES
from kith.web.kit.times import said_time
from kith.web.people.choices import Gift


@dataclass(frozen=True, slots=True)
class Hour:
    """When a circle meets, in words.

    Args:
        day, begins, ends: By the clock of whoever reads it: Thursday, 7 pm, 8 pm.
        clock: The town whose clock the circle keeps, where that says otherwise; or "".
        there: What it says there: Thursday, 8 pm.
    """

    day: str
    begins: str
    ends: str
    clock: str
    there: str


def hour_of(circle: Circle, *, zone: str, at: datetime) -> Hour:
    """Return when `circle` meets next, for somebody who lives by the clock of `zone`."""
    begins = circle.starts_on(circle.next_on(at=at))
    here = begins.astimezone(ZoneInfo(zone))
    ends = here + timedelta(minutes=circle.minutes)
    is_same = here.replace(tzinfo=None) == begins.replace(tzinfo=None)
    return Hour(
        day=str(WEEKDAYS[here.weekday()]),
        begins=said_time(here.time()),
        ends=said_time(ends.time()),
        clock="" if is_same else circle.zone.rpartition("/")[2].replace("_", " "),
        there=f"{WEEKDAYS[begins.weekday()]}, {said_time(begins.time())}",
    )


def where_of(circle: Circle) -> str:
    """Return where a circle meets, as much of it as is said to those who do not sit in it yet."""
    if circle.way == Way.ONLINE:
        return _("Online. You see each other on a screen, each where you are.")
    if circle.state == CircleState.MEETS:
        return _("In person, within reach of you. You see the place when you sit there.")
    return _("In person, somewhere within reach of you. You choose the place together.")


def things_in_words(reasons: Any) -> list[str]:
    """Return the true things of `Chair.reasons` in words: never whose they are."""
    things: Iterable[dict[str, Any]] = (reasons or {}).get("things", ())
    return [words for thing in things for words in _in_words(thing)]


def _in_words(thing: dict[str, Any]) -> Iterable[str]:
    gifts: dict[str, Any] = dict(Gift.choices)
    match thing:
        case {"practice": code} if code in PRACTICES:
            yield _("You and somebody there both like: %(thing)s.") % {"thing": PRACTICES[code]}
        case {"receives": code} if code in gifts:
            yield _("Somebody there can give what you would like: %(thing)s.") % {
                "thing": gifts[code]
            }
        case {"gives": code} if code in gifts:
            yield _("Somebody there would like what you can give: %(thing)s.") % {
                "thing": gifts[code]
            }
        case {"met": True}:
            yield _("You have met somebody there before.")
        case {"language": code}:
            yield _("All of you speak %(language)s.") % {"language": language_name(code)}
        case {"hour": True}:
            yield _("All of you have time at this hour.")
        case {"small": True}:
            yield _("It is small: six chairs at most.")
