"""Tells Django about this app; says who holds a room, and lets whoever keeps away get up."""

from collections.abc import Collection
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class RoomsConfig(AppConfig):
    name = "kith.web.rooms"
    label = "rooms"
    verbose_name = _("rooms")

    @override
    def ready(self) -> None:
        """Listen: reports and distances are kept in another app, which knows of no rooms."""
        from kith.web.rooms.access import who_sat_at  # noqa: PLC0415 - models are ready only now
        from kith.web.safety.models import Distance  # noqa: PLC0415
        from kith.web.safety.queries import who_holds  # noqa: PLC0415

        who_holds.connect(who_sat_at)
        post_save.connect(_kept_away, sender=Distance)


def _kept_away(instance: Any, **_: Any) -> None:
    from kith.web.rooms import actions  # noqa: PLC0415 - as above

    seats = actions.part(distance=instance)
    transaction.on_commit(lambda: _say_over(seats))


def _say_over(seats: Collection[Any]) -> None:
    """Let the browsers hear at once what they would ask for within twenty seconds."""
    from kith.web.rooms.consumers import sockets  # noqa: PLC0415 - as above

    for seat in seats:
        is_over = seat.room.closed_at is not None
        sockets.say(seat.room.token, {"kind": "end" if is_over else "up", "id": seat.mark})
