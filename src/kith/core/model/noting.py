"""How the day of one person is written down, as every kind of machine code runs it."""

from typing import Any

import numpy as np

from kith.core.brain.shared import either, shared
from kith.core.brain.words import GONE
from kith.core.model.state import NEVER, RELAPSE_DAYS

_1, _2, _4, _WEEK = np.int32(1), np.int32(2), np.int32(4), np.int32(127)
_ONES, _PAIRS, _FOUR = np.int32(0x55), np.int32(0x33), np.int32(15)
_GONE, _NEVER, _ENOUGH = np.int32(GONE), np.int32(NEVER), np.int32(RELAPSE_DAYS)


@shared
def day_closed(day: Any, act: Any, today: Any, so_far: Any) -> Any:
    """Return what the evening of one person leaves, all of it int32.

    Args:
        day: Which.
        act, today: Of `State`.
        so_far: `week`, `first_use`, `relapse` and `use_days` of `State` in the morning.

    Returns:
        These four in the evening; then whether they live; and live in a relapse.
    """
    week, first_use, relapse, use_days = so_far
    week = ((week << _1) | today) & _WEEK
    again = _days(week) >= _ENOUGH
    first_use = either((today != 0) & (first_use == _NEVER), day, first_use)
    relapse = either(again & (relapse == _NEVER), day, relapse)
    is_alive = act != _GONE
    return week, first_use, relapse, use_days + today, is_alive, is_alive & again


@shared
def _days(week: Any) -> Any:
    """Return how many of seven bits are set."""
    pairs = week - ((week >> _1) & _ONES)
    fours = (pairs & _PAIRS) + ((pairs >> _2) & _PAIRS)
    return (fours + (fours >> _4)) & _FOUR
