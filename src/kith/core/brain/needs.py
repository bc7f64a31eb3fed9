"""Needs: tone fades, and acts feed it.

    h[m] <- (h[m] + K[m]) * (1 - fade[m])

h: tone of system m, where 1 is what a person without the drug is used to. K: what the epoch fed
it. Fading without feeding is how loneliness becomes a need (equation 1).
"""

from typing import Any

from kith.core.brain.shared import shared


@shared
def fed(tone: Any, feed: Any, kept: Any) -> Any:
    """Return the tone after an epoch; `kept` is 1 - fade."""
    return (tone + feed) * kept


@shared
def reaches(feed: Any, gain: Any) -> Any:
    """Return what of a natural feed reaches a blunted system: K * g (equation 3)."""
    return feed * gain
