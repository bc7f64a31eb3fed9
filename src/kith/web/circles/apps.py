"""Tells Django about this app, and listens for distances that people begin to keep."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class CirclesConfig(AppConfig):
    name = "kith.web.circles"
    label = "circles"
    verbose_name = _("circles")

    @override
    def ready(self) -> None:
        from kith.web.safety.models import Distance  # noqa: PLC0415 - not ready before

        post_save.connect(_part_the_pair, sender=Distance, dispatch_uid="pairs part")


def _part_the_pair(instance: Any, **_kwargs: Any) -> None:
    """Let whoever keeps away from the other of their pair be a pair no longer."""
    from kith.web.circles import actions  # noqa: PLC0415
    from kith.web.safety.choices import Kind  # noqa: PLC0415

    if instance.kind in {Kind.BLOCK, Kind.AVOID}:
        actions.part_pair(one=instance.by_id, other=instance.whom_id, at=timezone.now())
