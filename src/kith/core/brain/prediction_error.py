"""Prediction error: what came, less what was expected.

    delta = r - V[a];   of the drug: max(delta + surge, surge);   V[a] <- V[a] + rate * delta

The drug's surge is a part of the error that learning cannot cancel (Redish 2004), so its value
never settles (equation 5). Who reaches out and finds nobody has r < 0, so delta < 0 wherever
anything was expected.
"""

from typing import Any

from kith.core.brain.shared import either, larger, shared


@shared
def error(reward: Any, expected: Any, is_drug: Any, surge: Any) -> Any:
    """Return delta."""
    plain = reward - expected
    return either(is_drug, larger(plain + surge, surge), plain)


@shared
def expected_anew(expected: Any, delta: Any, rate: Any) -> Any:
    """Return V after one more act."""
    return expected + rate * delta
