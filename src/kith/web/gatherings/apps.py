"""Tells Django about this app."""

from django.apps import AppConfig
from typing_extensions import override


class GatheringsConfig(AppConfig):
    name = "kith.web.gatherings"
    label = "gatherings"

    @override
    def ready(self) -> None:
        # Not at the top: rows exist only once every app is known.
        from kith.web.gatherings.access import hosts_at  # noqa: PLC0415
        from kith.web.gatherings.bridge import spots  # noqa: PLC0415
        from kith.web.people.bridge import homes  # noqa: PLC0415
        from kith.web.safety.queries import who_holds  # noqa: PLC0415

        homes.also_ask(spots.postcodes_named)
        who_holds.connect(hosts_at)
