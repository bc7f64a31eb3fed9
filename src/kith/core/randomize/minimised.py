"""Each newcomer to where they are missed, most of the time (Pocock and Simon 1975)."""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float64, Int16, Int64
from typing_extensions import override

from kith.core.randomize.mechanism import (
    AbstractMechanism,
    Drawn,
    Part,
    TooManyWaysError,
    shares_of,
)
from kith.core.rng import stream
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True, eq=False)
class Minimised(AbstractMechanism):
    """One after another, a biased coin prefers the arm that leaves the factors most even.

    For each arm a that the newcomer could go to, over the others who are like them in factor f:

        imbalance(a) = sum over f of weight[f] * (max over arms k of n[f, k] - min of n[f, k])

    counted as if they had gone to a. The arms with least imbalance share `coin`, the others
    share what is left; where all are alike, each is as likely. Equal allocation only. Source:
    Pocock and Simon, Biometrics 31:103 (1975), with the range as measure.

    Args:
        factors: The level of each unit in each factor, in the order in which they come.
        arms: How many.
        coin: For the preferred arms together, above 1/arms and below 1: a certain one could be
            foreseen, and would leave nothing to infer from.
        weights: Of the factors; all alike where it is not said.

    Raises:
        InvalidInputError: If one of these is not that.
    """

    factors: Int64[np.ndarray, "units factors"]
    arms: int = 2
    coin: float = 0.8
    weights: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        n_factors = self.factors.shape[1]
        if self.arms < 2 or not 1 / self.arms < self.coin < 1:
            raise InvalidInputError(
                f"coin must be above 1/arms and below 1, got {self.coin} for {self.arms} arms"
            )
        if self.weights and (len(self.weights) != n_factors or min(self.weights) <= 0):
            raise InvalidInputError(f"weights must be {n_factors} numbers above 0")

    @override
    def n_units(self) -> int:
        return len(self.factors)

    @override
    def n_arms(self) -> int:
        return self.arms

    @override
    def draw(self, seed: int) -> Drawn:
        arm, probability = np.empty(len(self.factors), np.int16), np.empty(len(self.factors))
        dice = stream(seed, "minimised").random(len(self.factors))
        counts = np.zeros((*_levels(self.factors), self.arms))
        each = np.arange(self.factors.shape[1])
        for unit, levels in enumerate(self.factors):
            chances = self._chances(counts[each, levels])
            arm[unit] = _fall(chances, dice[unit])
            probability[unit] = chances[arm[unit]]
            counts[each, levels, arm[unit]] += 1
        return Drawn(arm, probability)

    def draw_next(
        self, seed: int, newcomer: Int64[np.ndarray, "factors"], before: Int16[np.ndarray, "_"]
    ) -> tuple[int, float]:
        """Return the arm of a newcomer after the first of `factors`, and how likely it was.

        Args:
            seed: Of the study.
            newcomer: Their level in each factor.
            before: The arms of those who came before, whose levels are the first of `factors`.
        """
        alike = self.factors[: len(before)] == newcomer
        seen = np.array([np.bincount(before[row], minlength=self.arms) for row in alike.T])
        chances = self._chances(seen.astype(np.float64))
        arm = _fall(chances, stream(seed, "minimised").random(len(before) + 1)[-1])
        return arm, float(chances[arm])

    @override
    def parts(self) -> tuple[Part, ...]:
        """Return the law, of few people: all of them hang together.

        Raises:
            TooManyWaysError: If these are many.
        """
        n = len(self.factors)
        if self.arms**n > 5_000:
            raise TooManyWaysError(self.arms**n, 5_000)
        grid = np.indices((self.arms,) * n).reshape(n, -1).T.astype(np.int16)
        chances = np.array([self._likelihood(way) for way in grid])
        return (Part(np.arange(n), grid, chances),)

    def _likelihood(self, way: Int16[np.ndarray, "units"]) -> float:
        counts = np.zeros((*_levels(self.factors), self.arms))
        each, found = np.arange(self.factors.shape[1]), 1.0
        for levels, arm in zip(self.factors, way, strict=True):
            found *= float(self._chances(counts[each, levels])[arm])
            counts[each, levels, arm] += 1
        return found

    def _chances(self, seen: Float64[np.ndarray, "factors arms"]) -> Float64[np.ndarray, "arms"]:
        """Return how likely each arm is, where so many alike are in each."""
        weights = np.asarray(self.weights or (1.0,) * len(seen))
        would = seen[None] + np.eye(self.arms)[:, None]
        imbalance = np.ptp(would, axis=2) @ weights
        best = np.isclose(imbalance, imbalance.min())
        if best.all():
            return shares_of((1.0,) * self.arms)
        chances = np.where(best, self.coin / best.sum(), 0.0)
        return np.where(best, chances, (1 - self.coin) / (~best).sum())


def _levels(factors: Int64[np.ndarray, "units factors"]) -> tuple[int, int]:
    return factors.shape[1], int(factors.max()) + 1


def _fall(chances: Float64[np.ndarray, "arms"], die: float) -> int:
    return int(np.searchsorted(np.cumsum(chances)[:-1], die, side="right"))
