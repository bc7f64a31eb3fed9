"""What one look at a circle reads of it, once, for all parts of its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kith.web.circles import access
from kith.web.circles.models import Chair, Circle, Presence
from kith.web.circles.queries import words
from kith.web.circles.queries.evenings import Calendar, calendar_of
from kith.web.people import access as people
from kith.web.people.models import Person

# What was said of two evenings, by whom: True they were there, False they cannot come.
Said = Mapping[tuple[UUID, date], bool]


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table; `reference` is "" for whoever looks."""

    person: Person
    reference: str
    words: str
    is_away: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """A circle at one moment, as one who sits in it looks at it.

    Args:
        chair: Of whoever looks.
        sits: The chairs of those whom they see there, their own too.
        on: The day of the next evening; `last` is that of the last one.
        clock: By which they are told the time.
    """

    chair: Chair
    calendar: Calendar
    sits: list[Chair]
    said: Said
    on: date
    last: date | None
    clock: ZoneInfo
    at: datetime

    @property
    def circle(self) -> Circle:
        """The circle that is looked at."""
        return self.chair.circle

    @property
    def here(self) -> datetime:
        """The moment, by the clock of whoever looks."""
        return self.at.astimezone(self.clock)

    def starts(self, on: date) -> datetime:
        """Return when the evening of that day begins, by the clock of whoever looks."""
        return self.circle.starts_on(on).astimezone(self.clock)

    def is_tonight(self) -> bool:
        """Return whether the next evening is this one."""
        return words.is_tonight(self.starts(self.on), self.here)

    def is_away(self, chair: Chair) -> bool:
        """Return whether who sits there has weeks off, or said that they cannot come."""
        has_weeks_off = chair.away_until is not None and self.on < chair.away_until
        return has_weeks_off or self.said.get((chair.person_id, self.on)) is False

    def seat(self, chair: Chair, said: str) -> Seat:
        """Return one who sits there, with some words below their name."""
        person = chair.person
        is_me = chair.pk == self.chair.pk
        reference = "" if is_me else people.reference_to(person, seen_by=self.chair.person)
        return Seat(person, reference, said, self.is_away(chair))


def glance_at(chair: Chair, *, at: datetime, zone: str = "") -> Glance:
    """Return the circle of `chair` as whose it is looks at it, by the clock of `zone` if it is known."""
    circle = chair.circle
    calendar = calendar_of(circle)
    on, last = calendar.next_on(at=at), calendar.last_on(at=at)
    rows = Presence.objects.filter(meeting__circle=circle, meeting__on__in={on, last or on})
    found = rows.values_list("person", "meeting__on", "was_there")
    return Glance(
        chair=chair,
        calendar=calendar,
        sits=list(access.seated_with(chair.person, circle)),
        said={(person, day): was_there for person, day, was_there in found},
        on=on,
        last=last,
        clock=ZoneInfo(zone) if zone else circle.clock,
        at=at,
    )
