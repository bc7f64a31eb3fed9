"""Reaching: those who are rung answer or not, one after the other.

    P(reached) = 1 - product over ties j of (1 - q * w[i, j] * free[j])

One number of dice says both whether and who: j answers where the dice fall between the chance
that somebody before j has answered and the chance that j or somebody before has (equation 11).
"""

from typing import Any

from kith.core.brain.shared import shared
from kith.core.brain.words import ONE


@shared
def silent(still: Any, chance: Any) -> Any:
    """Return the chance that nobody so far has answered, after one more who may with `chance`."""
    return still * (ONE - chance)
