"""What a prompt does to a yes or no soon after: the estimator of the marginal excursion effect."""

import numpy as np
from jaxtyping import Float64

from kith.core.records import refuse_where
from kith.core.stats.convergence import DidNotConvergeError
from kith.core.stats.micro_randomised import (
    Centred,
    MicroRandomised,
    centred,
    for_estimated_centre,
)
from kith.core.stats.results import Fit
from kith.core.stats.sandwich import corrected, gained, sandwich, summed
from kith.core.stats.student import students
from kith.errors import NoAnswerError

_STEPS, _NEAR = 100, 1e-11


def emee(
    trial: MicroRandomised,
    *,
    centre: float | Float64[np.ndarray, "rows"] | None = None,
    small_sample: bool = True,
    level: float = 0.95,
) -> Fit:
    """Return the logarithm of the relative risk that a treatment makes, and how it differs.

        sum of w exp(-a f'beta) (Y - exp(g'alpha + a f'beta)) [g; (a - c) f] = 0

    As in `wcls`, with Y 0 or 1 (Qian, Yoo, Klasnja, Almirall & Murphy 2021). exp(beta) is a
    relative risk. Errors are robust to whatever decisions of one person share, with t on people -
    coefficients degrees of freedom.

    Args:
        trial: The decisions; outcomes are 0 or 1.
        centre: As in `wcls`.
        small_sample: Whether errors are corrected after Mancl & DeRouen 2001.
        level: Of the intervals.

    Raises:
        InvalidInputError: If an outcome is not 0 or 1, or `centre` not above 0 and below 1.
        DidNotConvergeError: If no coefficients solve it.
        NoAnswerError: As `wcls`; or if the outcome never comes with the treatment, or without it.
    """
    is_known = (trial.outcome == 0) | (trial.outcome == 1)
    refuse_where(trial.available & ~is_known, "0 or 1", outcome=trial.outcome)
    rows = centred(trial, centre)
    for a, how in ((1, "with"), (0, "without")):
        if not rows.outcome[rows.treated == a].any():
            raise NoAnswerError(f"the outcome never comes {how} the treatment: no ratio of risks")
    theta, bread = _solved(rows)
    residual, moves = _residual(rows, theta)
    weighted = rows.design * rows.weight[:, None]
    scores = summed(weighted * residual[:, None], rows.who, rows.people)
    if small_sample:
        gains = gained(weighted, moves, rows.who, rows.people)
        scores = corrected(scores, gains, bread)
    if rows.is_estimated:
        scores += for_estimated_centre(rows, residual, np.zeros(len(residual)))
    covariance = sandwich(scores, bread)
    df = float(rows.people - len(theta))
    estimates = students(rows.names, theta, covariance, df, unit="log relative risk", level=level)
    return Fit(estimates, covariance, None, len(rows.who), int(rows.outcome.sum()))


def _residual(
    rows: Centred, theta: Float64[np.ndarray, "k"]
) -> tuple[Float64[np.ndarray, "rows"], Float64[np.ndarray, "rows k"]]:
    """Return exp(-a f'beta) (Y - mean), and exp(-a f'beta) times how the mean moves with theta."""
    q = rows.controls.shape[1]
    base = np.exp(rows.controls @ theta[:q])
    back = np.exp(-rows.treated * (rows.moderators @ theta[q:]))
    moves = np.hstack([rows.controls, rows.treated[:, None] * rows.moderators]) * base[:, None]
    return back * rows.outcome - base, moves


def _solved(rows: Centred) -> tuple[Float64[np.ndarray, "k"], Float64[np.ndarray, "k k"]]:
    """Return the coefficients, by Newton's steps, and the inverse of minus the slope there."""
    q = rows.controls.shape[1]
    theta = np.zeros(rows.design.shape[1])
    theta[0] = np.log(np.average(rows.outcome))
    weighted = rows.design * rows.weight[:, None]
    size = np.inf
    for _ in range(_STEPS):
        residual, moves = _residual(rows, theta)
        back = residual + moves[:, 0]
        told = np.hstack([moves[:, :q], (rows.treated * back)[:, None] * rows.moderators])
        slope = weighted.T @ told
        if not np.isfinite(slope).all() or np.linalg.cond(slope) > 1 / _NEAR:
            break
        bread = np.linalg.inv(slope)
        if size < _NEAR:
            return theta, bread
        step = bread @ (weighted.T @ residual)
        size = float(np.abs(step).max())
        # A longer step may leave where exponentials are numbers.
        theta = theta + step / max(1.0, size)
    raise DidNotConvergeError("the relative risk", iterations=_STEPS, residual=size)
