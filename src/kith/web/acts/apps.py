"""Tells Django about this app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class ActsConfig(AppConfig):
    name = "kith.web.acts"
    label = "acts"
    verbose_name = _("acts")

    @override
    def ready(self) -> None:
        """Ask for the log to be guarded after every migrate."""
        post_migrate.connect(_guard, sender=self)


def _guard(**_kwargs: Any) -> None:
    from kith.web.acts import actions  # noqa: PLC0415 - models are not ready before

    actions.guard()
