"""A world out of a town: what the engine needs of it, with the traits people are born with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool

from kith.core.model.world import World
from kith.core.population.town import Town
from kith.core.rng import stream
from kith.errors import InvalidInputError

RANGES: Mapping[str, tuple[int | float, int | float]] = MappingProxyType(
    {
        "habit_rate": (0.001, 0.5),
        "habit_spread": (0.0, 1.5),
        "resolve": (0.0, 40.0),
        "resolve_spread": (0.0, 10.0),
    }
)
_SLOWEST, _FASTEST = 1e-4, 0.9


@dataclass(frozen=True, slots=True)
class Traits:
    """How people differ: habits form lognormally fast, and resolve is normal.

    Args:
        habit_rate: The median of alpha_H in a step; from Lally 2010, by which a habit is at 95 %
            of its asymptote after 18 to 254 days.
        habit_spread: The standard deviation of its logarithm; the same source.
        resolve: The mean of R0, to which R comes home; calibrated on Smyth 2010.
        resolve_spread: Its standard deviation; the same source.

    Raises:
        InvalidInputError: If one is out of its range.
    """

    habit_rate: float = 0.0454
    habit_spread: float = 0.62
    resolve: float = 9.0
    resolve_spread: float = 4.5

    def __post_init__(self) -> None:
        for name, (lowest, highest) in RANGES.items():
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise InvalidInputError(f"{name} must be {lowest:,} to {highest:,}, got {value}")


def world_of(town: Town, *, seed: int, traits: Traits = Traits()) -> World:
    """Return the world of a town: other traits move everybody, and draw nobody anew."""
    habit = stream(seed, "world", "habit").standard_normal(town.people)
    resolve = stream(seed, "world", "resolve").standard_normal(town.people)
    rate = traits.habit_rate * np.exp(traits.habit_spread * habit)
    return World(
        network=town.network,
        habit_rate=np.clip(rate, _SLOWEST, _FASTEST).astype(np.float32),
        resolve=(traits.resolve + traits.resolve_spread * resolve).astype(np.float32),
        is_isolated=town.is_isolated,
        is_using=town.is_using,
        days=town.days,
    )


def fresh(world: World, who: Bool[np.ndarray, "people"] | None = None) -> World:
    """Return the world in which `who` (else everybody) have been without only since this morning."""
    new = np.ones(world.people, np.bool_) if who is None else who
    return replace(world, days=np.where(new, np.int32(0), world.days))


def isolated(world: World, share: float, *, seed: int) -> World:
    """Return the world with another share of people who live apart, by lot.

    Whoever lives apart at a share does so at every larger one, so that worlds can be paired.
    """
    if not 0 <= share <= 1:
        raise InvalidInputError(f"isolated must be 0 to 1, got {share}")
    lot = stream(seed, "world", "isolated").random(world.people)
    return replace(world, is_isolated=lot < share)
