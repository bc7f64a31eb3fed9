"""Tells Django about this app, and listens for hosts who go, are paused, or keep away."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from typing_extensions import override


class GatheringsConfig(AppConfig):
    name = "kith.web.gatherings"
    label = "gatherings"

    @override
    def ready(self) -> None:
        """Listen: what happens to a host happens in other apps, which know nothing of hosts."""
        from kith.web.gatherings.access import hosts_at  # noqa: PLC0415 - models are ready only now
        from kith.web.gatherings.bridge import spots  # noqa: PLC0415
        from kith.web.gatherings.models import Host  # noqa: PLC0415
        from kith.web.people.bridge import homes  # noqa: PLC0415
        from kith.web.safety.models import Distance, Pause  # noqa: PLC0415
        from kith.web.safety.queries import who_holds  # noqa: PLC0415

        homes.also_ask(spots.postcodes_named)
        who_holds.connect(hosts_at)

        post_delete.connect(_host_went, sender=Host)
        post_save.connect(_paused, sender=Pause)
        post_save.connect(_kept_away, sender=Distance)


def _host_went(instance: Any, **_: Any) -> None:
    """Let what they held rest, if it has no two hosts now."""
    from kith.web.gatherings import actions  # noqa: PLC0415 - as above
    from kith.web.gatherings.models import Gathering  # noqa: PLC0415

    gathering = Gathering.objects.filter(pk=instance.gathering_id).first()
    if gathering is not None:
        # Who is erased is told nothing any more: a row for them would outlive them.
        actions.settle(gathering=gathering, besides=instance.person_id)


def _paused(instance: Any, **_: Any) -> None:
    from kith.web.gatherings import actions  # noqa: PLC0415 - as above

    actions.settle_for(people=[instance.person_id])


def _kept_away(instance: Any, **_: Any) -> None:
    from kith.web.gatherings import actions  # noqa: PLC0415 - as above

    actions.settle_for(people=[instance.by_id, instance.whom_id])
