"""Tells Django about this app, and listens for people who part, and for chairs that are gone."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class CirclesConfig(AppConfig):
    name = "kith.web.circles"
    label = "circles"
    verbose_name = _("circles")

    @override
    def ready(self) -> None:
        """Listen: who keeps away from whom is kept in another app, which knows of no circles."""
        from kith.web.circles.access import who_sat_at  # noqa: PLC0415 - models are ready only now
        from kith.web.circles.models import Chair  # noqa: PLC0415
        from kith.web.safety.models import Distance  # noqa: PLC0415
        from kith.web.safety.queries import who_holds  # noqa: PLC0415

        who_holds.connect(who_sat_at)
        post_save.connect(_kept_away, sender=Distance)
        post_delete.connect(_chair_went, sender=Chair)


def _kept_away(instance: Any, **_: Any) -> None:
    from kith.web.circles import actions  # noqa: PLC0415 - as above

    actions.part(distance=instance)
    actions.part_pair(distance=instance)


def _chair_went(instance: Any, **_: Any) -> None:
    from kith.web.circles import actions  # noqa: PLC0415 - as above

    actions.close_if_empty(number=instance.circle_id)
