"""Who is in an export, in a new order and under new numbers."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int64

from kith.core.rng import stream

# New numbers are below this: long enough that two exports hardly share one.
_MOST = 2**40


class Leaving(NamedTuple):
    """Who is in an export.

    Args:
        is_in: Whether each person of the study is.
        person: Those who are, in their new order.
        id: Their new numbers, in that order and rising: the order says nothing either.
        place: For each person of the study where they stand in that order, or -1.
    """

    is_in: Bool[np.ndarray, "people"]
    person: Int64[np.ndarray, "in_it"]
    id: Int64[np.ndarray, "in_it"]
    place: Int64[np.ndarray, "people"]


def leaving(is_in: Bool[np.ndarray, "people"], seed: int) -> Leaving:
    """Return those who leave, shuffled, with new numbers that mean nothing."""
    dice = stream(seed, "export", "people")
    person = dice.permutation(np.flatnonzero(is_in)).astype(np.int64)
    fresh = np.zeros(0, np.int64)
    while len(fresh) < len(person):
        fresh = np.unique(np.append(fresh, dice.integers(1, _MOST, len(person) - len(fresh))))
    place = np.full(len(is_in), -1, np.int64)
    place[person] = np.arange(len(person))
    return Leaving(is_in, person, fresh, place)
