"""Power by the normal distribution: how many standard errors an effect is from nothing."""

from statistics import NormalDist

from kith.errors import InvalidInputError

_NORMAL = NormalDist()


def power_of_shift(shift: float, *, alpha: float = 0.05) -> float:
    """Return the power of a two-sided test if the estimate is `shift` standard errors from nothing.

        Phi(|shift| - z[1 - alpha/2])

    The far tail is left out, which only matters where the power is next to alpha.

    Raises:
        InvalidInputError: If alpha is not between 0 and 1.
    """
    return _NORMAL.cdf(abs(shift) - _edge(alpha))


def least_shift(target: float, *, alpha: float = 0.05) -> float:
    """Return how many standard errors from nothing an effect must be to be seen with `target`.

    Raises:
        InvalidInputError: If alpha or target is not between 0 and 1.
    """
    if not 0 < target < 1:
        raise InvalidInputError(f"target must be between 0 and 1, got {target}")
    return _edge(alpha) + _NORMAL.inv_cdf(target)


def design_effect(size: float, icc: float, variation: float = 0.0) -> float:
    """Return by how much circles swell the number of people: 1 + ((1 + cv^2) size - 1) icc.

    Args:
        size: People in a circle, on average.
        icc: Intra-cluster correlation: the share of the variance that is between circles.
        variation: cv, the standard deviation of circles' sizes over their mean.

    Source: Eldridge, Ashby and Kerry, Int J Epidemiol 35:1292 (2006).

    Raises:
        InvalidInputError: If size is below 1, icc not from 0 to 1, or variation below 0.
    """
    if size < 1 or not 0 <= icc <= 1 or variation < 0:
        raise InvalidInputError(f"no circles: size {size}, icc {icc}, variation {variation}")
    return 1 + ((1 + variation**2) * size - 1) * icc


def _edge(alpha: float) -> float:
    if not 0 < alpha < 1:
        raise InvalidInputError(f"alpha must be between 0 and 1, got {alpha}")
    return _NORMAL.inv_cdf(1 - alpha / 2)
