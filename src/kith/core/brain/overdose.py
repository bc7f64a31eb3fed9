"""Overdose: tolerance follows use, is lost without it, and what is missing of it kills.

    tolerance <- tolerance + gain * (1 - tolerance) after a use, tolerance * (1 - loss) otherwise
    P(death | use) = base * exp(slope * (1 - tolerance))

A dose is 1 (equation 13). Strang 2003: those who died had lost their tolerance in treatment.
"""

from typing import Any

from kith.core.brain.curves import exponential
from kith.core.brain.shared import either, shared
from kith.core.brain.words import ONE


@shared
def tolerant(tolerance: Any, has_used: Any, gain: Any, kept: Any) -> Any:
    """Return tolerance after an epoch; `kept` is 1 - loss."""
    return either(has_used, tolerance + gain * (ONE - tolerance), tolerance * kept)


@shared
def hazard(tolerance: Any, base: Any, slope: Any) -> Any:
    """Return the chance that one use kills."""
    return base * exponential(slope * (ONE - tolerance))
