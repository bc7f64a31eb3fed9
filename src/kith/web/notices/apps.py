"""Tells Django about this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class NoticesConfig(AppConfig):
    name = "kith.web.notices"
    label = "notices"
    verbose_name = _("notices")

    @override
    def ready(self) -> None:
        """Let the tasks hear when somebody is told something."""
        from kith.web.notices import tasks  # noqa: F401, PLC0415 - models are not ready before
