"""Tells Django about this app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from typing_extensions import override


class ReachConfig(AppConfig):
    name = "kith.web.reach"
    label = "reach"

    @override
    def ready(self) -> None:
        """Bring the lines after every migrate; listen to what people say of their hours and languages."""
        post_migrate.connect(_bring_lines, sender=self)
        from kith.web.notices.models import Pace  # noqa: PLC0415 - models are ready only now
        from kith.web.people.models import Said  # noqa: PLC0415

        for model in (Pace, Said):
            post_save.connect(_said, sender=model)
            post_delete.connect(_said, sender=model)


def _bring_lines(sender: AppConfig, plan: Any = (), **_kwargs: Any) -> None:
    """Bring the lines up to date, unless this app's tables were just taken back."""
    if any(migration.app_label == sender.label and backwards for migration, backwards in plan):
        return
    from kith.web.reach import actions, queries  # noqa: PLC0415 - models are not ready before

    actions.refresh_lines(countries=queries.shipped_countries(), lines=queries.shipped_lines())


def _said(instance: Any, **_kwargs: Any) -> None:
    from kith.web.reach import actions  # noqa: PLC0415 - as above

    actions.changed(person=instance.person_id)
