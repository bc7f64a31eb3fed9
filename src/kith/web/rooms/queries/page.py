"""A room, as the page shows it to one who has a seat there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.web.kit.times import said_time
from kith.web.people import access as people
from kith.web.people import queries as people_queries
from kith.web.rooms import access
from kith.web.rooms.models import Room, Seat
from kith.web.rooms.queries import relays
from kith.web.rooms.queries.words import words

_GUIDE = "rooms/guide.js"


@dataclass(frozen=True, slots=True)
class Chair:
    """The seat of somebody else, as those in the room call it."""

    mark: str
    called: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a room shows."""

    title: str
    chairs: list[Chair]
    is_host: bool
    until: str
    # Where the guided conversation is, or "" where it is not installed.
    guide: str
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody in the room, from whom one may keep away."""

    called: str
    reference: str


def page_of(seat: Seat, *, zone: str = "") -> Page:
    """Return the page of the room of `seat` for whose it is, by the clock of `zone`."""
    chairs = [Chair(one.mark, str(one.person)) for one in access.seats_beside(seat)]
    return Page(
        title=_title(chairs),
        chairs=chairs,
        is_host=access.is_host(seat),
        until=until(seat, zone=zone),
        guide=static(_GUIDE) if finders.find(_GUIDE) else "",
        told={
            "socket": f"{seat.room.get_absolute_url()}ws",
            "notOkay": reverse("rooms:not_okay", args=[seat.room.token]),
            "endsAt": int(seat.room.ends_at.timestamp() * 1000),
            "ice": relays.for_now(),
            "words": words(),
        },
    )


def _title(chairs: list[Chair]) -> str:
    if len(chairs) == 1:
        return _("With %(name)s") % {"name": chairs[0].called}
    return _("The room")


def until(seat: Seat, *, zone: str = "") -> str:
    """Return in words until when the room of `seat` is open."""
    clock = ZoneInfo(zone or people_queries.clock_of(seat.person) or settings.TIME_ZONE)
    return said_time(seat.room.ends_at.astimezone(clock).time())


def is_open(room: Room, *, at: datetime) -> bool:
    """Return whether somebody may still come in."""
    return not room.is_over(at=at)


def beside(seat: Seat) -> list[Beside]:
    """Return those in the room of `seat`, by what a page calls them."""
    return [
        Beside(str(one.person), people.reference_to(one.person, seen_by=seat.person))
        for one in access.seats_beside(seat)
    ]
