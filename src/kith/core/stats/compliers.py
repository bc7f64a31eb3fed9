"""What an intervention does to those who take it up because it is offered."""

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from jaxtyping import Bool, Float64
from linearmodels.iv import IV2SLS
from scipy.stats import norm

from kith.core.records import refuse_where
from kith.core.stats.results import Estimate
from kith.core.stats.student import student
from kith.errors import NoAnswerError

# Staiger & Stock 1997: below it, the interval of the estimate cannot be believed.
WEAK = 10.0


@dataclass(frozen=True, slots=True)
class Compliers:
    """The effect on compliers, and whether the offer moved anybody.

    Args:
        effect: By two-stage least squares.
        share: How much likelier the offered took it up: the share of compliers.
        first_stage: Its squared z: how strong the offer is.
        is_weak: Whether that is below 10: then believe `sets`, not the interval of `effect`.
        sets: The Anderson-Rubin confidence set, as intervals; right however weak the offer is.
            It may be endless.
    """

    effect: Estimate
    share: float
    first_stage: float
    is_weak: bool
    sets: tuple[tuple[float, float], ...]


def compliers(
    outcome: Float64[np.ndarray, "rows"],
    taken: Bool[np.ndarray, "rows"],
    offered: Bool[np.ndarray, "rows"],
    *,
    unit: str = "",
    level: float = 0.95,
) -> Compliers:
    """Return the complier average causal effect (Angrist, Imbens & Rubin 1996).

        effect = (mean Y offered - mean Y not) / (share taken offered - share taken not)

    Robust to spreads that differ; rests on linearmodels. Assumes that the offer was drawn, changes
    the outcome only by being taken up, and makes nobody refuse who would otherwise take it.

    Raises:
        InvalidInputError: If an outcome is not finite.
        NoAnswerError: If an arm has fewer than two people, or the offer moved nobody.
    """
    refuse_where(~np.isfinite(outcome), "finite", outcome=outcome)
    arms = [offered, ~offered]
    if min(int(arm.sum()) for arm in arms) < 2:
        raise NoAnswerError("an arm has fewer than two people: nothing can be compared")
    d, ones = taken.astype(np.float64), np.ones(len(outcome))
    share = float(d[offered].mean() - d[~offered].mean())
    if abs(share) < 1e-12:
        raise NoAnswerError("the offer moved nobody: there are no compliers")
    found = IV2SLS(outcome, ones, d, offered.astype(np.float64)).fit(cov_type="robust")
    value, se = float(found.params.iloc[1]), float(found.std_errors.iloc[1])
    both = [np.cov(outcome[arm], d[arm], ddof=1) / arm.sum() for arm in arms]
    moved = np.array([outcome[offered].mean() - outcome[~offered].mean(), share])
    covariance = both[0] + both[1]
    strength = share**2 / covariance[1, 1] if covariance[1, 1] > 0 else inf
    return Compliers(
        student("effect on compliers", value, se, None, unit=unit, level=level),
        share,
        float(strength),
        bool(strength < WEAK),
        _sets(moved, covariance, float(norm.ppf(0.5 + level / 2))),
    )


def _sets(
    moved: Float64[np.ndarray, "2"], covariance: Float64[np.ndarray, "2 2"], z: float
) -> tuple[tuple[float, float], ...]:
    """Return all effects b with (moved . (1, -b))^2 <= z^2 (1, -b) V (1, -b)'."""
    core = np.outer(moved, moved) - z**2 * covariance
    a, b, c = float(core[1, 1]), -2 * float(core[0, 1]), float(core[0, 0])
    under = b * b - 4 * a * c
    ends = sorted((-b + sign * sqrt(under)) / (2 * a) for sign in (-1, 1)) if under >= 0 and a else [nan, nan]  # fmt: skip
    if under < 0 or a == 0:
        return ((-inf, inf),)
    return ((ends[0], ends[1]),) if a > 0 else ((-inf, ends[0]), (ends[1], inf))
