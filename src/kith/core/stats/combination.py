"""A sum of coefficients: what an effect is for somebody of whom several hold."""

from collections.abc import Mapping
from math import sqrt

import numpy as np

from kith.core.stats.results import Estimate, Fit
from kith.core.stats.student import student
from kith.errors import InvalidInputError


def combination(
    fit: Fit, weights: Mapping[str, float | int], name: str, *, unit: str = ""
) -> Estimate:
    """Return the sum of `weights` times the coefficients they name.

        c'beta, with error sqrt(c' V c), and t on the degrees of freedom of the fit

    However many coefficients are summed, the sum is ONE number: its squared t is an F on 1 and df
    degrees of freedom. The vignette of R's MRTAnalysis 0.1 counts as many as are summed and divides
    the quantile by a factor that is meant for several at once, so its interval is too narrow.

    Args:
        fit: With estimates that share their degrees of freedom and level.
        weights: By the names of estimates; what is not named weighs 0.
        name: What the sum is called.
        unit: Of the sum.

    Raises:
        InvalidInputError: If nothing is named, or something that the fit does not have, or the
            estimates named differ in their degrees of freedom or level.
        NoAnswerError: If the sum has no error, as when all weights are 0.
    """
    named = [fit.named(key) for key in weights]
    kinds = {(estimate.df, estimate.level) for estimate in named}
    if len(kinds) != 1:
        raise InvalidInputError(f"a sum needs coefficients of one df and level, got {len(kinds)}")
    df, level = kinds.pop()
    c = np.array([weights.get(estimate.name, 0.0) for estimate in fit.estimates])
    value = float(c @ np.array([estimate.value for estimate in fit.estimates]))
    return student(name, value, sqrt(float(c @ fit.covariance @ c)), df, unit=unit, level=level)
