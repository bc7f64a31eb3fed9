"""What a prompt does to a number soon after: weighted and centred least squares."""

import numpy as np
from jaxtyping import Float64

from kith.core.stats.micro_randomised import MicroRandomised, centred, for_estimated_centre
from kith.core.stats.results import Fit
from kith.core.stats.sandwich import corrected, gained, sandwich, summed
from kith.core.stats.student import students


def wcls(
    trial: MicroRandomised,
    *,
    centre: float | Float64[np.ndarray, "rows"] | None = None,
    unit: str = "",
    level: float = 0.95,
) -> Fit:
    """Return the causal excursion effect of a treatment, and how it differs by moderators.

        sum of w (Y - g'alpha - (a - c) f'beta) [g; (a - c) f] = 0

    Over all decisions at which somebody was available: Y outcome, g one and the controls, f one and
    the moderators, a treatment, c centre, w = (c / p)^a ((1 - c) / (1 - p))^(1 - a). beta comes as
    "treatment" and "treatment x NAME", alpha as "intercept" and the controls' names. beta is
    right even where the controls tell the outcome wrongly (Boruvka, Almirall, Witkiewitz & Murphy
    2018). Errors are robust to whatever the decisions of one person share, with the small-sample
    correction of Mancl & DeRouen 2001, and t on people - coefficients degrees of freedom.

    Assumes that probabilities are those the dice had, that availability and moderators were known
    before the dice, and that nobody's prompts change another's outcome.

    Args:
        trial: The decisions.
        centre: The probability to centre at: one number, or one for each row that depends on the
            moderators alone. Without it it is estimated, and the errors say so.
        unit: Of the outcome.
        level: Of the intervals.

    Raises:
        InvalidInputError: If `centre` is not above 0 and below 1.
        NoAnswerError: If there are too few people, a column says nothing of its own, or one person
            alone decides a coefficient.
    """
    rows = centred(trial, centre)
    weighted = rows.design * rows.weight[:, None]
    bread = np.linalg.inv(weighted.T @ rows.design)
    theta = bread @ (weighted.T @ rows.outcome)
    residual = rows.outcome - rows.design @ theta
    gains = gained(weighted, rows.design, rows.who, rows.people)
    scores = summed(weighted * residual[:, None], rows.who, rows.people)
    scores = corrected(scores, gains, bread)
    if rows.is_estimated:
        beta = theta[rows.controls.shape[1] :]
        scores += for_estimated_centre(rows, residual, rows.moderators @ beta)
    covariance = sandwich(scores, bread)
    df = float(rows.people - len(theta))
    estimates = students(rows.names, theta, covariance, df, unit=unit, level=level)
    return Fit(estimates, covariance, None, len(rows.who))
