"""The doors of rooms: whose seat it is, who sits beside them, and whether the door is open."""

from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import Resolver404, resolve

from kith.web.people.models import Person
from kith.web.rooms.choices import EMPTY_FOR, HELD, Kind, SeatState
from kith.web.rooms.models import Room, Seat
from kith.web.safety import access as safety


def open_seat(person: Person, token: str) -> Seat:
    """Return the seat of `person` in the room called `token`, also when it is over or they left.

    Raises:
        Http404: If they never had one; or somebody who sits there and they keep apart: then there
            is none, whoever of the two asked for that.
    """
    mine = Seat.objects.filter(room__token=token, person=person)
    found = mine.exclude(_apart_from_others(person)).select_related("room", "person").first()
    if found is None:
        raise Http404
    return found


def _apart_from_others(person: Person) -> Exists:
    """Return the question whether in the room of a seat sits somebody who is apart from `person`."""
    others = Seat.objects.filter(room=OuterRef("room"), state__in=HELD).exclude(person=person)
    return Exists(others.filter(safety.is_apart_from(person, whom="person")))


def seats_beside(seat: Seat) -> QuerySet[Seat]:
    """Return the seats of those with whom somebody may meet in their room."""
    others = seat.room.seats.filter(state__in=HELD).exclude(pk=seat.pk)
    seen = others.filter(safety.is_seen_by(seat.person, whom="person"))
    return seen.select_related("person").order_by("pk")


def open_seat_beside(seat: Seat, mark: str) -> Seat:
    """Return the seat called `mark` in the room of `seat`, of somebody they may meet there.

    Raises:
        Http404: If there is none.
    """
    found = seats_beside(seat).filter(mark=mark).first()
    if found is None:
        raise Http404
    return found


def is_host(seat: Seat) -> bool:
    """Return whether `seat` is that of whoever holds its room."""
    return seat.room.host_id == seat.person_id


def may_be_in(person: Person, room: Room) -> bool:
    """Return whether `person` and all who have a seat in `room` may meet."""
    others = room.seats.filter(state__in=HELD).exclude(person=person)
    keys = frozenset(others.values_list("person_id", flat=True)) | {person.pk}
    return not any(person.pk in pair for pair in safety.not_together(keys))


def held_in(room: Room) -> QuerySet[Seat]:
    """Return the seats in `room` that are somebody's."""
    return room.seats.filter(state__in=HELD)


def locked(room: Room) -> Room:
    """Return `room` as it stands; until the transaction ends nobody else changes it."""
    return Room.objects.select_for_update(of=("self",)).get(pk=room.pk)


def room_of(occasion: str) -> Room | None:
    """Return the room that was opened for `occasion`, if one was."""
    return Room.objects.filter(occasion=occasion).first()


def calls_at(wheres: Collection[str]) -> QuerySet[Room]:
    """Return the calls at these addresses."""
    tokens = [token for token in map(_token_of, wheres) if token]
    return Room.objects.filter(token__in=tokens, kind=Kind.CALL)


def in_which_nobody_is(rooms: QuerySet[Room], *, at: datetime) -> QuerySet[Room]:
    """Return those of `rooms` that are open, and in which nobody was for a while."""
    lately = at - EMPTY_FOR
    there = Seat.objects.filter(room=OuterRef("pk"), state__in=HELD, seen_at__gt=lately)
    return rooms.filter(~Exists(there), closed_at=None, opened_at__lte=lately)


def open_call(person: Person, where: str) -> Seat:
    """Return the seat of `person` in the room at the address `where`, as `open_seat` does.

    Raises:
        Http404: If they have none there.
    """
    return open_seat(person, _token_of(where))


def _token_of(where: str) -> str:
    """Return what the room at the address `where` is called, or ""."""
    try:
        found = resolve(urlsplit(where).path)
    except Resolver404:
        return ""
    return str(found.kwargs.get("token", "")) if found.app_name == "rooms" else ""


def seats_of_both(one: Person, other: Person) -> QuerySet[Seat]:
    """Return the seats of `one` in rooms that are not closed, in which `other` has one too."""
    with_other = Seat.objects.filter(room=OuterRef("room"), person=other, state__in=HELD)
    mine = Seat.objects.filter(person=one, state__in=HELD, room__closed_at=None)
    return mine.filter(Exists(with_other)).select_related("room")


def who_sat_at(where: str, **_said: object) -> list[Person]:
    """Return who has or had a seat in the room at the address `where`: safety asks us."""
    token = _token_of(where)
    seats = Seat.objects.filter(room__token=token).exclude(state=SeatState.REMOVED)
    return list(Person.objects.filter(pk__in=seats.values("person"))) if token else []
