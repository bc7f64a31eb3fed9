"""The share of chance, for a study: how likely were the two of a pair to sit together?

Dice give each two people 0 to `Points.chance` points, every number as likely, and all else decides
with them who sits with whom. No formula says how likely a pair was; throwing the dice again does.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int32

from kith.core.matching.circles import NOBODY, Circles, circle_of
from kith.core.rng import key
from kith.errors import InvalidInputError


class Propensities(NamedTuple):
    """Each two who sit together, and how often they would.

    Args:
        circle: Theirs.
        one, other: Rows of people.
        share: Of all other throws of the dice, those in which they sit together.
        error: Its standard error, for the throws are but some. 0 where the share is 0 or 1; then
            the 95 % limit lies 3 / draws away (Hanley and Lippman-Hand 1983).
    """

    circle: Int32[np.ndarray, "_"]
    one: Int32[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    share: Float64[np.ndarray, "_"]
    error: Float64[np.ndarray, "_"]


def draw(seed: int, number: int) -> int:
    """Return the seed of the other dice of that number: `form(..., dice=draw(seed, 0))`."""
    return key(seed, "draw", number)


def propensities(
    circles: Circles, people: int, again: Callable[[int], Circles], *, seed: int, draws: int
) -> Propensities:
    """Return how often those who sit together would, if only the dice had fallen differently.

    Args:
        people: How many there are.
        again: Forms circles anew with dice of this seed, and all else as it was.
        draws: How often. The circles as they are do not count: they were chosen to be looked at.

    Raises:
        InvalidInputError: If `draws` is not positive.
    """
    if draws < 1:
        raise InvalidInputError(f"draws must be positive, got {draws}")
    circle, one, other = _together(circles)
    times = np.zeros(len(circle), np.int64)
    for number in range(draws):
        sits = circle_of(again(draw(seed, number)), people)
        times += (sits[one] == sits[other]) & (sits[one] != NOBODY)
    share = times / draws
    return Propensities(circle, one, other, share, np.sqrt(share * (1 - share) / draws))


def _together(circles: Circles) -> tuple[Int32[np.ndarray, "_"], ...]:
    """Return the circle and the rows of each two who sit together."""
    a, b = np.triu_indices(circles.member.shape[1], 1)
    both = (circles.member[:, a] != NOBODY) & (circles.member[:, b] != NOBODY)
    circle, place = np.nonzero(both)
    return (
        circle.astype(np.int32), circles.member[circle, a[place]], circles.member[circle, b[place]]
    )  # fmt: skip
