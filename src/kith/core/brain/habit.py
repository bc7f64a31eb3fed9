"""Habit: the autopilot binds what is done at a cue to that cue, and to no other.

    H[c, a] <- H[c, a] + rate * (1[a was done] - H[c, a])     only after an overt act at cue c

An act at the cue strengthens itself there and weakens its rivals there; doing nothing unlearns
nothing, and what is done elsewhere leaves the cue alone (equation 8). `rate` is each person's own:
lognormal(ln .0454, .62), so that 95 % of the way takes 18 to 254 days of one act a day (Lally 2010).
"""

from typing import Any

from kith.core.brain.shared import either, shared
from kith.core.brain.words import ONE, ZERO


@shared
def bound(habit: Any, was_done: Any, rate: Any) -> Any:
    """Return H of one act at the cue that came, after an overt act there."""
    return habit + rate * (either(was_done, ONE, ZERO) - habit)
