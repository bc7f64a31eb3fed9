"""Set points: each use moves what a system is used to, and that comes home slowly.

    h*[m] <- h*[m] + rise * K_drug[m] - return * (h*[m] - 1),   in 1 to 1 + most

All five move in proportion to what the drug feeds them, so one number, the load x, holds them:

    h*[m] = 1 + x * K_drug[m] / max K_drug,    x <- min(most, x + rise * max K_drug - return * x)

The same equation, one float instead of five (equation 4: tolerance of reward, withdrawal).
A natural act meets a blunted system: g[m] = 1 / h*[m], and the gap that the drug has dug is not
one that natural acts can fill: see `reward`.
"""

from typing import Any

from kith.core.brain.shared import either, shared, smaller
from kith.core.brain.words import ONE, ZERO


@shared
def target(load: Any, share: Any) -> Any:
    """Return h*: what a system is used to under a load; `share` is K_drug / max K_drug."""
    return ONE + load * share


@shared
def blunting(targeted: Any) -> Any:
    """Return g: what share of a natural feed such a system still takes up."""
    return ONE / targeted


@shared
def loaded(load: Any, has_used: Any, rise: Any, kept: Any, most: Any) -> Any:
    """Return the load after an epoch; `rise` is per use, `kept` is 1 - return."""
    return smaller(load * kept + either(has_used, rise, ZERO), most)
