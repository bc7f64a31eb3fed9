"""How an answer moves as what is missing is taken to be worse and worse: always a range."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isinf, sqrt

import numpy as np
from jaxtyping import Bool, Float64
from scipy.optimize import brentq
from scipy.special import expit, logit

from kith.core.stats.results import Estimate
from kith.core.stats.student import student
from kith.errors import InvalidInputError, NoAnswerError

Outcome = Float64[np.ndarray, "rows"]
Arm = Bool[np.ndarray, "rows"]


@dataclass(frozen=True, slots=True)
class Range:
    """One estimate for each thing that could be true of what is missing.

    Args:
        deltas: How much worse the missing are taken to be than the observed of their arm.
        estimates: One for each delta.
        lower, upper: The ends of all intervals together.
        tipping: The first delta at which the answer is another one than at the first (its interval
            begins or ceases to leave nothing out); None where there is none.
    """

    deltas: tuple[float, ...]
    estimates: tuple[Estimate, ...]
    lower: float
    upper: float
    tipping: float | None


def risk_range(
    outcome: Outcome,
    treated: Arm,
    *,
    deltas: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, inf),
    level: float = 0.95,
) -> Range:
    """Return the risk difference, from "missing is as observed" (0) to "missing = used" (inf).

        p = (1 - m) q + m h,   h = expit(logit(q) + delta)
        var p = ((1 - m) + m h (1 - h) / (q (1 - q)))^2 q (1 - q) / n_seen + (h - q)^2 m (1 - m) / n

    In each arm: q the observed risk, m the share missing, h the risk of the missing. A delta is a
    logarithm of odds, the same in both arms. No dice: this is what endless imputations would give.
    Assumes independent people.

    Args:
        outcome: 1 used, 0 did not, nan missing.
        treated: The arm.
        deltas: Rising.
        level: Of the intervals.

    Raises:
        InvalidInputError: If an outcome is something else, or `deltas` do not rise.
        NoAnswerError: If nobody of an arm was observed, or nothing varies.
    """
    if not np.isin(outcome[~np.isnan(outcome)], (0, 1)).all():
        raise InvalidInputError("outcomes must be 0, 1 or nan")

    def moments(seen: Outcome, share: float, n: int, delta: float) -> tuple[float, float]:
        q = float(seen.mean())
        h = 1.0 if delta == inf else 0.0 if delta == -inf else float(expit(logit(q) + delta))
        spread = q * (1 - q)
        slope = (1 - share) + (share * h * (1 - h) / spread if spread else 0.0)
        variance = slope**2 * spread / len(seen) + (h - q) ** 2 * share * (1 - share) / n
        return (1 - share) * q + share * h, variance

    return _ranged(outcome, treated, deltas, moments, "risk difference", "risk", level)


def mean_range(
    outcome: Outcome,
    treated: Arm,
    *,
    deltas: tuple[float, ...],
    unit: str = "",
    level: float = 0.95,
) -> Range:
    """Return the difference of means if the missing are `delta` above the observed of their arm.

        mean = seen + m delta,   var = s^2 / n_seen + delta^2 m (1 - m) / n

    Raises:
        InvalidInputError: If an outcome or a delta is infinite, or `deltas` do not rise.
        NoAnswerError: As `risk_range`.
    """
    if np.isinf(outcome).any() or any(isinf(delta) for delta in deltas):
        raise InvalidInputError("outcomes must be finite or nan, and deltas finite")

    def moments(seen: Outcome, share: float, n: int, delta: float) -> tuple[float, float]:
        spread = float(seen.var(ddof=1)) if len(seen) > 1 else 0.0
        variance = spread / len(seen) + delta**2 * share * (1 - share) / n
        return float(seen.mean()) + share * delta, variance

    return _ranged(outcome, treated, deltas, moments, "difference", unit, level)


def _ranged(  # noqa: PLR0913, PLR0917 - what both ranges share
    outcome: Outcome,
    treated: Arm,
    deltas: tuple[float, ...],
    moments: Callable[[Outcome, float, int, float], tuple[float, float]],
    name: str,
    unit: str,
    level: float,
) -> Range:
    if not deltas or list(deltas) != sorted(set(deltas)):
        raise InvalidInputError(f"deltas must rise, got {deltas}")
    arms = [outcome[treated], outcome[~treated]]
    seen = [arm[~np.isnan(arm)] for arm in arms]
    if min(len(arm) for arm in seen) == 0:
        raise NoAnswerError("nobody of an arm was observed: nothing tells what is missing there")

    def at(delta: float) -> Estimate:
        (own, var), (other, more) = (
            moments(s, 1 - len(s) / len(a), len(a), delta) for s, a in zip(seen, arms, strict=True)
        )
        return student(name, own - other, sqrt(var + more), None, unit=unit, level=level)

    found = tuple(at(delta) for delta in deltas)
    return Range(
        deltas,
        found,
        min(one.lower for one in found),
        max(one.upper for one in found),
        _tipping(at, deltas, found, 1 - level),
    )


def _tipping(
    at: Callable[[float], Estimate],
    deltas: tuple[float, ...],
    found: tuple[Estimate, ...],
    alpha: float,
) -> float | None:
    is_clear = [one.p < alpha for one in found]
    if all(one == is_clear[0] for one in is_clear):
        return None
    k = is_clear.index(not is_clear[0])
    # Beyond 40 a logarithm of odds is as good as infinite.
    low, high = max(deltas[k - 1], -40.0), min(deltas[k], 40.0)
    if (at(low).p < alpha) == (at(high).p < alpha):
        return deltas[k]
    return float(brentq(lambda delta: at(delta).p - alpha, low, high))
