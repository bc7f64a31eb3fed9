"""Micro-randomised trials: many moments of each person (Liao et al. 2016)."""

import numpy as np
from jaxtyping import Float64
from scipy.stats import f as fisher
from scipy.stats import ncf

from kith.core.stats.power.search import refuse_alpha, smallest
from kith.errors import InvalidInputError


def power_of_moments(
    n: int,
    effect: Float64[np.ndarray, "moments"],
    features: Float64[np.ndarray, "moments columns"],
    available: Float64[np.ndarray, "moments"],
    chance: Float64[np.ndarray, "moments"],
    *,
    alpha: float = 0.05,
) -> float:
    """Return the power to see a proximal effect, with n people and the same moments for each.

        b = argmin sum over t of available[t] chance[t] (1 - chance[t]) (effect[t] - Z[t] b)^2
        c = n b' (sum over t of available[t] chance[t] (1 - chance[t]) Z[t] Z[t]') b
        power = P(F(p, n - q - p; c) > quantile 1 - alpha of F(p, n - q - p))

    with Z the features, p their columns, and q = p columns of control. Assumes that errors are
    alike at all moments, and that who is available does not hang on what came before.

    Args:
        n: People.
        effect: Of a prompt at each moment, over the standard deviation of the outcome.
        features: What the effect is modelled by.
        available: How likely somebody can be prompted, at each moment.
        chance: Of a prompt, at each moment.
        alpha: Of the test.

    Source: Liao, Klasnja, Tewari and Murphy, Stat Med 35:1944 (2016).

    Raises:
        InvalidInputError: If columns do not fit, or are none.
    """
    refuse_alpha(alpha)
    columns = features.shape[1]
    lengths = {len(effect), len(features), len(available), len(chance)}
    if len(lengths) != 1 or n <= 2 * columns:
        raise InvalidInputError(f"columns must be as long as each other, n above {2 * columns}")
    if not (np.all((available > 0) & (available <= 1)) and np.all((chance > 0) & (chance < 1))):
        raise InvalidInputError("available and chance must be shares")
    weight = available * chance * (1 - chance)
    gram = (features * weight[:, None]).T @ features
    fitted = np.linalg.solve(gram, features.T @ (weight * effect))
    shift = n * float(fitted @ gram @ fitted)
    df = n - 2 * columns
    return float(ncf.sf(fisher.ppf(1 - alpha, columns, df), columns, df, shift))


def people_for_moments(
    effect: Float64[np.ndarray, "moments"],
    features: Float64[np.ndarray, "moments columns"],
    available: Float64[np.ndarray, "moments"],
    chance: Float64[np.ndarray, "moments"],
    *,
    target: float = 0.8,
    alpha: float = 0.05,
) -> int:
    """Return how many people it takes; see `power_of_moments`.

    Raises:
        InvalidInputError: If an argument is none.
        NeverEnoughError: If there is next to no effect.
    """

    def power(n: int) -> float:
        return power_of_moments(n, effect, features, available, chance, alpha=alpha)

    return smallest(power, target, 2 * features.shape[1] + 1)


def over_days(days: int, per_day: int, degree: int = 2) -> Float64[np.ndarray, "moments columns"]:
    """Return features of each moment: powers of its day, from 0."""
    day = np.repeat(np.arange(days, dtype=np.float64), per_day)
    return np.vander(day, degree + 1, increasing=True)


def rising(
    days: int, per_day: int, *, mean: float, first: float, turns: int
) -> Float64[np.ndarray, "moments"]:
    """Return a quadratic over the days: `first` on day 0, its turn on day `turns`, its mean given.

    Raises:
        InvalidInputError: If no quadratic does that.
    """
    day = np.repeat(np.arange(days, dtype=np.float64), per_day)
    shape = 2 * turns * day - day**2
    if abs(shape.mean()) < 1e-12:
        raise InvalidInputError(f"no quadratic of {days} days that turns on day {turns}")
    return np.asarray(first + (mean - first) * shape / shape.mean())
