"""Times of which only an interval is known, as where people are seen every few weeks."""

import numpy as np
import pandas as pd
from jaxtyping import Float64
from lifelines import WeibullAFTFitter
from lifelines.exceptions import ConvergenceError
from scipy.special import ndtri
from scipy.stats import norm

from kith.core.records import refuse_where
from kith.core.stats.results import Estimate, Fit
from kith.errors import InvalidInputError, NoAnswerError

Ends = Float64[np.ndarray, "rows"]


def weibull_between(
    lower: Ends,
    upper: Ends,
    covariates: Float64[np.ndarray, "rows k"],
    names: tuple[str, ...],
    *,
    level: float = 0.95,
) -> Fit:
    """Return how covariates stretch or shorten the time to an event seen only between two looks.

        log T = intercept + covariates . beta + scale * error,  error of Gumbel's law (T Weibull's)
        likelihood of a row: S(lower) - S(upper); where both are one moment, the density

    Estimates are "intercept", one for each name, and "log_scale", as R's survreg names them; beta
    above 0 is a longer time. Rests on lifelines' WeibullAFTFitter, whose rho is 1 / scale.

    Args:
        lower: The last look without the event; 0 if it may have come at once.
        upper: The first look with it; inf if it never came.
        covariates: A column for each name.
        names: What the estimates are called.
        level: Of the intervals.

    Raises:
        InvalidInputError: If an interval is none, or a covariate is not finite.
        NoAnswerError: If no event came, or the likelihood has no summit.
    """
    _refuse(lower, upper, covariates, names)
    columns = [f"x{column}" for column in range(len(names))]
    table = pd.DataFrame(covariates, columns=columns).assign(lower=lower, upper=upper)
    fitter = WeibullAFTFitter(alpha=1 - level)
    try:
        fitter.fit_interval_censoring(table, "lower", "upper")
    except ConvergenceError as error:
        raise NoAnswerError("the likelihood of these intervals has no summit") from error
    order = [("lambda_", "Intercept"), *[("lambda_", c) for c in columns], ("rho_", "Intercept")]
    # log scale is -log rho: its sign turns, and so do its covariances.
    sign = np.array([*[1.0] * (len(names) + 1), -1.0])
    value = fitter.params_.loc[order].to_numpy(np.float64) * sign
    variance = fitter.variance_matrix_.loc[order, order].to_numpy(np.float64) * np.outer(sign, sign)
    se, z = np.sqrt(np.diag(variance)), ndtri(0.5 + level / 2)
    estimates = tuple(
        Estimate(
            name, float(b), float(s), float(b - z * s), float(b + z * s),
            float(2 * norm.sf(abs(b / s))), None, "log time", level,
        )
        for name, b, s in zip(("intercept", *names, "log_scale"), value, se, strict=True)
    )  # fmt: skip
    n_events = int(np.isfinite(upper).sum())
    return Fit(estimates, variance, float(fitter.log_likelihood_), len(lower), n_events)


def _refuse(
    lower: Ends, upper: Ends, covariates: Float64[np.ndarray, "rows k"], names: tuple[str, ...]
) -> None:
    if covariates.shape != (len(lower), len(names)):
        raise InvalidInputError(
            f"covariates must be {len(lower)} rows of {len(names)}, got {covariates.shape}"
        )
    is_interval = np.isfinite(lower) & (lower >= 0) & (upper >= lower) & (upper > 0)
    refuse_where(
        ~is_interval,
        "from 0 on, the upper no sooner than the lower and above 0",
        lower=lower,
        upper=upper,
    )
    refuse_where(~np.isfinite(covariates).all(axis=1), "of finite covariates", lower=lower)
    if not np.isfinite(upper).any():
        raise NoAnswerError("nobody had the event: no time can be estimated")
