"""The power of a plan by formula, where there is one."""

from math import log, sqrt

from kith.core.stats.power.approximate import design_effect, power_of_shift
from kith.core.study.exposing import exposed_shares
from kith.core.study.kinds import kind_named
from kith.core.study.plan import Outcome, PowerPlan, StudyPlan
from kith.core.study.words import GROUPED

_DAYS_A_WEEK = 7
_Shares = tuple[float, float]


def power_by_formula(plan: StudyPlan) -> float | None:
    """Return the power of the first primary outcome, None where no formula is for it.

    With z the quantile of the two-sided error and Phi the normal distribution, power is

        Phi(|effect| / SE - z)

    of people who stay, n = people * (1 - loss), shared out by the ratio between the two arms of the
    contrast, and a design effect D = 1 + (cluster_size - 1) * icc where people are alike in groups:

        number:    SE = sd * sqrt(D (1/n1 + 1/n2))
        yes_no:    SE = sqrt(D (p1 q1 / n1 + p2 q2 / n2)),   p2 = baseline, p1 = baseline + effect
        event:     SE = sqrt(D / (events * s1 * s2)) of the log hazard ratio (Schoenfeld 1983), s the
                   shares of the arms; 1 - (1 - baseline)^effect of the first arm have the event
        decisions: SE = sd / sqrt(N * T * availability * p (1 - p)), T = decisions of one person, for
                   an effect that is the same at all times (after Liao et al. 2016)
        exposure:  as above, of those whose own arm and others are as the effect asks (`exposing.py`)

    A normal approximation: a few points too high where groups are few (below about 40 in all).
    """
    if not plan.primary:
        return None
    outcome, planned = plan.primary[0], plan.power
    shares = _shares(plan, outcome)
    if outcome.estimator == "exposure":
        shares = exposed_shares(plan, outcome, shares)
    stay = planned.people * (1 - planned.loss)
    if not (planned.effect and stay > 0 and min(shares) > 0 and 0 < plan.analysis.alpha < 1):
        return None
    if plan.randomisation.unit == "decisions":
        return _of_decisions(plan, outcome, stay)
    formula = _FORMULAS.get(kind_named(plan, outcome.measure))
    deff = _design_effect(plan, outcome)
    return formula(plan, stay, shares, deff) if formula and deff > 0 else None


def _power(plan: StudyPlan, shift: float) -> float:
    """Return the power where the estimate is `shift` standard errors from nothing."""
    primaries = len(plan.primary) if plan.analysis.multiplicity in {"bonferroni", "holm"} else 1
    return power_of_shift(shift, alpha=plan.analysis.alpha / primaries)


def _shares(plan: StudyPlan, outcome: Outcome) -> _Shares:
    """Return which share of people is in the first and in the second arm of the contrast."""
    arms = [arm.key for arm in plan.arms]
    ratio = plan.randomisation.ratio or (1,) * len(arms)
    if (
        len(outcome.contrast) != 2
        or len(ratio) != len(arms)
        or not set(outcome.contrast) <= set(arms)
    ):
        return 0.0, 0.0
    first, second = (ratio[arms.index(arm)] / sum(ratio) for arm in outcome.contrast)
    return first, second


def _design_effect(plan: StudyPlan, outcome: Outcome) -> float:
    planned = plan.power
    is_alike = plan.randomisation.unit in GROUPED or bool(outcome.settings.get("cluster"))
    if planned.cluster_size < 1 or not 0 <= planned.icc <= 1:
        return 0.0
    return design_effect(planned.cluster_size, planned.icc) if is_alike else 1.0


def _of_means(plan: StudyPlan, stay: float, shares: _Shares, deff: float) -> float | None:
    if plan.power.sd <= 0:
        return None
    variance = deff * (1 / (stay * shares[0]) + 1 / (stay * shares[1]))
    return _power(plan, abs(plan.power.effect) / plan.power.sd / sqrt(variance))


def _of_shares(plan: StudyPlan, stay: float, shares: _Shares, deff: float) -> float | None:
    p2 = plan.power.baseline
    p1 = p2 + plan.power.effect
    if not (0 < p1 < 1 and 0 < p2 < 1):
        return None
    variance = p1 * (1 - p1) / (stay * shares[0]) + p2 * (1 - p2) / (stay * shares[1])
    return _power(plan, abs(p1 - p2) / sqrt(deff * variance))


def _of_events(plan: StudyPlan, stay: float, shares: _Shares, deff: float) -> float | None:
    planned = plan.power
    if not (0 < planned.baseline < 1 and planned.effect > 0):
        return None
    first = 1 - (1 - planned.baseline) ** planned.effect
    events = stay * (shares[0] * first + shares[1] * planned.baseline)
    one, other = (share / sum(shares) for share in shares)
    return _power(plan, abs(log(planned.effect)) * sqrt(events * one * other / deff))


_FORMULAS = {"number": _of_means, "count": _of_means, "yes_no": _of_shares, "event": _of_events}


def _of_decisions(plan: StudyPlan, outcome: Outcome, stay: float) -> float | None:
    planned, probability = plan.power, plan.randomisation.probability
    measure = next((one for one in plan.measures if one.key == outcome.measure), None)
    if measure is None or len(probability) != 2 or not 0 < probability[0] < 1 or planned.sd <= 0:
        return None
    decisions = stay * measure.schedule.per_day * _days(plan, measure.schedule.at_weeks)
    spread = planned.availability * probability[0] * (1 - probability[0])
    return _power(plan, abs(planned.effect) / planned.sd * sqrt(decisions * spread))


def _days(plan: StudyPlan, weeks: tuple[int, ...]) -> int:
    return _DAYS_A_WEEK * (len(weeks) or plan.study.weeks)


def needs(plan: PowerPlan, kind: str) -> tuple[str, ...]:
    """Return what the formula needs for this kind and the plan does not say."""
    wanted = {"yes_no": ("baseline",), "event": ("baseline",), "number": ("sd",), "count": ("sd",)}
    return tuple(name for name in wanted.get(kind, ()) if not getattr(plan, name))
