"""Company: what one has seen lately of those one meets is the norm.

    U <- U + norm_rate * (1[in a lapse] - U)     at each meeting;   R <- R - norm * U * 1[in a lapse]

One lapse among many who are steady is an exception and takes little; among many lapses it is the
norm. That several have to do a thing before it spreads is complex contagion (Centola and Macy
2007); that those who are brought together in trouble can come out worse than those who were left
alone is Dishion 1999. Both stand behind the form and the sign, neither behind a size.
"""

from typing import Any

from kith.core.brain.shared import either, shared
from kith.core.brain.words import ONE, ZERO


@shared
def norm(usual: Any, met: Any, in_lapse: Any, rate: Any) -> Any:
    """Return U after an epoch, in which somebody was met or nobody."""
    return usual + either(met, rate * (either(in_lapse, ONE, ZERO) - usual), ZERO)
