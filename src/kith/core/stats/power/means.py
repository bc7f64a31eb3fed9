"""Two means, of people or of clusters; and not worse than."""

from math import ceil, isnan, sqrt

from scipy.stats import nct, norm
from scipy.stats import t as student

from kith.core.stats.power.approximate import design_effect
from kith.core.stats.power.search import refuse_alpha, smallest
from kith.errors import InvalidInputError


def power_of_means(n: int, d: float, *, alpha: float = 0.05, ratio: float = 1.0) -> float:
    """Return the power of the two-sided t test of two means, with n people in arm 0.

    The t statistic has n (1 + ratio) - 2 degrees of freedom and noncentrality
    d * sqrt(n ratio / (1 + ratio)), with d the effect over the standard deviation of the
    outcome within an arm, and n * ratio people in arm 1. Both tails count. Source: Cohen,
    Statistical Power Analysis (1988), 2.5.

    Raises:
        InvalidInputError: If n is below 2, or alpha or the ratio is none.
    """
    refuse_alpha(alpha)
    if n < 2 or ratio <= 0:
        raise InvalidInputError(f"n must be 2 or more and ratio above 0, got {n} and {ratio}")
    df = n * (1 + ratio) - 2
    shift = abs(d) * sqrt(n * ratio / (1 + ratio))
    return _both_tails(df, shift, alpha)


def people_for_means(
    d: float, *, target: float = 0.8, alpha: float = 0.05, ratio: float = 1.0, loss: float = 0.0
) -> int:
    """Return how many people arm 0 needs so that the test of `power_of_means` has this power.

    A share `loss` of them will not be seen at the end: n / (1 - loss) are asked.

    Raises:
        InvalidInputError: If an argument is none.
        NeverEnoughError: If there is next to no effect.
    """
    if not 0 <= loss < 1:
        raise InvalidInputError(f"loss must be from 0 to below 1, got {loss}")
    n = smallest(lambda n: power_of_means(n, d, alpha=alpha, ratio=ratio), target, 2)
    return ceil(n / (1 - loss))


def power_of_clusters(
    clusters: int,
    d: float,
    *,
    size: float,
    icc: float,
    variation: float = 0.0,
    alpha: float = 0.05,
) -> float:
    """Return the power of a t test over clusters drawn whole, with `clusters` in each arm.

    As `power_of_means`, with 2 clusters - 2 degrees of freedom and noncentrality
    d * sqrt(clusters * size / (2 * design_effect)). Source: Donner and Klar, Design and Analysis
    of Cluster Randomization Trials (2000).

    Raises:
        InvalidInputError: If there are fewer than 2 clusters in an arm, or these are none.
    """
    refuse_alpha(alpha)
    if clusters < 2:
        raise InvalidInputError(f"clusters must be 2 or more in each arm, got {clusters}")
    swell = design_effect(size, icc, variation)
    df = 2.0 * clusters - 2
    shift = abs(d) * sqrt(clusters * size / (2 * swell))
    return _both_tails(df, shift, alpha)


def people_not_worse(
    margin: float, sd: float, *, truth: float = 0.0, target: float = 0.8, alpha: float = 0.025
) -> int:
    """Return how many people each arm needs to show that it is not worse by `margin`.

        n = 2 sd^2 (z[1 - alpha] + z[target])^2 / (margin + truth)^2, rounded up

    Args:
        margin: How much worse would still do; above 0, in the unit of the outcome.
        sd: Of the outcome within an arm.
        truth: How much better it really is.
        target: Power.
        alpha: One-sided.

    Source: Julious, Stat Med 23:1921 (2004).

    Raises:
        InvalidInputError: If it really is worse by the margin, or a number is none.
    """
    refuse_alpha(alpha)
    refuse_alpha(target)
    if margin <= 0 or margin + truth <= 0 or sd <= 0:
        raise InvalidInputError("margin, sd and margin + truth must be above 0")
    z = float(norm.ppf(1 - alpha) + norm.ppf(target))
    return ceil(2 * (sd * z / (margin + truth)) ** 2)


def _both_tails(df: float, shift: float, alpha: float) -> float:
    edge = float(student.ppf(1 - alpha / 2, df))
    near, far = float(nct.sf(edge, df, shift)), float(nct.cdf(-edge, df, shift))
    # scipy answers nan deep in a tail: there the far one is nothing, and the near one normal.
    near = float(norm.sf(edge - shift)) if isnan(near) else near
    return near + (0.0 if isnan(far) else far)
