"""Rooms and those in them, as few lines as a test needs."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

from kith.web.people.models import Person
from kith.web.rooms import actions
from kith.web.rooms.choices import Kind
from kith.web.rooms.models import Room

HOUR = timedelta(hours=1)


def room_of(*people: Person, ends_in: timedelta = HOUR, **more: Any) -> Room:
    """Return an open room with a seat for each of `people`."""
    given = {"kind": Kind.PAIR, "ends_at": timezone.now() + ends_in, **more}
    return actions.open_room(people=people, **given)


def seat_of(person: Person, room: Room) -> Any:
    """Return the seat of `person` in `room`, as it stands."""
    return room.seats.get(person=person)


def key_of(person: Person) -> str:
    """Return what is in the cookie of a browser in which `person` is in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
