"""Tells Django about this app, and listens for people who part."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class PlansConfig(AppConfig):
    name = "kith.web.plans"
    label = "plans"
    verbose_name = _("plans")

    @override
    def ready(self) -> None:
        """Listen: who keeps away from whom is kept in another app, which knows of no plans."""
        from kith.web.safety.models import Distance  # noqa: PLC0415 - models are ready only now

        post_save.connect(_kept_away, sender=Distance)


def _kept_away(instance: Any, **_: Any) -> None:
    from kith.web.plans import actions  # noqa: PLC0415 - as above

    actions.part(distance=instance)
