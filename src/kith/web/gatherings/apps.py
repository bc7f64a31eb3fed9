"""Tells Django about this app."""

from django.apps import AppConfig
from typing_extensions import override


class GatheringsConfig(AppConfig):
    name = "kith.web.gatherings"
    label = "gatherings"

    @override
    def ready(self) -> None:
        from kith.web.gatherings.access import hosts_at  # noqa: PLC0415 - models come first
        from kith.web.safety.queries import who_holds  # noqa: PLC0415 - models come first

        who_holds.connect(hosts_at)
