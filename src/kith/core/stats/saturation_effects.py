"""Direct, indirect, total and overall effects of a two-stage draw (Hudgens and Halloran 2008)."""

from math import sqrt

import numpy as np
from jaxtyping import Float64, Int16, Int64
from scipy.stats import t as student

from kith.core.stats.results import Estimate
from kith.errors import InvalidInputError, NoAnswerError


class TooFewCirclesError(NoAnswerError):
    """Fewer than two circles tell something: there is no spread to judge it by."""


def saturation_effects(
    outcome: Float64[np.ndarray, "units"],
    arm: Int16[np.ndarray, "units"],
    circle: Int64[np.ndarray, "units"],
    saturation: Int16[np.ndarray, "circles"],
    *,
    high: int = 1,
    low: int = 0,
) -> dict[str, Estimate]:
    """Return the effects of Hudgens and Halloran, J Am Stat Assoc 103:832 (2008).

    With Y(a, s) the mean over circles at saturation s of the mean outcome of people in arm a:

        direct    Y(1, high) - Y(0, high)     what the own arm does, among so many
        indirect  Y(0, high) - Y(0, low)      what the others' arms do, to somebody in arm 0
        total     Y(1, high) - Y(0, low)      both
        overall   Y(high) - Y(low)            of everybody, whatever their arm

    Circles are weighted alike. The variance is that between circles, s^2 / circles at each
    saturation, which is conservative for these circles and right for those they stand for; t
    with Welch's degrees of freedom. Assumes that circles do not reach each other. Effects that a
    saturation cannot tell (nobody in that arm) are left out. Unit: that of the outcome.

    Raises:
        InvalidInputError: If columns do not fit each other.
        TooFewCirclesError: If fewer than two circles are at one of the saturations.
    """
    n = len(saturation)
    if not len(outcome) == len(arm) == len(circle) or circle.max() >= n or circle.min() < 0:
        raise InvalidInputError("outcome, arm and circle must be rows of people of these circles")
    both = _means(outcome, np.ones(len(arm), np.bool_), circle, n)
    none, some = (_means(outcome, arm == a, circle, n) for a in (0, 1))
    at_high, at_low = saturation == high, saturation == low
    found = {
        "direct": _within("direct", (some - none)[at_high]),
        "indirect": _between("indirect", none[at_high], none[at_low]),
        "total": _between("total", some[at_high], none[at_low]),
        "overall": _between("overall", both[at_high], both[at_low]),
    }
    return {name: estimate for name, estimate in found.items() if estimate is not None}


def _means(
    outcome: Float64[np.ndarray, "units"],
    rows: np.ndarray,
    circle: Int64[np.ndarray, "units"],
    n: int,
) -> Float64[np.ndarray, "circles"]:
    """Return the mean of some rows in each circle, nan where it has none."""
    count = np.bincount(circle[rows], minlength=n)
    total = np.bincount(circle[rows], outcome[rows], minlength=n)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _within(name: str, gaps: Float64[np.ndarray, "_"]) -> Estimate | None:
    if np.isnan(gaps).any():
        return None
    variance, df = _spread(gaps)
    return _estimate(name, float(gaps.mean()), sqrt(variance), df)


def _between(
    name: str, high: Float64[np.ndarray, "_"], low: Float64[np.ndarray, "_"]
) -> Estimate | None:
    if np.isnan(high).any() or np.isnan(low).any():
        return None
    (a, df_a), (b, df_b) = _spread(high), _spread(low)
    below = a**2 / df_a + b**2 / df_b
    df = (a + b) ** 2 / below if below > 0 else df_a + df_b
    return _estimate(name, float(high.mean() - low.mean()), sqrt(a + b), df)


def _spread(values: Float64[np.ndarray, "_"]) -> tuple[float, float]:
    if len(values) < 2:
        raise TooFewCirclesError("fewer than two circles are at one of the saturations")
    return float(values.var(ddof=1) / len(values)), float(len(values) - 1)


def _estimate(name: str, value: float, se: float, df: float) -> Estimate:
    reach = float(student.ppf(0.975, df)) * se
    p = float(2 * student.sf(abs(value) / se, df)) if se > 0 else float(value == 0)
    return Estimate(name, value, se, value - reach, value + reach, p, df)
