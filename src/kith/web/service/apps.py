"""Tells Django about this app, and listens for people who part, are paused, or go."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class ServiceConfig(AppConfig):
    name = "kith.web.service"
    label = "service"
    verbose_name = _("asks and offers")

    @override
    def ready(self) -> None:
        """Listen: who keeps away from whom is kept in another app, which knows of no asks."""
        from kith.web.people.models import Person  # noqa: PLC0415 - models are ready only now
        from kith.web.safety.models import Distance, Pause  # noqa: PLC0415
        from kith.web.safety.queries import who_holds  # noqa: PLC0415
        from kith.web.service.access import who_is_part_of  # noqa: PLC0415

        who_holds.connect(who_is_part_of)
        pre_delete.connect(_goes, sender=Person)
        post_save.connect(_kept_away, sender=Distance)
        post_save.connect(_paused, sender=Pause)


def _kept_away(instance: Any, **_: Any) -> None:
    from kith.web.service import actions  # noqa: PLC0415 - as above

    actions.part(distance=instance)


def _paused(instance: Any, **_: Any) -> None:
    from kith.web.service import actions  # noqa: PLC0415 - as above

    actions.pause(person=instance.person)


def _goes(instance: Any, **_: Any) -> None:
    from kith.web.service import actions  # noqa: PLC0415 - as above

    actions.go(person=instance)
