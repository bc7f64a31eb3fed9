"""How the day of one person is written down, as every kind of machine code runs it."""

from typing import Any

from kith.core.brain.shared import shared
from kith.core.brain.words import GONE
from kith.core.model.state import NEVER, RELAPSE_DAYS


@shared
def close_day(i: Any, day: Any, act: Any, today: Any, week: Any, first_use: Any, relapse: Any, use_days: Any) -> Any:  # fmt: skip
    """Write the day of one person down; return whether they used, live, and are in a relapse."""
    used = today[i]
    bits = ((week[i] << 1) | used) & 127
    week[i] = bits
    again = _days(bits) >= RELAPSE_DAYS
    use_days[i] += used
    today[i] = 0
    if used and first_use[i] == NEVER:
        first_use[i] = day
    if again and relapse[i] == NEVER:
        relapse[i] = day
    is_alive = act[i] != GONE
    return used, is_alive, is_alive and again


@shared
def _days(week: Any) -> Any:
    """Return how many of seven bits are set."""
    pairs = week - ((week >> 1) & 0x55)
    fours = (pairs & 0x33) + ((pairs >> 2) & 0x33)
    return (fours + (fours >> 4)) & 15
