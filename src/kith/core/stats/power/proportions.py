"""Two proportions."""

from math import sqrt

from scipy.stats import norm

from kith.core.stats.power.search import refuse_alpha, smallest
from kith.errors import InvalidInputError


def power_of_proportions(n: int, p0: float, p1: float, *, alpha: float = 0.05) -> float:
    """Return the power of the two-sided test of two proportions, with n people in each arm.

        Phi((|p1 - p0| sqrt(n) - z[1 - alpha/2] sqrt(2 p q)) / sqrt(p0 q0 + p1 q1))

    with q = 1 - p and p the mean of both; the far tail is left out. Without continuity
    correction. Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions
    (2003), equation 4.14 solved for power.

    Raises:
        InvalidInputError: If a proportion is not between 0 and 1, n below 1, or alpha none.
    """
    refuse_alpha(alpha)
    if not (0 < p0 < 1 and 0 < p1 < 1) or n < 1:
        raise InvalidInputError(f"proportions must be between 0 and 1, got {p0} and {p1}, n {n}")
    mean = (p0 + p1) / 2
    null = float(norm.ppf(1 - alpha / 2)) * sqrt(2 * mean * (1 - mean))
    spread = sqrt(p0 * (1 - p0) + p1 * (1 - p1))
    return float(norm.cdf((abs(p1 - p0) * sqrt(n) - null) / spread))


def people_for_proportions(
    p0: float, p1: float, *, target: float = 0.8, alpha: float = 0.05
) -> int:
    """Return how many people each arm needs for this power.

    Raises:
        InvalidInputError: If an argument is none.
        NeverEnoughError: If the proportions are next to the same.
    """
    return smallest(lambda n: power_of_proportions(n, p0, p1, alpha=alpha), target, 1)
