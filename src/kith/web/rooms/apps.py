"""Tells Django about this app; says who holds a room, and lets whoever keeps away get up."""

from typing import Any

from django.apps import AppConfig
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

    actions.part(distance=instance)
