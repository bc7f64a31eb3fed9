"""Shuffled blocks, in each stratum: arms stay even while people come."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import factorial
from typing import final

import numpy as np
from jaxtyping import Int16, Int64
from typing_extensions import override

from kith.core.randomize.mechanism import (
    MOST_WAYS,
    AbstractMechanism,
    Drawn,
    Part,
    TooManyWaysError,
    labels_of,
    shares_of,
)
from kith.core.rng import stream
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True, eq=False)
class Blocked(AbstractMechanism):
    """In each stratum, block after block holds each arm in its ratio, in shuffled order.

    The size of each block is drawn among `block_sizes`, so that who enrols cannot count along.
    The probability that is kept is the share of the arm, as it was before its block opened: that
    is what weights divide by. Inside an open block the last arm is certain, which no weight can
    use. Source: Matts and Lachin, Control Clin Trials 9:327 (1988).

    Args:
        stratum: Of each unit, in the order in which they come, from 0 without a gap.
        block_sizes: Multiples of the sum of the ratio.
        ratio: Of the arms, in whole numbers.

    Raises:
        InvalidInputError: If a size is no such multiple, or strata have gaps.
    """

    stratum: Int64[np.ndarray, "units"]
    block_sizes: tuple[int, ...] = (4,)
    ratio: tuple[int, ...] = (1, 1)

    def __post_init__(self) -> None:
        shares_of(self.ratio)
        labels_of(self.stratum, "stratum")
        whole = sum(self.ratio)
        if not self.block_sizes or any(s < whole or s % whole for s in self.block_sizes):
            raise InvalidInputError(
                f"block_sizes must be multiples of {whole}, got {self.block_sizes}"
            )

    @override
    def n_units(self) -> int:
        return len(self.stratum)

    @override
    def n_arms(self) -> int:
        return len(self.ratio)

    @override
    def draw(self, seed: int) -> Drawn:
        arm = np.empty(len(self.stratum), np.int16)
        for stratum in range(int(self.stratum.max()) + 1):
            here = np.flatnonzero(self.stratum == stratum)
            arm[here] = self._sequence(seed, stratum, len(here))
        return Drawn(arm, shares_of(self.ratio)[arm])

    def draw_next(self, seed: int, stratum: int, so_far: int) -> tuple[int, float]:
        """Return the arm of whoever comes after `so_far` others of a stratum, and its share."""
        arm = int(self._sequence(seed, stratum, so_far + 1)[-1])
        return arm, float(shares_of(self.ratio)[arm])

    @override
    def parts(self) -> tuple[Part, ...]:
        if len(set(self.block_sizes)) > 1:
            # Where a block ends is drawn too: the whole stratum hangs together.
            raise TooManyWaysError(None)
        size = self.block_sizes[0]
        found = []
        for stratum in range(int(self.stratum.max()) + 1):
            here = np.flatnonzero(self.stratum == stratum)
            starts = range(0, len(here), size)
            found += [self._block(here[start : start + size], size) for start in starts]
        return tuple(found)

    def _sequence(self, seed: int, stratum: int, n: int) -> Int16[np.ndarray, "_"]:
        """Return the first `n` arms of a stratum: a longer list begins with a shorter one."""
        arms = islice(self._endless(seed, stratum), n)
        return np.fromiter(arms, np.int16, n)

    def _endless(self, seed: int, stratum: int) -> Iterator[int]:
        dice = stream(seed, "blocks", stratum)
        one = np.repeat(np.arange(len(self.ratio)), self.ratio)
        while True:
            size = self.block_sizes[dice.integers(len(self.block_sizes))]
            yield from dice.permutation(np.tile(one, size // len(one))).tolist()

    def _block(self, units: Int64[np.ndarray, "_"], size: int) -> Part:
        """Return every way a block can begin, for the units that came before it was full."""
        left = tuple(share * size // sum(self.ratio) for share in self.ratio)
        ways = [(way, _chance(way, left)) for way in _beginnings(left, len(units))]
        return Part(
            units,
            np.array([way for way, _ in ways], np.int16),
            np.array([chance for _, chance in ways], np.float64),
        )


def _beginnings(left: tuple[int, ...], n: int) -> list[tuple[int, ...]]:
    """Return each order of `n` arms that a block with so many `left` of each can begin with."""
    ways: list[tuple[int, ...]] = [()]
    for _ in range(n):
        arms = range(len(left))
        ways = [(*way, arm) for way in ways for arm in arms if way.count(arm) < left[arm]]
        if len(ways) > MOST_WAYS:
            raise TooManyWaysError(None)
    return ways


def _chance(way: tuple[int, ...], left: tuple[int, ...]) -> float:
    """Return how likely a block begins this way: ways to draw these, over all ways to draw."""
    found = 1.0
    for arm, n in enumerate(left):
        found *= factorial(n) / factorial(n - way.count(arm))
    return found * factorial(sum(left) - len(way)) / factorial(sum(left))
