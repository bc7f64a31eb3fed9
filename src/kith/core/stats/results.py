"""What an estimator answers: a value with its uncertainty, a fit of several, a test."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from kith.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Estimate:
    """One value that was estimated.

    Args:
        name: What it is called.
        value: The estimate.
        se: Its standard error.
        lower, upper: Ends of the interval that covers the truth in `level` of all studies.
        p: Two-sided, that it is nothing (0, or 1 for a ratio).
        df: Degrees of freedom of Student's t behind it; None for the normal distribution.
        unit: Of the value.
        level: Of the interval.
    """

    name: str
    value: float
    se: float
    lower: float
    upper: float
    p: float
    df: float | None = None
    unit: str = ""
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Fit:
    """Several values estimated together.

    Args:
        estimates: One for each coefficient.
        covariance: Of the coefficients, in the same order.
        loglik: The logarithm of the likelihood, where there is one.
        n: Rows that the estimates rest on.
        n_events: Events among them, where events are what is counted.
    """

    estimates: tuple[Estimate, ...]
    covariance: Float64[np.ndarray, "k k"]
    loglik: float | None
    n: int
    n_events: int | None = None

    def named(self, name: str) -> Estimate:
        """Return the estimate of that `name`.

        Raises:
            InvalidInputError: If there is none.
        """
        for estimate in self.estimates:
            if estimate.name == name:
                return estimate
        known = ", ".join(estimate.name for estimate in self.estimates)
        raise InvalidInputError(f"there is no estimate {name!r}; there are: {known}")


@dataclass(frozen=True, slots=True)
class Test:
    """Whether what is seen could be chance.

    Args:
        statistic: Chi-square, unless its maker says otherwise.
        df: Its degrees of freedom.
        p: How likely chance alone would give as much or more.
    """

    # pytest: this is none of its tests.
    __test__ = False

    statistic: float
    df: float
    p: float
