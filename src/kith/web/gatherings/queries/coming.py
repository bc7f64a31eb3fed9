"""What somebody said of gatherings, for their own eyes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kith.web.gatherings import access
from kith.web.gatherings.choices import FoundBy, Status
from kith.web.gatherings.models import (
    Coming,
    Gathering,
)
from kith.web.people.models import Person


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said of one date of a gathering, and of every one.

    Args:
        on: The date.
        said: Of that date, or else of every one; "" for nothing.
        is_every: Whether they said it of every date.
        is_known: Whether it is somebody who can say something.
    """

    on: date
    said: str
    is_every: bool
    is_known: bool


def answers_of(person: Person | None, gathering: Gathering, on: date) -> Answers:
    """Return what `person` said of `gathering` on that date; somebody unknown said nothing."""
    rows = Coming.objects.filter(person=person, gathering=gathering) if person else ()
    said = {row.on: row.answer for row in rows if row.on in {None, on}}
    return Answers(
        on=on,
        said=said.get(on) or said.get(None, ""),
        is_every=None in said,
        is_known=person is not None,
    )


def comings_of(person: Person) -> list[Coming]:
    """Return what `person` said of gatherings that still meet, and of dates not long past."""
    earliest = timezone.now().date() - timedelta(days=8)
    rows = Coming.objects.filter(person=person).exclude(on__lt=earliest)
    shown = rows.exclude(gathering__status__in=(Status.RETIRED, Status.WAITING))
    return [
        coming
        for coming in shown.select_related("gathering__place").order_by("pk")
        if coming.gathering.found_by == FoundBy.ALL or access.is_theirs(person, coming.gathering)
    ]
