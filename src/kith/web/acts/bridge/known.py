"""Who knows whom, as ties stand on a day."""

from datetime import date
from typing import Final
from uuid import UUID

from kith.core import ties
from kith.web.acts.bridge.one import day_of
from kith.web.acts.models import Tie

_ROWS_AT_ONCE: Final = 10_000
# Design choice, as in kith.core.ties.effective_size: an hour in person, alone, ends after 210 days.
_WEAKEST: Final = 0.01


def known_on(on: date) -> list[tuple[UUID, UUID]]:
    """Return the pairs of people whose tie has not faded by `on`, the lower key first."""
    day = day_of(on)
    rows = Tie.objects.values_list("low_id", "high_id", "strength", "day")
    found = []
    for low, high, strength, since in rows.iterator(_ROWS_AT_ONCE):
        now = ties.faded(ties.Tie(strength, 0.0, 0.0, since), max(day, since))
        if now.strength > _WEAKEST:
            found.append((low, high))
    return found
