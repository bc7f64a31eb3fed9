"""A value and its error as an estimate: by Student's t, or the normal distribution."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64
from scipy import stats

from kith.core.stats.results import Estimate
from kith.errors import InvalidInputError, NoAnswerError


def student(
    name: str, value: float, se: float, df: float | None, *, unit: str = "", level: float = 0.95
) -> Estimate:
    """Return `value` with its interval and two-sided p.

        value -+ t(1 - (1 - level) / 2, df) * se,    p = 2 P(T > |value| / se)

    Without `df` the distribution is the normal one.

    Raises:
        InvalidInputError: If `level` is not between 0 and 1.
        NoAnswerError: If `se` is not a positive number, or df is not above 0.
    """
    if not 0 < level < 1:
        raise InvalidInputError(f"level must be between 0 and 1, got {level}")
    if not (np.isfinite(value) and np.isfinite(se) and se > 0):
        raise NoAnswerError(f"{name} has no error that could be told: {value} and {se}")
    if df is not None and not df > 0:
        raise NoAnswerError(f"{name} has no degrees of freedom left: {df}")
    law = stats.norm if df is None else stats.t(df)
    half = float(law.ppf(0.5 + level / 2)) * se
    p = 2 * float(law.sf(abs(value / se)))
    return Estimate(name, float(value), float(se), value - half, value + half, p, df, unit, level)


def students(
    names: Sequence[str],
    values: Float64[np.ndarray, "k"],
    covariance: Float64[np.ndarray, "k k"],
    df: float | None,
    *,
    unit: str = "",
    level: float = 0.95,
) -> tuple[Estimate, ...]:
    """Return an estimate for each value, with errors from the diagonal of `covariance`.

    Raises:
        InvalidInputError, NoAnswerError: As `student`.
    """
    errors = np.sqrt(np.diag(covariance))
    rows = zip(names, values.tolist(), errors.tolist(), strict=True)
    return tuple(student(name, b, se, df, unit=unit, level=level) for name, b, se in rows)
