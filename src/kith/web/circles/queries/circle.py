"""Reads for the page of a circle: who sits there, when and where, what they ask, and the rhythm."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.models import Chair, Circle, Presence
from kith.web.circles.queries import words
from kith.web.circles.queries.evenings import DOOR_BEFORE, WEEK, Calendar, calendar_of, host_of
from kith.web.circles.queries.favors import Asked, asked_in
from kith.web.circles.queries.scripts import Script, Step, steps_of
from kith.web.people import access as people
from kith.web.people.choices import ShownTo
from kith.web.people.models import Person
from kith.web.people.queries import said_to

_WINDOWS: Final = 12
_FIRST_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table; `reference` is "" for whoever looks."""

    person: Person
    reference: str
    words: str
    is_away: bool


@dataclass(frozen=True, slots=True)
class Next:
    """The next evening, by the clock of whoever looks."""

    is_now: bool
    when: str
    place: str
    door: str
    is_door_open: bool
    # Whether it is said by another clock than the circle's.
    is_by_own_clock: bool
    host: str
    is_host_me: bool
    # The day of a week off before it, to take it back: 2026-12-03 and in words.
    off_on: str
    off: str
    script: Script
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A window for each of the last weeks: "met", "off" or "now"."""

    windows: list[str]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of whoever looks, and of nobody else."""

    # The day of the last evening if they may say that they were there: 2026-12-03 and in words.
    was_there_on: str
    was_there: str
    goes_on: bool
    is_still_mine: bool
    # Who would close the circle, if anybody would and not all do yet.
    would_close: str
    hard_weeks: list[Seat]
    # Who was told that whoever looks has a hard week; None if they have said so to nobody.
    told_of_mine: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a circle shows to one of those who sit there."""

    name: str
    weekly: str
    place: str
    has_room: bool
    above: list[Seat]
    below: list[Seat]
    next: Next
    is_coming: bool
    asked: list[Asked]
    rhythm: Rhythm
    questions: Questions
    farewell: str


@dataclass(frozen=True, slots=True)
class SeatCard:
    """One who sits there, as another who does may see them."""

    seat: Seat
    shown: tuple[tuple[str, str], ...]


# What was said of two evenings, by whom: True they were there, False they cannot come.
_Said = Mapping[tuple[UUID, date], bool]


def name_of(circle: Circle) -> str:
    """Return what `circle` is called: what it chose, or else by its day."""
    return circle.name or words.named(circle.weekday)


def page_of(chair: Chair, *, at: datetime, zone: str = "") -> Page:
    """Return the page of the circle of `chair` for whose it is, by the clock of `zone`."""
    circle, person = chair.circle, chair.person
    clock = ZoneInfo(zone) if zone else circle.clock
    calendar = calendar_of(circle)
    on, last = calendar.next_on(at=at), calendar.last_on(at=at)
    sits = list(access.seated_with(person, circle))
    said = _said_of(circle, {on, last or on})
    away = {one.pk for one in sits if _is_away(one, on, said)}
    seats = _seats(sits, chair, away, is_tonight=_is_tonight(circle, on, clock, at))
    half = (len(seats) + 1) // 2
    starts = circle.starts_on(on).astimezone(clock)
    return Page(
        name=name_of(circle),
        weekly=words.said_weekly(starts),
        place=circle.place,
        has_room=bool(circle.link),
        above=seats[:half],
        below=seats[half:],
        next=_next(calendar, on, sits, chair, away, clock=clock, at=at),
        is_coming=chair.pk not in away,
        asked=asked_in(circle, person),
        rhythm=_rhythm(calendar, clock, at=at),
        questions=_questions(chair, calendar, last, sits, said, at=at),
        farewell=_("%(who)s has moved on, and wishes you well.") % {"who": person},
    )


def seat_card_of(other: Person, *, seen_by: Chair) -> SeatCard:
    """Return the card of `other`, who sits in the circle of `seen_by`."""
    theirs = access.seated_with(seen_by.person, seen_by.circle).filter(person=other).get()
    shown = said_to(ShownTo.CIRCLE, other)
    return SeatCard(
        seat=_seat(theirs, seen_by, theirs.brings, is_away=False),
        shown=tuple((one.label, one.words) for one in shown),
    )


# ---- who sits there -------------------------------------------------------------------------
def _said_of(circle: Circle, days: Collection[date]) -> _Said:
    rows = Presence.objects.filter(meeting__circle=circle, meeting__on__in=days)
    found = rows.values_list("person", "meeting__on", "was_there")
    return {(person, on): was_there for person, on, was_there in found}


def _is_away(chair: Chair, on: date, said: _Said) -> bool:
    is_off = chair.away_until is not None and on < chair.away_until
    return is_off or said.get((chair.person_id, on)) is False


def _seats(sits: list[Chair], mine: Chair, away: set[int], *, is_tonight: bool) -> list[Seat]:
    """Return who sits there, in the order in which they came, and whoever looks at the end."""
    in_order = sorted(sits, key=lambda one: one.pk == mine.pk)
    missing = _("away tonight") if is_tonight else _("away this time")
    return [
        _seat(
            one,
            mine,
            missing if one.pk in away else (_("you") if one.pk == mine.pk else one.brings),
            is_away=one.pk in away,
        )
        for one in in_order
    ]


def _seat(chair: Chair, mine: Chair, said: str, *, is_away: bool) -> Seat:
    is_me = chair.pk == mine.pk
    reference = "" if is_me else people.reference_to(chair.person, seen_by=mine.person)
    return Seat(chair.person, reference, said, is_away)


# ---- the next evening -----------------------------------------------------------------------
def _is_tonight(circle: Circle, on: date, clock: ZoneInfo, at: datetime) -> bool:
    return words.is_tonight(circle.starts_on(on).astimezone(clock), at.astimezone(clock))


def _next(
    calendar: Calendar,
    on: date,
    sits: list[Chair],
    mine: Chair,
    away: set[int],
    *,
    clock: ZoneInfo,
    at: datetime,
) -> Next:
    circle = calendar.circle
    begins, here = circle.starts_on(on), at.astimezone(clock)
    starts = begins.astimezone(clock)
    host = _host(sits, away, on)
    off_on = circle.next_on(at=at)
    is_off = off_on != on
    script = _script(calendar, on)
    return Next(
        is_now=begins <= at,
        when=words.said_moment(starts, here),
        place=circle.place,
        door=words.said_time((starts - DOOR_BEFORE).time()),
        is_door_open=bool(circle.link) and calendar.is_door_open(on, at=at),
        is_by_own_clock=starts.utcoffset() != begins.utcoffset(),
        host=str(host.person) if host else "",
        is_host_me=host is not None and host.pk == mine.pk,
        off_on=off_on.isoformat() if is_off else "",
        off=date_format(off_on, _("l j F")) if is_off else "",
        script=script,
        steps=steps_of(script, starts, circle.minutes),
    )


def _host(sits: list[Chair], away: set[int], on: date) -> Chair | None:
    """Return who opens the door on that day: nobody who is away, nor new here if others are not."""
    new = {one.pk for one in sits if (on - one.person.joined_on).days < _FIRST_DAYS}
    is_all_new = len(new) == len(sits)
    eligible = {one.pk: one.pk not in away and (is_all_new or one.pk not in new) for one in sits}
    found = host_of(eligible, on)
    return next((one for one in sits if one.pk == found), None)


def _script(calendar: Calendar, on: date) -> Script:
    circle = calendar.circle
    if circle.closes_on is not None and on >= circle.closes_on:
        return Script.CLOSING
    if calendar.is_first(on):
        return Script.FIRST
    return Script.SIXTH if on == calendar.arc_ends_on() else Script.ORDINARY


# ---- the rhythm -----------------------------------------------------------------------------
def _rhythm(calendar: Calendar, clock: ZoneInfo, *, at: datetime) -> Rhythm:
    circle = calendar.circle
    present = circle.next_on(at=at)
    earliest = max(calendar.begun(), present - (_WINDOWS - 1) * WEEK)
    weeks = range((present - earliest) // WEEK, 0, -1)
    days = [present - back * WEEK for back in weeks]
    starts, here = circle.starts_on(present).astimezone(clock), at.astimezone(clock)
    is_tonight = words.is_tonight(starts, here)
    day = words.said_day(starts.date(), here.date())
    return Rhythm(
        windows=["met" if day in calendar.met else "off" for day in days] + ["now"],
        first=date_format(days[0], "F") if days else "",
        last=_("tonight") if is_tonight else day,
    )


# ---- what is asked of whoever looks ---------------------------------------------------------
def _questions(
    chair: Chair,
    calendar: Calendar,
    last: date | None,
    sits: list[Chair],
    said: _Said,
    *,
    at: datetime,
) -> Questions:
    circle, person = chair.circle, chair.person
    may_say = last is not None and calendar.may_be_said(last, at=at)
    may_say = may_say and (chair.since is None or last is not None and last >= chair.since)
    is_asked = may_say and last is not None and (person.pk, last) not in said
    closing = [str(one.person) for one in sits if one.would_close]
    return Questions(
        was_there_on=last.isoformat() if is_asked and last else "",
        was_there=date_format(last, "l") if is_asked and last else "",
        goes_on=chair.goes_on is None and calendar.is_asked_whether_it_goes_on(at=at),
        is_still_mine=chair.is_still_mine is False,
        would_close=words.joined(closing) if circle.closes_on is None else "",
        hard_weeks=_hard_weeks(chair, sits, at=at),
        told_of_mine=told_of_hard_week(chair, at=at),
    )


def _hard_weeks(chair: Chair, sits: list[Chair], *, at: datetime) -> list[Seat]:
    rows = access.hard_weeks_near(chair.person, chair.circle, at=at)
    theirs = {row.person_id for row in rows}
    return [_seat(one, chair, "", is_away=False) for one in sits if one.person_id in theirs]


def _told(*near: Person | None) -> list[str]:
    return [str(one) for one in near if one is not None]



def told_of_hard_week(chair: Chair, *, at: datetime) -> str | None:
    """Return who was told that whoever sits there has a hard week; None if they did not say so."""
    mine = access.hard_week_of(chair.person, chair.circle, at=at)
    return None if mine is None else words.joined(_told(mine.near, mine.also_near))
