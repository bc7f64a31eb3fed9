"""Whoever is rung hears of it where they are not looking: their browsers are told, at any hour.

It goes by the rows: whatever process dies, the next one finds who was not told yet.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from django.utils import timezone

from kith.web.notices.actions.ringing import Bell
from kith.web.reach import access
from kith.web.reach.actions.settling import end_calls, settle_all
from kith.web.reach.models import Ring

_AT_ONCE: Final = 300
_LOOK_EVERY_S: Final = 0.1
_SETTLE_EVERY_S: Final = 1.0
_AGAIN_AFTER_S: Final = 5.0


class Ringer:
    """Hands rings to push services as they come, and writes down which were taken in."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._going: dict[int, Future[bool]] = {}
        # What did not go well, and when it is tried again.
        self._again: dict[int, float] = {}

    def look(self) -> bool:
        """Hand over what is due and is not going already; return whether there was anything."""
        now = time.monotonic()
        due = [
            ring
            for ring in access.to_push(at=timezone.now(), most=_AT_ONCE + len(self._going))
            if ring.pk not in self._going and self._again.get(ring.pk, 0.0) <= now
        ]
        if due:
            calls = [(one.pk, one.person_id, one.get_absolute_url()) for one in _first_first(due)]
            self._going.update(self._bell.ring(calls))
        return self._write_down() or bool(due)

    def _write_down(self) -> bool:
        over = {number: one for number, one in self._going.items() if one.done()}
        told = [number for number, one in over.items() if _went_well(one)]
        if told:
            Ring.objects.filter(pk__in=told).update(pushed_at=timezone.now())
        later = time.monotonic() + _AGAIN_AFTER_S
        self._again.update((number, later) for number in over.keys() - set(told))
        for number in over:
            del self._going[number]
        return bool(over)


def keep_ringing(bell: Bell, *, goes_on: Callable[[], bool]) -> None:
    """Ring, and settle what nobody answered, for as long as `goes_on` says so."""
    ringer, settled = Ringer(bell), 0.0
    while goes_on():
        if not ringer.look():
            time.sleep(_LOOK_EVERY_S)
        if time.monotonic() - settled > _SETTLE_EVERY_S:
            settled = time.monotonic()
            settle_all(at=timezone.now())
            end_calls(at=timezone.now())


def _went_well(one: "Future[bool]") -> bool:
    return one.exception() is None and one.result()


def _first_first(due: list[Ring]) -> list[Ring]:
    """Return the first ring of each reach, then the second ones: each is soon rung by somebody."""
    seen: dict[int, int] = {}
    order = []
    for place, ring in enumerate(due):
        turn = seen[ring.reach_id] = seen.get(ring.reach_id, -1) + 1
        order.append((turn, place))
    return [due[place] for _turn, place in sorted(order)]
