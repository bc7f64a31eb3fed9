"""Reads for the page of a circle: who sits there, what they ask, the rhythm, and all the rest."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.models import Chair, Circle
from kith.web.circles.queries import words
from kith.web.circles.queries.evenings import WEEK, has_room
from kith.web.circles.queries.favors import Asked, asked_in
from kith.web.circles.queries.glance import Glance, Seat, glance_at
from kith.web.circles.queries.next import Next, next_of
from kith.web.circles.queries.questions import Questions, questions_of
from kith.web.kit.times import said_day
from kith.web.people.choices import ShownTo
from kith.web.people.models import Person
from kith.web.people.queries import said_to

_WINDOWS: Final = 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A window for each of the last weeks: "met", "off" or "now"."""

    windows: list[str]
    # What stands under the first of them, and under the present one.
    left: str
    right: str


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


@dataclass(frozen=True, slots=True)
class SeatCard:
    """One who sits there, as another who does may see them."""

    seat: Seat
    shown: tuple[tuple[str, str], ...]


def name_of(circle: Circle) -> str:
    """Return what `circle` is called: what it chose, or else by its day."""
    return circle.name or words.named(circle.weekday)


def page_of(chair: Chair, *, at: datetime, zone: str = "") -> Page:
    """Return the page of the circle of `chair` for whose it is, by the clock of `zone`."""
    glance = glance_at(chair, at=at, zone=zone)
    circle, seats = glance.circle, _seats(glance)
    half = (len(seats) + 1) // 2
    return Page(
        name=name_of(circle),
        weekly=words.said_weekly(glance.starts(glance.on)),
        place=circle.place,
        has_room=has_room(circle),
        above=seats[:half],
        below=seats[half:],
        next=next_of(glance),
        is_coming=not glance.is_away(chair),
        asked=asked_in(circle, chair.person),
        rhythm=_rhythm(glance),
        questions=questions_of(glance),
    )


def seat_card_of(other: Person, *, seen_by: Chair, at: datetime) -> SeatCard:
    """Return the card of `other`, who sits in the circle of `seen_by`."""
    theirs = access.seated_with(seen_by.person, seen_by.circle).get(person=other)
    shown = said_to(ShownTo.CIRCLE, other)
    return SeatCard(
        seat=glance_at(seen_by, at=at).seat(theirs, theirs.brings),
        shown=tuple((one.label, one.words) for one in shown),
    )


def said_next(chair: Chair, *, at: datetime, zone: str = "") -> str:
    """Return when the next evening is, in words."""
    return next_of(glance_at(chair, at=at, zone=zone)).when


def _seats(glance: Glance) -> list[Seat]:
    """Return who sits there, in the order in which they came, and whoever looks at the end."""
    in_order = sorted(glance.sits, key=lambda one: one.pk == glance.chair.pk)
    return [glance.seat(one, _below(glance, one)) for one in in_order]


def _below(glance: Glance, chair: Chair) -> str:
    """Return what stands below somebody's name."""
    if glance.is_away(chair):
        return _("away tonight") if glance.is_tonight() else _("away this time")
    return _("you") if chair.pk == glance.chair.pk else chair.brings


def _rhythm(glance: Glance) -> Rhythm:
    calendar = glance.calendar
    present = glance.circle.next_on(at=glance.at)
    earliest = max(calendar.begun(), present - (_WINDOWS - 1) * WEEK)
    days = [present - back * WEEK for back in range((present - earliest) // WEEK, 0, -1)]
    return Rhythm(
        windows=["met" if day in calendar.met else "off" for day in days] + ["now"],
        left=date_format(days[0], "F") if days else "",
        right=_present(glance, present),
    )


def _present(glance: Glance, on: date) -> str:
    """Return the words below the present week."""
    if on in glance.calendar.off:
        return _("week off")
    starts, here = glance.starts(on), glance.here
    if words.is_tonight(starts, here):
        return _("tonight")
    return said_day(starts.date(), here.date())
