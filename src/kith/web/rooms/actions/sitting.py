"""Somebody comes in and leaves; the host moves somebody to the lobby, and ends it for all."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.rooms import access
from kith.web.rooms.actions.opening import (
    OverError,
    close,
    refuse_if_full,
    refuse_if_over,
)
from kith.web.rooms.choices import Kind, SeatState
from kith.web.rooms.models import Seat
from kith.web.safety.choices import Kind as Far
from kith.web.safety.models import Distance


class WaitsError(RefusalError):
    """The host asked somebody to wait in the lobby."""


class NotHostError(RefusalError):
    """Only the host of a room does that."""


@transaction.atomic
def sit(*, seat: Seat) -> None:
    """Let whose seat it is come in; who is in, or comes back a little late, stays.

    Raises:
        OverError: If the time of the room is over, or the seat no longer theirs.
        WaitsError: If the host asked them to wait.
        FullError: If they had left, and six others have the seats.
    """
    seat.room = access.locked(seat.room)
    refuse_if_shut(seat=seat)
    if seat.state == SeatState.WAITS:
        raise WaitsError(_("The host asked you to wait here for a moment."))
    seat.state = SeatState.SITS
    seat.seen_at = timezone.now()
    seat.sat_at = seat.sat_at or seat.seen_at
    seat.save(update_fields=["state", "sat_at", "seen_at"])


def note_here(*, seat: Seat) -> None:
    """Note that whoever has a seat in a call is still there."""
    if seat.room.kind == Kind.CALL:
        seat.seen_at = timezone.now()
        seat.save(update_fields=["seen_at"])


def refuse_if_shut(*, seat: Seat) -> None:
    """Raise a sentence if whose seat it is cannot come in now.

    Raises:
        OverError: If the time of the room is over, or the seat no longer theirs.
        FullError: If they had left, and six others have the seats.
    """
    now = timezone.now()
    if seat.state == SeatState.REMOVED:
        raise OverError(_("This seat is no longer yours."))
    if seat.state != SeatState.SITS or seat.room.is_shut(at=now):
        refuse_if_over(seat.room, at=now)
    if seat.state == SeatState.LEFT:
        refuse_if_full(seat.room)


@transaction.atomic
def leave(*, seat: Seat) -> None:
    """Get up. While the room is open whose seat it was may come back, if there is one."""
    seat.state = SeatState.LEFT
    seat.left_at = timezone.now()
    seat.save(update_fields=["state", "left_at"])


@transaction.atomic
def to_lobby(*, seat: Seat, by: Seat) -> None:
    """Let somebody wait in the lobby, as the host asks.

    Raises:
        NotHostError: If `by` is not the host's.
    """
    _refuse_if_not_host(by)
    seat.state = SeatState.WAITS
    seat.save(update_fields=["state"])


@transaction.atomic
def let_in(*, seat: Seat, by: Seat) -> None:
    """Let somebody who waits come in again.

    Raises:
        NotHostError: If `by` is not the host's.
    """
    _refuse_if_not_host(by)
    seat.state = SeatState.ASKED
    seat.save(update_fields=["state"])


@transaction.atomic
def end_by_host(*, by: Seat) -> None:
    """Close the room for all.

    Raises:
        NotHostError: If `by` is not the host's.
    """
    _refuse_if_not_host(by)
    close(room=by.room)


@transaction.atomic
def part(*, distance: Distance) -> list[Seat]:
    """Let whoever keeps away from somebody get up where both have a seat, and return the seats.

    A call of the two is over with that. Nobody is told why.
    """
    if distance.kind == Far.MUTE:
        return []
    seats = list(access.seats_of_both(distance.by, distance.whom))
    for seat in seats:
        leave(seat=seat)
        if seat.room.kind == Kind.CALL:
            close(room=seat.room)
    return seats


def _refuse_if_not_host(by: Seat) -> None:
    if not access.is_host(by):
        raise NotHostError(_("Only the host of this room can do that."))
