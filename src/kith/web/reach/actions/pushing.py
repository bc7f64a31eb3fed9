"""Whoever is rung hears of it where they are not looking: their browsers are told, at any hour.

It goes by the rows: whatever process dies, the next one finds who was not told yet.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final

from django.utils import timezone

from kith.web.notices.actions.ringing import Bell
from kith.web.reach import access
from kith.web.reach.actions.settling import end_calls, settle_all
from kith.web.reach.models import Ring

# So few are on their way at a time that the first of a reach just begun is soon next in line.
_AT_ONCE: Final = 48
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
        room = _AT_ONCE - len(self._going)
        pending = access.to_push(at=timezone.now()) if room > 0 else []
        due = [one for one in pending if one[0] not in self._going and self._may(one[0], now)]
        if due:
            pages = ((one, key, Ring(token=token)) for one, key, token in due[:room])
            calls = [(one, key, ring.get_absolute_url()) for one, key, ring in pages]
            self._going.update(self._bell.ring(calls))
        return self._write_down() or bool(due)

    def rest(self) -> None:
        """Wait for the earlier half of what is on its way, or until it is time to look again."""
        going = list(self._going.values())
        if going:
            wait(going[: len(going) // 2 + 1], timeout=_LOOK_EVERY_S)
        else:
            time.sleep(_LOOK_EVERY_S)

    def _may(self, number: int, now: float) -> bool:
        return self._again.get(number, 0.0) <= now

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
    # Reading all addresses takes a second or two: better now than while somebody waits.
    Ring().get_absolute_url()
    while goes_on():
        ringer.look()
        ringer.rest()
        if time.monotonic() - settled > _SETTLE_EVERY_S:
            settled = time.monotonic()
            settle_all(at=timezone.now())
            end_calls(at=timezone.now())


def _went_well(one: "Future[bool]") -> bool:
    return one.exception() is None and one.result()
