"""Power of any analysis under any draw: studies made up, analysed, counted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scipy.stats import beta

from kith.core.rng import key
from kith.core.stats.power.search import refuse_alpha
from kith.errors import InvalidInputError

# As the built-in map: a process pool's `map` or a cluster's, in the same order.
Map = Callable[[Callable[[int], float], Iterable[int]], Iterable[float]]


@dataclass(frozen=True, slots=True)
class SimulatedPower:
    """How often a made-up study finds what is there.

    Args:
        power: Share of studies with p below alpha.
        lower, upper: Exact 95 % interval of that share, for the number of studies only.
        studies: How many were made up.
    """

    power: float
    lower: float
    upper: float
    studies: int


def simulated_power(
    study: Callable[[int], float],
    *,
    seed: int,
    studies: int = 1_000,
    alpha: float = 0.05,
    mapped: Map = map,
) -> SimulatedPower:
    """Return how often a study finds what is there, with the Monte Carlo interval of that.

    Each study has a seed of its own that `seed` and its number decide: the answer is the same
    on one process and on a hundred. The interval is Clopper and Pearson's, Biometrika 26:404
    (1934).

    Args:
        study: Makes up a study of a seed (people, draw, outcomes), analyses it, returns its p.
            For a process pool, a function of a module.
        seed: Of all.
        studies: How many to make up.
        alpha: Below which p counts.
        mapped: Where they are made: `map` here, or that of a pool.

    Raises:
        InvalidInputError: If there are no studies, alpha is none, or a p is not from 0 to 1.
    """
    refuse_alpha(alpha)
    if studies < 1:
        raise InvalidInputError(f"studies must be 1 or more, got {studies}")
    seeds = [key(seed, "power", number) for number in range(studies)]
    ps = list(mapped(study, seeds))
    if len(ps) != studies or not all(0 <= p <= 1 for p in ps):
        raise InvalidInputError("each study must return one p, from 0 to 1")
    found = sum(p < alpha for p in ps)
    whole = SimulatedPower(found / studies, 0.0, 1.0, studies)
    if found:
        whole = replace(whole, lower=float(beta.ppf(0.025, found, studies - found + 1)))
    if found < studies:
        whole = replace(whole, upper=float(beta.ppf(0.975, found + 1, studies - found)))
    return whole
