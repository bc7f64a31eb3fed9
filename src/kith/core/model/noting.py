"""How the day of one person is written down, as every kind of machine code runs it."""

from typing import Any

from kith.core.brain.shared import shared
from kith.core.brain.words import GONE
from kith.core.model.state import NEVER, RELAPSE_DAYS


@shared
def close_day(i: Any, day: Any, people: Any) -> Any:
    """Write the day of one person down; return whether they used, live, and are in a relapse."""
    used = people.today[i]
    week = ((people.week[i] << 1) | used) & 127
    people.week[i] = week
    again = _days(week) >= RELAPSE_DAYS
    people.use_days[i] += used
    people.today[i] = 0
    if used and people.first_use[i] == NEVER:
        people.first_use[i] = day
    if again and people.relapse[i] == NEVER:
        people.relapse[i] = day
    is_alive = people.act[i] != GONE
    return used, is_alive, is_alive and again


@shared
def _days(week: Any) -> Any:
    """Return how many of seven bits are set."""
    pairs = week - ((week >> 1) & 0x55)
    fours = (pairs & 0x33) + ((pairs >> 2) & 0x33)
    return (fours + (fours >> 4)) & 15
