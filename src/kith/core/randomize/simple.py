"""A coin for each."""

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from kith.core.randomize.mechanism import AbstractMechanism, Drawn, Part, shares_of
from kith.core.rng import stream
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True, eq=False)
class Simple(AbstractMechanism):
    """Each unit is drawn by itself: arm a with probability ratio[a] / sum(ratio).

    Args:
        units: How many there are.
        ratio: Of the arms.

    Raises:
        InvalidInputError: If nobody is to be drawn, or the ratio is none.
    """

    units: int
    ratio: tuple[float | int, ...] = (1, 1)

    def __post_init__(self) -> None:
        shares_of(self.ratio)
        if self.units < 1:
            raise InvalidInputError(f"units must be 1 or more, got {self.units}")

    @override
    def n_units(self) -> int:
        return self.units

    @override
    def n_arms(self) -> int:
        return len(self.ratio)

    @override
    def draw(self, seed: int) -> Drawn:
        return self._first(seed, self.units)

    def draw_next(self, seed: int, so_far: int) -> tuple[int, float]:
        """Return the arm of whoever comes after `so_far` others, and how likely it was."""
        drawn = self._first(seed, so_far + 1)
        return int(drawn.arm[-1]), float(drawn.probability[-1])

    @override
    def parts(self) -> tuple[Part, ...]:
        shares = shares_of(self.ratio)
        arms = np.arange(len(shares), dtype=np.int16)[:, None]
        return tuple(Part(np.array([unit]), arms, shares) for unit in range(self.units))

    def _first(self, seed: int, n: int) -> Drawn:
        shares = shares_of(self.ratio)
        bounds = np.cumsum(shares)[:-1]
        arm = np.searchsorted(bounds, stream(seed, "simple").random(n), side="right")
        return Drawn(arm.astype(np.int16), shares[arm])
