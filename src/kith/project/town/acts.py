"""Acts in bulk, and the ties that the app's own rule makes of them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from kith.web.acts import bridge
from kith.web.acts.models import Act, Tie

_AT_ONCE = 2_000


def write_acts(acts: Iterable[Act]) -> None:
    """Write acts down for good; their ties learn them by `write_ties`."""
    Act.objects.bulk_create(acts, batch_size=_AT_ONCE)


def write_ties() -> None:
    """Let all ties be what all acts make, two people at a time, by the rule of the app."""
    of_two: dict[tuple[UUID, UUID], list[Act]] = defaultdict(list)
    for act in Act.objects.exclude(other=None).exclude(actor=None).order_by("pk"):
        two = [key for key in (act.actor_id, act.other_id) if key is not None]
        low, high = sorted(two, key=lambda key: key.int)
        of_two[low, high].append(act)
    Tie.objects.all().delete()
    Tie.objects.bulk_create(
        (_tie(low, high, acts) for (low, high), acts in of_two.items()), batch_size=_AT_ONCE
    )


def _tie(low: UUID, high: UUID, acts: list[Act]) -> Tie:
    tie = Tie(low_id=low, high_id=high, strength=0, help_up=0, help_down=0, day=0)
    bridge.relearn(tie, acts)
    return tie
