"""Where people meet online: in a room of kith, or at the community's own conference server.

Of the server kith itself asks nothing.
"""

import secrets
from contextlib import suppress
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse

from kith.errors import RefusalError
from kith.web.circles.models import Chair, Pair
from kith.web.circles.queries.evenings import calendar_of
from kith.web.circles.queries.glance import glance_at
from kith.web.circles.queries.next import host_at
from kith.web.circles.queries.pairing import room_ends
from kith.web.rooms import actions as rooms
from kith.web.rooms.choices import Kind
from kith.web.rooms.models import Room

_ROOM_BYTES: Final = 15


def suggested_room() -> str:
    """Return the link of a room that nobody guesses, or "" where the community has no server."""
    base: str = settings.KITH_ROOMS
    if not base.startswith("https://"):
        return ""
    return f"{base.rstrip('/')}/{secrets.token_urlsafe(_ROOM_BYTES)}"


def room_of_evening(*, chair: Chair, on: date) -> Room:
    """Return the room of kith for that evening of the circle of `chair`, with a seat for whose it is.

    Those whom they see there have one too; who opens the door that evening holds it.

    Raises:
        RefusalError: If there is no seat for them, or it is over.
    """
    circle = chair.circle
    glance = glance_at(chair, at=circle.starts_on(on))
    host = host_at(glance)
    room = rooms.open_room(
        kind=Kind.CIRCLE,
        people=[chair.person],
        host=host.person if host else None,
        ends_at=calendar_of(circle).ends_at(on),
        occasion=f"circle {circle.pk} {on}",
        back=reverse("circles:circle", args=[circle.token]),
    )
    known = frozenset(room.seats.values_list("person", flat=True))
    for one in glance.sits:
        # Who cannot come, or left, keeps their chair; whom another keeps away from we do not seat.
        with suppress(RefusalError):
            if not glance.is_away(one) and one.person_id not in known:
                rooms.seat(room=room, person=one.person)
    return room


def room_of_pair(*, pair: Pair) -> Room:
    """Return the room of kith in which the two of `pair` listen to each other.

    Raises:
        RefusalError: If it is over, or they may not meet.
    """
    return rooms.open_room(
        kind=Kind.PAIR,
        people=[pair.low, pair.high],
        ends_at=room_ends(pair),
        occasion=f"pair {pair.pk}",
        back=reverse("circles:pair", args=[pair.token]),
    )
