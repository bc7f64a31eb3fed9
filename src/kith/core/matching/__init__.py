"""Who sits with whom: circles of four to six, and pairs, out of what people offer.

What needs a compiler is not imported here: take `form` from `search`, `checked` from `check`,
`prove` from `proof`, `pair_up` from `pairs`, `reasons` from `explain`.
"""

from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.people import IN_PERSON, ONLINE, People
from kith.core.matching.points import POINTS, Points

__all__ = ["IN_PERSON", "NOBODY", "ONLINE", "POINTS", "Circles", "People", "Points", "Sizes"]
