"""Could the draw alone have done this? Asked of the mechanism that drew (Fisher 1935)."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from jaxtyping import Float64, Int16, Int64

from kith.core.randomize.mechanism import AbstractMechanism, TooManyWaysError, whole_law
from kith.core.stats.results import Estimate
from kith.errors import InvalidInputError, NoAnswerError

# Takes outcomes and the arms of many draws, a row for each; returns one number for each draw.
Statistic = Callable[
    [Float64[np.ndarray, "units"], Int16[np.ndarray, "draws units"]], Float64[np.ndarray, "draws"]
]


class EndlessIntervalError(NoAnswerError):
    """No effect, however large, can be ruled out: the draw can come in too few ways."""


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """The draws to hold the one that came against.

    Args:
        arms: A row for each.
        probability: Of each; where they are redraws, all alike.
        is_exact: Whether these are all that could come.
    """

    arms: Int16[np.ndarray, "draws units"]
    probability: Float64[np.ndarray, "draws"]
    is_exact: bool


def law_of(mechanism: AbstractMechanism, *, redraws: int = 2_000, seed: int = 0) -> Law:
    """Return every draw that could come, or `redraws` more where these are too many.

    Raises:
        InvalidInputError: If there are no redraws.
    """
    if redraws < 1:
        raise InvalidInputError(f"redraws must be 1 or more, got {redraws}")
    try:
        law = whole_law(mechanism, redraws)
    except TooManyWaysError:
        rows = mechanism.redrawn(redraws, seed)
        return Law(rows, np.full(redraws, 1 / redraws), is_exact=False)
    return Law(law.arms, law.probability, is_exact=True)


def difference(
    outcome: Float64[np.ndarray, "units"], arms: Int16[np.ndarray, "draws units"]
) -> Float64[np.ndarray, "draws"]:
    """Return mean(arm 1) - mean(arm 0) under each draw; infinite where an arm is empty."""
    treated = (arms == 1).astype(np.float64)
    n = treated.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = treated @ outcome / n - (1 - treated) @ outcome / (len(outcome) - n)
    return np.where(np.isnan(found), np.inf, found)


def studentised(cluster: Int64[np.ndarray, "units"] | None = None) -> Statistic:
    """Return the difference of means over its standard error, clustered where people are.

    Its test stays right on average where effects differ between people (Wu and Ding, J Am Stat
    Assoc 116:1898, 2021), not only where nobody has any. The variance is the sum over arms and
    clusters of (sum of residuals)^2 / n[arm]^2; without clusters each person is one.
    """

    def of(
        outcome: Float64[np.ndarray, "units"], arms: Int16[np.ndarray, "draws units"]
    ) -> Float64[np.ndarray, "draws"]:
        groups = np.arange(len(outcome)) if cluster is None else cluster
        member = np.equal(groups[:, None], np.arange(groups.max() + 1)).astype(np.float64)
        variance = np.zeros(len(arms))
        for arm in (0, 1):
            here = (arms == arm).astype(np.float64)
            n = np.maximum(here.sum(axis=1, keepdims=True), 1)
            residual = here * (outcome - (here @ outcome)[:, None] / n) / n
            summed = residual if cluster is None else residual @ member
            variance += np.square(summed).sum(axis=1)
        gap = difference(outcome, arms)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = gap / np.sqrt(variance)
        return np.where(np.isnan(found), 0.0, found)

    return of


def adjusted(
    covariates: Float64[np.ndarray, "units columns"], inner: Statistic = difference
) -> Statistic:
    """Return a statistic of what covariates leave of the outcome (Rosenbaum 2002).

    The outcome is regressed on an intercept and the covariates, not on the arms, and `inner`
    takes the residuals: the test stays exact, and gains what the covariates explain.
    Source: Rosenbaum, Stat Sci 17:286 (2002).
    """
    columns = np.column_stack([np.ones(len(covariates)), covariates])
    basis, _ = np.linalg.qr(columns)

    def of(
        outcome: Float64[np.ndarray, "units"], arms: Int16[np.ndarray, "draws units"]
    ) -> Float64[np.ndarray, "draws"]:
        return inner(outcome - basis @ (basis.T @ outcome), arms)

    return of


def randomisation_p(
    outcome: Float64[np.ndarray, "units"],
    arm: Int16[np.ndarray, "units"],
    law: Law,
    statistic: Statistic = difference,
) -> float:
    """Return how likely the draw alone gives a statistic as far from 0 as the one that came.

        p = sum of probabilities of draws with |T| >= |T that came|       all draws listed
        p = (1 + b) / (1 + B)                  b of B redraws are that far

    The null is sharp: no arm of anybody's changes anything for anybody, so it also rules out
    that people reach each other. Source: Fisher, The Design of Experiments (1935); Phipson and
    Smyth, Stat Appl Genet Mol Biol 9:39 (2010), for the ones.

    Raises:
        InvalidInputError: If outcomes are not finite, or of others than the law draws.
    """
    if len(outcome) != law.arms.shape[1] or not np.all(np.isfinite(outcome)):
        raise InvalidInputError(f"outcome must be {law.arms.shape[1]} finite numbers")
    came = abs(float(statistic(outcome, arm[None])[0]))
    # A hair below, so that a draw which is the same is as far, however it is rounded.
    is_far = np.abs(statistic(outcome, law.arms)) >= came * (1 - 1e-9) - 1e-12
    if law.is_exact:
        return min(float(law.probability[is_far].sum()), 1.0)
    return (1 + int(is_far.sum())) / (1 + len(is_far))


def randomisation_effect(
    outcome: Float64[np.ndarray, "units"],
    arm: Int16[np.ndarray, "units"],
    law: Law,
    statistic: Statistic = difference,
    *,
    level: float = 0.95,
) -> Estimate:
    """Return the effect that the draw tells, with the interval of all that it cannot rule out.

    The interval holds each tau for which outcome - tau * arm, the outcome without the arm if it
    does tau to everybody, keeps p above 1 - level; its ends are found by halving. `value` is the
    tau at which the statistic is 0, `se` the spread of the difference of means over the law.
    Assumes the same effect for all, none on others. Unit: that of the outcome.

    Raises:
        InvalidInputError: If there are other arms than 0 and 1, or one is empty.
        EndlessIntervalError: If no effect can be ruled out.
    """
    if set(np.unique(arm).tolist()) != {0, 1} or law.arms.max() > 1:
        raise InvalidInputError("arm must be 0 or 1, both there")

    def left(tau: float) -> Float64[np.ndarray, "units"]:
        return outcome - tau * arm

    value = _zero(lambda tau: float(statistic(left(tau), arm[None])[0]), outcome, arm)
    spread = difference(left(value), law.arms)
    finite = np.isfinite(spread)
    weights = law.probability[finite] / law.probability[finite].sum()
    se = sqrt(float(weights @ np.square(spread[finite] - weights @ spread[finite])))

    def p_at(tau: float) -> float:
        return randomisation_p(left(tau), arm, law, statistic)

    lower, upper = (_end(p_at, value, way * max(se, 1e-12), 1 - level) for way in (-1, 1))
    p = randomisation_p(outcome, arm, law, statistic)
    return Estimate("arm 1 - arm 0", value, se, lower, upper, p, level=level)


def _zero(
    of: Callable[[float], float],
    outcome: Float64[np.ndarray, "units"],
    arm: Int16[np.ndarray, "units"],
) -> float:
    """Return where a statistic that falls with tau is 0."""
    centre = float(difference(outcome, arm[None])[0])
    reach = float(np.ptp(outcome)) + 1e-9
    low, high = centre - reach, centre + reach
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) > 0 else (low, middle)
    return (low + high) / 2


def _end(p_at: Callable[[float], float], value: float, step: float, alpha: float) -> float:
    """Return how far from `value` p stays above alpha, in the direction of the step."""
    inside, outside = value, value + 2 * step
    for _ in range(30):
        if p_at(outside) <= alpha:
            break
        inside, outside = outside, value + 2 * (outside - value)
    else:
        raise EndlessIntervalError("the draw can come in too few ways to rule any effect out")
    for _ in range(40):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if p_at(middle) <= alpha else (middle, outside)
    return inside
