"""One number for each question: one arm against another, by the estimators of core.stats."""

from math import log

import numpy as np

from kith.core.analysis.asked import Sides
from kith.core.analysis.deriving import Survival
from kith.core.analysis.results import Effect, Share
from kith.core.records import FollowUp
from kith.core.stats.compliers import compliers
from kith.core.stats.cox import cox
from kith.core.stats.difference import mean_difference, risk_difference, risk_ratio
from kith.core.stats.imputation import imputed, rubin
from kith.core.stats.log_rank import log_rank
from kith.core.stats.recurrent import andersen_gill
from kith.core.stats.results import Estimate

SCALES = {
    "difference": "difference", "risk_difference": "risk difference", "risk_ratio": "risk ratio",
    "mixed": "difference", "cox": "hazard ratio", "log_rank": "hazard ratio",
    "recurrent": "rate ratio", "wcls": "difference", "emee": "risk ratio",
    "compliers": "difference among compliers", "randomisation": "difference",
    "exposure": "difference by exposure", "network": "difference of ties",
}  # fmt: skip
_COPIES = 20


def effect_of(key: str, estimator: str, arms: tuple[str, str], found: Estimate, n: int) -> Effect:
    """Return an estimate, of a logarithm where its scale is a ratio, as an effect."""
    scale = SCALES[estimator]
    is_ratio = scale.endswith("ratio")
    ends = (found.value, found.lower, found.upper)
    value, lower, upper = (float(np.exp(one)) if is_ratio else one for one in ends)
    return Effect(
        key, scale, arms, value, lower, upper, float(is_ratio), found.p, found.p, n,
        se=found.se, level=found.level,
    )  # fmt: skip


def by_value(estimator: str, value: np.ndarray, of: Sides, level: float) -> Estimate:
    """Return the difference of means or risks, or the logarithm of a ratio of risks.

    Raises:
        NoAnswerError: As the estimators of core.stats.difference.
    """
    if estimator == "risk_ratio":
        found = risk_ratio(value > 0, of.is_first, cluster=of.cluster, level=level)
        return Estimate(
            "log risk ratio", log(found.value), found.se / found.value, log(found.lower),
            log(found.upper), found.p, found.df, "", level,
        )  # fmt: skip
    if estimator == "risk_difference" and not of.names:
        return risk_difference(value > 0, of.is_first, cluster=of.cluster, level=level)
    number = (value > 0).astype(np.float64) if estimator == "risk_difference" else value
    return mean_difference(
        number, of.is_first, covariates=of.adjusted, cluster=of.cluster, level=level
    )


def by_filling(
    estimator: str, value: np.ndarray, of: Sides, level: float, seed: int, shift: float = 0.0
) -> Estimate:
    """Return `by_value` of copies in which each gap is filled, pooled by Rubin's rules.

    Gaps are filled from the arm and the covariates (predictive mean matching), and `shift` is added
    to what was filled in: the delta-adjusted imputation of Carpenter & Kenward 2013, which keeps the
    plan's covariates and clusters.

    Raises:
        NoAnswerError: As `by_value`, or if too few answered.
    """
    gone = np.isnan(value)
    table = np.column_stack([value, of.is_first, of.covariates]).astype(np.float64)
    # Only one column has gaps, so that one round is enough.
    copies = imputed(table, seed, copies=_COPIES, rounds=1)[:, :, 0]
    made = [by_value(estimator, copy + shift * gone, of, level) for copy in copies]
    return rubin(made, complete_df=made[0].df)


def by_cox(found: Survival, of: Sides, level: float) -> Estimate:
    """Return the logarithm of the hazard ratio (Cox 1972, ties by Efron), adjusted as planned."""
    fit = cox(
        found.time.astype(np.float64), found.event.astype(np.bool_), *_with_arm(of),
        strata=of.strata, cluster=of.cluster, level=level,
    )  # fmt: skip
    return fit.estimates[0]


def by_log_rank(found: Survival, of: Sides, level: float) -> Estimate:
    """Return the hazard ratio of Cox's model, with the p of the log-rank test."""
    ratio = by_cox(found, of, level)
    test = log_rank(
        found.time.astype(np.float64), found.event.astype(np.bool_), of.is_first.astype(np.int64),
        of.strata,
    )  # fmt: skip
    return Estimate(ratio.name, ratio.value, ratio.se, ratio.lower, ratio.upper, test.p, None, "", level)  # fmt: skip


def by_recurrent(
    person: np.ndarray, day: np.ndarray, start: np.ndarray, follow: FollowUp, of: Sides
) -> tuple[Estimate, np.ndarray]:
    """Return the logarithm of the rate ratio (Andersen & Gill 1982), and who it rests on.

    Args:
        person: Who had each event.
        day: When it came.
        start: Of each person's follow-up: the day of the draw.
        follow: When it ended.
        of: Whom to compare.
    """
    ends = np.full(follow.people, np.nan)
    ends[follow.person] = follow.ends
    of = of.kept(ends[of.person] > start[of.person])
    place = np.full(follow.people, -1)
    place[of.person] = np.arange(len(of.person))
    is_in = (place[person] >= 0) & (day > start[person]) & (day <= ends[person])
    who = np.append(person[is_in], of.person)
    stop = np.append(day[is_in], ends[of.person]) - start[who]
    event = np.arange(len(who)) < is_in.sum()
    order = np.lexsort((~event, stop, who))
    who, stop, event = who[order], stop[order], event[order]
    is_same = np.append(False, who[1:] == who[:-1])
    entry = np.where(is_same, np.append(0.0, stop[:-1]), 0.0)
    is_long = stop > entry
    who, stop, event, entry = who[is_long], stop[is_long], event[is_long], entry[is_long]
    rows = place[who]
    table, names = _with_arm(of)
    fit = andersen_gill(
        entry, stop, event, who.astype(np.int64), table[rows], names,
        strata=None if of.strata is None else of.strata[rows],
        cluster=None if of.cluster is None else of.cluster[rows],
    )  # fmt: skip
    return fit.estimates[0], of.person


def by_compliers(value: np.ndarray, taken: np.ndarray, of: Sides, level: float) -> Estimate:
    """Return the effect on those who took what they were offered."""
    return compliers(value, taken > 0, of.is_first, level=level).effect


def shares_of(arms: tuple[str, str], is_yes: np.ndarray, is_first: np.ndarray) -> tuple[Share, ...]:
    """Return how many of each of two arms had it."""
    return tuple(
        Share(arm, int(is_yes[of].sum()), int(of.sum()))
        for arm, of in zip(arms, (is_first, ~is_first), strict=True)
    )


def _with_arm(of: Sides) -> tuple[np.ndarray, tuple[str, ...]]:
    arm = of.is_first.astype(np.float64)[:, None]
    return np.hstack([arm, of.covariates]), ("arm", *of.names)
