"""What every way to draw can do: draw, draw again by the same law, and tell that law."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from jaxtyping import Float64, Int16, Int64

from kith.core.rng import key
from kith.errors import InvalidInputError, NoAnswerError

# Ways to draw that are still listed one by one.
MOST_WAYS = 20_000


class TooManyWaysError(NoAnswerError):
    """The draw can come in more ways than are listed: draw again instead.

    Args:
        ways: How many, or None where nobody counted.
        most: How many would have been listed.
    """

    def __init__(self, ways: int | None, most: int = MOST_WAYS) -> None:
        self.ways = ways
        self.most = most
        super().__init__(f"{ways or 'nobody knows how many'} ways to draw, {most} can be listed")


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What came.

    Args:
        arm: Of each unit, from 0.
        probability: That this arm would come for this unit, as the draw stood.
    """

    arm: Int16[np.ndarray, "units"]
    probability: Float64[np.ndarray, "units"]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Units whose arms hang together, and every way in which they can come.

    Args:
        units: Which.
        arms: A row for each way.
        probability: Of each way; together 1.
    """

    units: Int64[np.ndarray, "units"]
    arms: Int16[np.ndarray, "ways units"]
    probability: Float64[np.ndarray, "ways"]


class AbstractMechanism(ABC):
    """A way to draw units into arms, by a law that can be told or drawn again."""

    __slots__ = ()

    @abstractmethod
    def n_units(self) -> int:
        """Return how many are drawn."""

    @abstractmethod
    def n_arms(self) -> int:
        """Return how many arms there are."""

    @abstractmethod
    def draw(self, seed: int) -> Drawn:
        """Return one draw: the same for the same seed."""

    @abstractmethod
    def parts(self) -> tuple[Part, ...]:
        """Return the law: parts that are independent of each other, each with all its ways.

        Raises:
            TooManyWaysError: If a part has too many, or nobody can list them.
        """

    def redraws(self, n: int, seed: int) -> Iterator[Drawn]:
        """Yield `n` more draws by the same law, none of them the draw of `seed` itself."""
        for number in range(n):
            yield self.draw(key(seed, "redraw", number))

    def redrawn(self, n: int, seed: int) -> Int16[np.ndarray, "n units"]:
        """Return the arms of `n` more draws, a row for each."""
        rows = np.empty((n, self.n_units()), np.int16)
        for row, drawn in zip(rows, self.redraws(n, seed), strict=True):
            row[:] = drawn.arm
        return rows


def together(parts: Sequence[Part], most: int = MOST_WAYS) -> Part:
    """Return parts as one: every way of each with every way of the others.

    Raises:
        TooManyWaysError: If these are more than `most`.
    """
    ways = prod(len(part.probability) for part in parts)
    if ways > most:
        raise TooManyWaysError(ways, most)
    index = np.array(list(product(*(range(len(p.probability)) for p in parts))), np.int64)
    index = index.reshape(ways, len(parts))
    arms = [part.arms[index[:, at]] for at, part in enumerate(parts)]
    chances = [part.probability[index[:, at]] for at, part in enumerate(parts)]
    return Part(
        units=np.concatenate([part.units for part in parts]),
        arms=np.concatenate(arms, axis=1),
        probability=np.prod(chances, axis=0),
    )


def whole_law(mechanism: AbstractMechanism, most: int = MOST_WAYS) -> Part:
    """Return every draw that can come, units in their order.

    Raises:
        TooManyWaysError: If these are more than `most`.
    """
    law = together(mechanism.parts(), most)
    order = np.argsort(law.units)
    return Part(law.units[order], law.arms[:, order], law.probability)


def shares_of(ratio: Sequence[float | int]) -> Float64[np.ndarray, "arms"]:
    """Return the share of each arm.

    Raises:
        InvalidInputError: If there are not two or more arms, all with a share above 0.
    """
    shares = np.asarray(ratio, np.float64)
    if shares.ndim != 1 or len(shares) < 2 or not np.all(np.isfinite(shares) & (shares > 0)):
        raise InvalidInputError(f"ratio must be two or more numbers above 0, got {ratio}")
    return np.asarray(shares / shares.sum())


def labels_of(column: Int64[np.ndarray, "_"], what: str) -> int:
    """Return how many groups a column of labels names.

    Raises:
        InvalidInputError: If the labels are not 0, 1, 2 ... without a gap.
    """
    if len(column) == 0 or not np.array_equal(np.unique(column), np.arange(column.max() + 1)):
        raise InvalidInputError(f"{what} must be numbered from 0, without a gap")
    return int(column.max()) + 1
