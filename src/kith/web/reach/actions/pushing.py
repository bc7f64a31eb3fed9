"""Whoever is rung hears of it where they are not looking: their browsers are told, at any hour."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from kith.web.notices.actions.ringing import Bell
from kith.web.reach import access
from kith.web.reach.models import Ring

_AT_ONCE: Final = 300


def push_due(bell: Bell, *, at: datetime | None = None) -> int:
    """Hand every ring to the push services that no one was told of; return how many there were.

    Those of one reach go one after another, and the first of all reaches before the second of any.
    """
    due = access.to_push(at=at or timezone.now(), most=_AT_ONCE)
    if not due:
        return 0
    done = bell.ring_all(
        [(ring.pk, ring.person_id, ring.get_absolute_url()) for ring in _first_first(due)]
    )
    Ring.objects.filter(pk__in=done).update(pushed_at=timezone.now())
    return len(done)


def _first_first(due: list[Ring]) -> list[Ring]:
    seen: dict[int, int] = {}
    order = []
    for place, ring in enumerate(due):
        turn = seen[ring.reach_id] = seen.get(ring.reach_id, -1) + 1
        order.append((turn, place))
    return [due[place] for _turn, place in sorted(order)]
