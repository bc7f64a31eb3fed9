"""Tells Django about this app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from typing_extensions import override


class ReachConfig(AppConfig):
    name = "kith.web.reach"
    label = "reach"

    @override
    def ready(self) -> None:
        """Ask for the lines to be brought up to date after every migrate."""
        post_migrate.connect(_bring_lines, sender=self)


def _bring_lines(sender: AppConfig, plan: Any = (), **_kwargs: Any) -> None:
    """Bring the lines up to date, unless this app's tables were just taken back."""
    if any(migration.app_label == sender.label and backwards for migration, backwards in plan):
        return
    from kith.web.reach import actions, queries  # noqa: PLC0415 - models are not ready before

    actions.refresh_lines(countries=queries.shipped_countries(), lines=queries.shipped_lines())
