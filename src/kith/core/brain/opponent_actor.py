"""The opponent actor: Go learns from what was better, NoGo from what was worse (D1, D2).

    G <- max(0, G + rate * G * tanh delta),   N <- max(0, N - rate * N * tanh delta)

then both drift back to 1 and stay below `most` (OpAL, Collins and Frank 2014; equation 6). What
weighs in a choice is (1 + rho) * G - (1 - rho) * N, with rho = tanh(slope * (h - h*) / h*) of
dopamine: in withdrawal costs loom (equation 7).
"""

from typing import Any

from kith.core.brain.curves import hyperbolic_tangent
from kith.core.brain.shared import either, shared, within
from kith.core.brain.words import ONE, ZERO


@shared
def stirred(weight: Any, surprise: Any, rate: Any) -> Any:
    """Return G after an act; with `surprise` = -tanh delta, N."""
    return weight + rate * weight * surprise


@shared
def settled(weight: Any, drift: Any, most: Any) -> Any:
    """Return G or N after an epoch, in which it drifts towards 1."""
    return within(weight + drift * (ONE - weight), ZERO, most)


@shared
def vigour(tone: Any, gain: Any, slope: Any) -> Any:
    """Return rho; `gain` is 1 / h*, so that tone * gain - 1 is the relative surplus."""
    return hyperbolic_tangent(slope * (tone * gain - ONE))


@shared
def goal(go: Any, nogo: Any, rho: Any) -> Any:
    """Return (1 + rho) * G - (1 - rho) * N."""
    return (ONE + rho) * go - (ONE - rho) * nogo


@shared
def where(is_act: Any, new: Any, old: Any) -> Any:
    """Return `new` for the act that was done, `old` for the others."""
    return either(is_act, new, old)
