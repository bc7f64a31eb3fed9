"""The open room: who keeps it, and when."""

from datetime import datetime
from typing import Final

from django.db.models import (
    PositiveSmallIntegerField,
    QuerySet,
)
from django.utils import timezone

from kith.web.kit.prepared import ME, Given, Prepared
from kith.web.people.models import Person
from kith.web.reach.access.choosing import kept_apart_from
from kith.web.reach.models import Turn
from kith.web.reach.models.willing import TURN_HOURS
from kith.web.safety import access as safety


def turns_of(person: Person) -> QuerySet[Turn]:
    """Return when `person` keeps the open room."""
    return Turn.objects.filter(person=person).order_by("weekday", "hour")


def takes_turns(person: Person) -> bool:
    """Return whether `person` ever keeps the open room."""
    return turns_of(person).exists()


def keepers(*, seen_by: Person, at: datetime) -> list[Person]:
    """Return who keeps the open room now, as far as `seen_by` sees them and nobody keeps apart."""
    turns = _KEEPERS.ask(me=seen_by.pk, **_hour_of(at))
    people = list({turn.person_id: turn.person for turn in turns}.values())
    apart = kept_apart_from(seen_by.pk) if people else set()
    return [one for one in people if one.pk not in apart]


def keeps(person: Person, *, at: datetime) -> bool:
    """Return whether `person` keeps the open room now."""
    return turns_of(person).filter(**_hour_of(at)).exists()


def _hour_of(at: datetime) -> dict[str, int]:
    """Return the day of the week and the hour at which the present turn began."""
    here = timezone.localtime(at)
    return {"weekday": here.weekday(), "hour": here.hour - here.hour % TURN_HOURS}


def _make_keepers() -> QuerySet[Turn]:
    day, hour = (Given(name, PositiveSmallIntegerField()) for name in ("weekday", "hour"))
    turns = Turn.objects.filter(weekday=day, hour=hour).exclude(person=ME)
    seen = turns.filter(safety.is_seen_by(ME, whom="person"))
    return seen.select_related("person").order_by("pk")


_KEEPERS: Final = Prepared(_make_keepers)
