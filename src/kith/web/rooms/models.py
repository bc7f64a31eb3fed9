"""A room in which people see each other, and the seats in it. Nothing said there is kept."""

import secrets
from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.rooms.choices import LINGER, Kind, SeatState

_MARK_BYTES: Final = 6
OCCASION_MOST: Final = 80
BACK_MOST: Final = 200


def new_mark() -> str:
    """Return what those in a room call a seat by, and nobody outside of it."""
    return secrets.token_urlsafe(_MARK_BYTES)


class Room(models.Model):
    """Where two to six people meet face to face, until `ends_at`.

    `occasion` is what it was opened for, as the app that opened it calls that, so that all who come
    to it find one room; none if it is a room by itself. `back` is the page to which leaving leads.
    """

    SECRET = ("id", "token", "occasion", "back", "host")

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    kind = models.CharField(_("what it is for"), max_length=8, choices=Kind)
    occasion = models.CharField(  # noqa: DJ001 - many have none, and "" would be one
        max_length=OCCASION_MOST, unique=True, null=True, default=None, editable=False
    )
    back = models.CharField(max_length=BACK_MOST, blank=True)
    host = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="rooms_held"
    )
    opened_at = models.DateTimeField(_("opened"))
    ends_at = models.DateTimeField(_("ends"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Return the address of its door."""
        return reverse("rooms:room", args=[self.token])

    def is_over(self, *, at: datetime) -> bool:
        """Return whether nobody comes in any more."""
        return self.closed_at is not None or at >= self.ends_at

    def is_shut(self, *, at: datetime) -> bool:
        """Return whether nobody may stay in it any more either."""
        return self.closed_at is not None or at >= self.ends_at + LINGER


class Seat(models.Model):
    """Somebody's seat in a room. `mark` is what those in the room call it by."""

    # When they were last there is for the end of a call, within minutes.
    SECRET = ("id", "mark", "seen_at")

    room = models.ForeignKey(Room, models.CASCADE, related_name="seats", verbose_name=_("room"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="seats_in_rooms")
    mark = models.CharField(max_length=12, default=new_mark, editable=False)
    state = models.CharField(
        _("how it stands"), max_length=8, choices=SeatState, default=SeatState.ASKED
    )
    asked_at = models.DateTimeField(_("asked"))
    sat_at = models.DateTimeField(_("came in"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("seat in a room")
        verbose_name_plural = _("seats in rooms")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("room", "person"), name="one_seat_in_a_room"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.room)
