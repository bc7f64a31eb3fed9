"""Drive: what the gaps of all systems weigh together.

    D = sum over m of w[m] * ([h*[m] - h[m]]+ ** 2 + excess * [h[m] - h*[m]]+ ** 2)

Separable and convex: a large gap in one system weighs more than small ones in several, and no
surplus elsewhere fills it (equation 2). The root of the sum, as in Keramati and Gutkin 2014,
would let an unmet social need make the drug worth less, which is the wrong way round.
"""

from typing import Any

from kith.core.brain.shared import either, shared
from kith.core.brain.words import ZERO


@shared
def strain(tone: Any, target: Any, excess: Any) -> Any:
    """Return what one system adds to drive, before its weight."""
    gap = target - tone
    return either(gap > ZERO, gap * gap, (gap * gap) * excess)
