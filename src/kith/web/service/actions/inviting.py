"""Whoever only gives or only receives is offered the other door, quietly."""

from datetime import datetime

from kith.web.people.models import Person
from kith.web.service import access, bridge
from kith.web.service.choices import DOOR_EVERY, DOOR_STANDS_FOR, Side
from kith.web.service.models import Invitation


def invite(*, person: Person, at: datetime) -> Side | None:
    """Return the door that stands open for `person` today, and keep that it was offered.

    It is offered once a month at most, stands for three days, and is gone once waved away.
    """
    before = access.invitation_of(person)
    if before is not None and at < before.said_at + DOOR_EVERY:
        stands = not before.is_waved_away and at < before.said_at + DOOR_STANDS_FOR
        return Side(before.door) if stands else None
    door = bridge.door_for(person, at=at)
    if door is not None:
        said = {"door": door, "said_at": at, "is_waved_away": False}
        Invitation.objects.update_or_create(person=person, defaults=said)
    return door


def wave_away(*, person: Person) -> None:
    """Let the door that `person` was offered be gone until next month."""
    Invitation.objects.filter(person=person).update(is_waved_away=True)
