"""Each tie twice: once as either of its two people sees it."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64

from kith.core.ties.table import Ties
from kith.errors import InvalidInputError


class Ends(NamedTuple):
    """Ends of ties, sorted by the person who looks.

    Args:
        ego: Who looks.
        alter: At whom.
        strength: Of the tie between them.
        place: Of this end among all ends: row r of n ties as its low sees it is r, as its high
            sees it n + r.
    """

    ego: Int32[np.ndarray, "ends"]
    alter: Int32[np.ndarray, "ends"]
    strength: Float64[np.ndarray, "ends"]
    place: Int64[np.ndarray, "ends"]


def ends(ties: Ties, counts: Bool[np.ndarray, "_"] | None = None, weakest: float = 0.0) -> Ends:
    """Return the ends of ties as they stand on the last day of all.

    Args:
        ties: Of all people.
        counts: Which people may be looked at; everybody where it is not said. Anybody looks.
        weakest: Ties that are not stronger are left out.

    Raises:
        InvalidInputError: If `counts` does not say yes or no for each person.
    """
    now = ties.at(ties.last_day)
    if counts is None:
        counts = np.ones(ties.people, np.bool_)
    if len(counts) != ties.people:
        raise InvalidInputError(f"counts must be of {ties.people} people, got {len(counts)}")
    ego = np.concatenate((now.low, now.high))
    alter = np.concatenate((now.high, now.low))
    strength = np.concatenate((now.strength, now.strength))
    kept = np.flatnonzero(counts[alter] & (strength > weakest))
    place = kept[np.argsort(ego[kept], kind="stable")]
    return Ends(ego[place], alter[place], strength[place], place)
