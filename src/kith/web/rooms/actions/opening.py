"""A room is opened, people are given seats in it, and it is closed."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.kit.prepared import Writing
from kith.web.people.models import Person
from kith.web.rooms import access
from kith.web.rooms.choices import HELD, SEATS_MOST, Kind, SeatState
from kith.web.rooms.models import Room, Seat
from kith.web.safety import access as safety

_ROOMS: Final = Writing(Room)
_SEATS: Final = Writing(Seat)


class FullError(RefusalError):
    """All six seats are taken."""


class OverError(RefusalError):
    """The room is closed, or its time is over."""


class ApartError(RefusalError):
    """Somebody who sits there and whoever would come are never to meet."""


@transaction.atomic
def open_room(
    *,
    kind: Kind,
    people: Collection[Person],
    host: Person | None = None,
    ends_at: datetime,
    occasion: str = "",
    back: str = "",
) -> Room:
    """Return a new room with a seat for each of `people`; or the one there is for `occasion`.

    Raises:
        FullError: If they are more than six.
        ApartError: If two of them may not meet.
    """
    at = timezone.now()
    made = {"kind": kind, "host": host, "ends_at": ends_at, "back": back, "opened_at": at}
    if not occasion:
        return _opened_for(people, Room(**made), at=at)
    room, _is_new = Room.objects.get_or_create(occasion=occasion, defaults=made)
    for person in people:
        seat(room=room, person=person)
    return room


def _opened_for(people: Collection[Person], room: Room, *, at: datetime) -> Room:
    """Write down a room in which nobody has a seat yet, with a seat for each of `people`."""
    if len(people) > SEATS_MOST:
        raise FullError(_too_many())
    if safety.not_together({person.pk for person in people}):
        raise ApartError(_not_open())
    _ROOMS.write([room])
    _SEATS.write([Seat(room=room, person=person, asked_at=at) for person in people])
    return room


@transaction.atomic
def seat(*, room: Room, person: Person) -> Seat:
    """Return the seat of `person` in `room`, a new one if they had none.

    Raises:
        OverError: If its time is over.
        FullError: If six others have the seats.
        ApartError: If they and somebody who sits there may not meet.
    """
    room = access.locked(room)
    refuse_if_over(room, at=timezone.now())
    found = room.seats.filter(person=person).first()
    if found is not None and found.state in HELD:
        return found
    refuse_if_full(room)
    if not access.may_be_in(person, room):
        raise ApartError(_not_open())
    if found is None:
        return Seat.objects.create(room=room, person=person, asked_at=timezone.now())
    found.state = SeatState.ASKED
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def close(*, room: Room) -> None:
    """Let nobody in any more, and nobody stay."""
    room.closed_at = room.closed_at or timezone.now()
    room.save(update_fields=["closed_at"])


def end_calls(*, wheres: Collection[str], at: datetime) -> set[str]:
    """Close the calls at these addresses in which nobody is; return the addresses of all over ones.

    Of an address at which no call is any more, it is over too.
    """
    calls = access.calls_at(wheres)
    access.in_which_nobody_is(calls, at=at).update(closed_at=at)
    on = {call.get_absolute_url() for call in calls if not call.is_over(at=at)}
    return set(wheres) - on


def refuse_if_over(room: Room, *, at: datetime) -> None:
    """Raise a sentence if nobody comes into `room` any more."""
    if room.is_over(at=at):
        raise OverError(_("This room is closed. Its hour is over."))


def refuse_if_full(room: Room) -> None:
    """Raise a sentence if all seats of `room` are somebody's."""
    if access.held_in(room).count() >= SEATS_MOST:
        raise FullError(_too_many())


def _too_many() -> str:
    return _("Six people have the seats of this room, and it holds six. Try again in a while.")


def _not_open() -> str:
    return _("This room is not open for you.")
