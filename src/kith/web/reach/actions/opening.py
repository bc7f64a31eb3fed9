"""The open room: whoever keeps it now, and whoever walks in."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.reach import access
from kith.web.reach.models.willing import TURN_HOURS
from kith.web.rooms import actions as rooms
from kith.web.rooms.choices import Kind, SeatState
from kith.web.rooms.models import Room

_A_LITTLE_LONGER: Final = timedelta(minutes=30)


class ClosedError(RefusalError):
    """Nobody keeps the open room now."""

    def __init__(self) -> None:
        super().__init__(_("Nobody keeps it at this hour. These lines answer."))


def walk_in(*, person: Person, at: datetime) -> str:
    """Give `person` a seat in the open room of this hour; return its page.

    Raises:
        RefusalError: If nobody keeps it now, or it is full.
    """
    keepers = access.keepers(seen_by=person, at=at)
    if not keepers and not access.keeps(person, at=at):
        raise ClosedError
    room = _room(keepers[0] if keepers else person, at=at)
    rooms.seat(room=room, person=person)
    for keeper in keepers:
        _tell(keeper, room)
    return str(room.get_absolute_url())


def _room(host: Person, *, at: datetime) -> Room:
    here = timezone.localtime(at)
    block = here.hour // TURN_HOURS
    return rooms.open_room(
        kind=Kind.OPEN,
        people=[],
        host=host,
        ends_at=at + timedelta(hours=TURN_HOURS) + _A_LITTLE_LONGER,
        back=reverse("reach:now"),
        occasion=f"open {here:%Y-%m-%d} {block}",
    )


def _tell(keeper: Person, room: Room) -> None:
    """Let whoever keeps the room know that somebody walked in, unless they sit there."""
    if room.seats.filter(person=keeper, state=SeatState.SITS).exists():
        return
    rooms.seat(room=room, person=keeper)
    notices.tell(
        person=keeper,
        about=About.REACH,
        words=lambda: _("Somebody walked into the open room. It is your turn."),
        path=room.get_absolute_url(),
        is_urgent=True,
    )
