"""Reads for the page of a circle: the next evening, and who opens the door."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.web.circles.models import Chair
from kith.web.circles.queries import words
from kith.web.circles.queries.evenings import has_room, host_of
from kith.web.circles.queries.glance import Glance
from kith.web.circles.queries.scripts import Script, Step, steps_of
from kith.web.kit.times import said_time
from kith.web.rooms.choices import DOOR_BEFORE

_FIRST_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Off:
    """A week off that is to come."""

    on: date
    day: str


@dataclass(frozen=True, slots=True)
class Next:
    """The next evening, by the clock of whoever looks."""

    is_now: bool
    when: str
    # When the door of the room opens, and whether it is open.
    door: str
    is_door_open: bool
    # Whether the hours are other ones by the circle's own clock.
    is_by_own_clock: bool
    host: str
    is_host_me: bool
    off: Off | None
    script: Script
    steps: list[Step]


def next_of(glance: Glance) -> Next:
    """Return the next evening."""
    circle, on = glance.circle, glance.on
    begins, starts = circle.starts_on(on), glance.starts(on)
    host = host_at(glance)
    script = _script(glance)
    is_open = glance.calendar.is_door_open(on, at=glance.at)
    return Next(
        is_now=begins <= glance.at,
        when=words.said_moment(starts, glance.here),
        door=said_time((starts - DOOR_BEFORE).time()),
        is_door_open=has_room(circle) and is_open,
        is_by_own_clock=starts.utcoffset() != begins.utcoffset(),
        host=str(host.person) if host else "",
        is_host_me=host is not None and host.pk == glance.chair.pk,
        off=_off(glance),
        script=script,
        steps=steps_of(script, starts, circle.minutes),
    )


def _off(glance: Glance) -> Off | None:
    on = glance.circle.next_on(at=glance.at)
    return None if on == glance.on else Off(on, date_format(on, _("l j F")))


def host_at(glance: Glance) -> Chair | None:
    """Return who opens the door: nobody who is away, nor new here where others are not."""
    sits, on = glance.sits, glance.on
    new = {one.pk for one in sits if (on - one.person.joined_on).days < _FIRST_DAYS}
    is_all_new = len(new) == len(sits)
    eligible = {
        one.pk: not glance.is_away(one) and (is_all_new or one.pk not in new) for one in sits
    }
    found = host_of(eligible, on)
    return next((one for one in sits if one.pk == found), None)


def _script(glance: Glance) -> Script:
    calendar, on = glance.calendar, glance.on
    closes_on = glance.circle.closes_on
    if closes_on is not None and on >= closes_on:
        return Script.CLOSING
    if calendar.is_first(on):
        return Script.FIRST
    return Script.SIXTH if on == calendar.arc_ends_on() else Script.ORDINARY
