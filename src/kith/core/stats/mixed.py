"""Momentary answers of people who each have a level, and a slope, of their own."""

import warnings

import numpy as np
import statsmodels.api as sm
from jaxtyping import Float64, Int

from kith.core.stats.convergence import DidNotConvergeError
from kith.core.stats.results import Fit
from kith.core.stats.sandwich import numbered, refuse_collinear
from kith.core.stats.student import students
from kith.errors import InvalidInputError, NoAnswerError

_STEPS = 500


def mixed(
    outcome: Float64[np.ndarray, "rows"],
    covariates: Float64[np.ndarray, "rows k"],
    names: tuple[str, ...],
    person: Int[np.ndarray, "rows"],
    *,
    slope: str | None = None,
    level: float = 0.95,
) -> Fit:
    """Return a linear mixed model by restricted maximum likelihood (Laird & Ware 1982).

        y_ij = intercept + x_ij . beta + b0_i + b1_i s_ij + e_ij,   (b0, b1) ~ N(0, G)

    Rests on statsmodels MixedLM. Intervals are of the normal distribution, so they are too narrow
    with few people. Assumes that being missing says nothing that the model does not say.

    Args:
        outcome: What was answered.
        covariates: A column for each name, without ones.
        names: What the estimates are called, beside "intercept".
        person: Who.
        slope: The covariate whose effect differs between people, if one does.
        level: Of the intervals.

    Raises:
        InvalidInputError: If something is not finite, or `slope` is no covariate.
        DidNotConvergeError: If the likelihood has no summit that could be found, as where people do
            not differ in what they should; it says how steep it still is.
        NoAnswerError: If a column says nothing of its own, or there is only one person.
    """
    if not (np.isfinite(outcome).all() and np.isfinite(covariates).all()):
        raise InvalidInputError("outcome and covariates must be finite: leave unanswered rows out")
    if slope is not None and slope not in names:
        raise InvalidInputError(f"slope must be one of {names}, got {slope!r}")
    who, people = numbered(person)
    if people < 2:
        raise NoAnswerError("one person does not differ from others")
    design = np.column_stack([np.ones(len(outcome)), covariates])
    called = ("intercept", *names)
    refuse_collinear(design, np.ones(len(outcome)), called)
    own = design[:, [0]] if slope is None else design[:, [0, called.index(slope)]]
    model = sm.MixedLM(outcome, design, groups=who, exog_re=own)
    k = design.shape[1]
    with warnings.catch_warnings():
        # What it warns of, the next lines refuse.
        warnings.simplefilter("ignore")
        try:
            # Not by lbfgs, its default: it may leap to where nobody differs, with a likelihood of
            # infinity and an intercept of 0, and call that converged.
            found = model.fit(reml=True, method=["bfgs", "powell"], maxiter=_STEPS)
            covariance = np.asarray(found.cov_params(), np.float64)[:k, :k]
            height = float(found.llf)
            steep = float(np.abs(model.score(found.params_object)).max())
        except np.linalg.LinAlgError as error:
            raise DidNotConvergeError("the mixed model", iterations=0, residual=np.inf) from error
    is_known = bool(
        np.isfinite(height) and np.isfinite(covariance).all() and (np.diag(covariance) > 0).all()
    )
    if not (found.converged and is_known):
        left = steep if np.isfinite(steep) else np.inf
        raise DidNotConvergeError("the mixed model", iterations=_STEPS, residual=left)
    fixed = np.asarray(found.fe_params, np.float64)
    estimates = students(called, fixed, covariance, None, level=level)
    return Fit(estimates, covariance, height, len(outcome))
