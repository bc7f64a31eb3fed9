"""Whether some people are a circle that breaks no hard rule; plain code, without the engine."""

from kith.core.matching import Circles, Sizes
from kith.core.matching.check import violations
from kith.web.circles.bridge.crowd import Crowd

SIZES = Sizes(4, 6)


def may_begin(crowd: Crowd) -> bool:
    """Return whether those of a crowd of one circle are one that breaks no hard rule."""
    rows = list(range(len(crowd.keys)))
    if not SIZES.least <= len(rows) <= SIZES.most:
        return False
    whole = Circles.of([rows], crowd.last.hour.tolist(), crowd.last.mode.tolist())
    found = violations(crowd.people, whole, seed=0, sizes=SIZES)
    # What it is worth, and so the seed of its chance, is not asked here.
    return all(violation.rule == "value" for violation in found)
