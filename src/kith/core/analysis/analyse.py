"""A plan and its records in, results out."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from kith.core.analysis.deriving import (
    EVENT,
    LEFT_OUT,
    NO_EVENT,
    RUN_RULES,
    Runs,
    at_week,
    by_event,
    by_runs,
    drawn_on,
)
from kith.core.analysis.describing import arm_of, baseline, chances, flow, ties
from kith.core.analysis.estimating import by_cox, by_difference, by_risk, holm, shares_of
from kith.core.analysis.results import ArmCurve, Effect, Results, Share, UnderRule
from kith.core.analysis.saying import primary_line, room_line, rule_line
from kith.core.records import StudyRecords
from kith.core.rng import stream
from kith.core.stats.kaplan_meier import kaplan_meier
from kith.core.study import Lock, Outcome, StudyPlan, differences, is_confirmatory, locked_hash
from kith.errors import InvalidInputError, NoAnswerError

KNOWN = ("cox", "risk_difference", "difference")
_YES_NO_RULES = {
    EVENT: "a missing answer counts as yes",
    NO_EVENT: "a missing answer counts as no",
    LEFT_OUT: "those without an answer are left out",
}


class _Answer(NamedTuple):
    effect: Effect
    shares: tuple[Share, ...]
    curves: tuple[ArmCurve, ...]
    analysed: np.ndarray


def analyse(
    plan: StudyPlan,
    records: StudyRecords,
    seed: int,
    *,
    facts: Mapping[str, np.ndarray] | None = None,
    lock: Lock | None = None,
) -> Results:
    """Return what a study found, by its plan and nothing else.

    What differs from the locked plan is exploratory, and so is everything without a lock. If the
    interval of the primary result leaves out no difference under one rule of the plan's range for
    missing data and not under another, the headline says so.

    Args:
        plan: The study as it is written now.
        records: Of that study: its arms are the plan's, by key and in order.
        seed: Of the shuffled picture of ties.
        facts: What was known of each person at the draw, a column for each fact.
        lock: Of the plan, from before the first person joined.

    Raises:
        InvalidInputError: If the records are of other arms, or lack a measure of the plan.
        NoAnswerError: If the primary outcome has no answer, or its estimator is not one of KNOWN.
    """
    _refuse_other_arms(plan, records)
    if not plan.primary:
        raise InvalidInputError("the plan has no primary outcome")
    outcome, rule = plan.primary[0], plan.analysis.missing.rule
    first = _answer(plan, records, outcome, rule, lock)
    under = tuple(
        UnderRule(one, words, answer.effect, answer.shares, one == rule)
        for one, words in _range(outcome, rule).items()
        for answer in [_answer(plan, records, outcome, one, lock)]
    )
    decides = len({one.effect.excludes_null for one in under}) > 1
    secondary, not_analysed = _secondary(plan, records, rule, lock)
    seen, least = chances(first.effect, plan.power.effect)
    said = primary_line(first.effect, first.shares, _called(outcome))
    headline = (said, rule_line(under) if decides else room_line(first.effect))
    changed = () if lock is None else tuple(str(one) for one in differences(lock, plan))
    return Results(
        plan.study.title, plan.study.question, headline, *_status(first.effect, lock, changed),
        locked_hash(plan), lock.at if lock else "",
        flow(records, tuple(arm.name or arm.key for arm in plan.arms), first.analysed),
        baseline(records, len(plan.arms), facts or {}), first.effect, first.shares, secondary, under,
        decides, first.curves, ties(records, stream(seed, "analysis", "ties")), changed,
        not_analysed, seen, least,
    )  # fmt: skip


def _refuse_other_arms(plan: StudyPlan, records: StudyRecords) -> None:
    keys = tuple(arm.key for arm in plan.arms)
    if records.assignments.arms != keys:
        raise InvalidInputError(
            f"the plan has the arms {keys}, the records have {records.assignments.arms}"
        )


def _status(effect: Effect, lock: Lock | None, changed: tuple[str, ...]) -> tuple[str, str]:
    if lock is None:
        return (
            "exploratory",
            "There is no lock: the plan may have been chosen after seeing the data.",
        )
    if not effect.is_confirmatory:
        return "exploratory", "The plan became different after it was locked."
    if changed:
        return (
            "confirmatory",
            "What the primary outcome rests on is as it was locked; other parts are not.",
        )
    return "confirmatory", "Nothing below was chosen after seeing data."


def _called(outcome: Outcome) -> str:
    return outcome.key.replace("_", " ")


def _range(outcome: Outcome, rule: str) -> dict[str, str]:
    """Return the rules for what is missing that the result is held against, the plan's first."""
    words = RUN_RULES if outcome.settings.get("derive") == "runs" else _YES_NO_RULES
    said = outcome.settings.get("missing_range", ())
    rules = [str(one) for one in said] if isinstance(said, tuple) else []
    return {one: words.get(one, one.replace("_", " ")) for one in dict.fromkeys([rule, *rules])}


def _answer(
    plan: StudyPlan, records: StudyRecords, outcome: Outcome, rule: str, lock: Lock | None
) -> _Answer:
    keys = [arm.key for arm in plan.arms]
    a, b = (keys.index(one) for one in outcome.contrast)
    names = (plan.arms[a].name or keys[a], plan.arms[b].name or keys[b])
    arm = arm_of(records)
    if outcome.estimator == "cox":
        made = _by_cox(plan, records, outcome, rule, (arm, a, b), names)
    elif outcome.estimator in KNOWN:
        made = _by_value(records, outcome, rule, (arm, a, b), names)
    else:
        raise NoAnswerError(
            f"{outcome.key}: {outcome.estimator} is not analysed by kith analyze yet"
        )
    if lock is None or not is_confirmatory(lock, plan, outcome.key):
        return made
    return made._replace(
        effect=_with(made.effect, is_confirmatory=rule == plan.analysis.missing.rule)
    )


def _by_cox(
    plan: StudyPlan, records: StudyRecords, outcome: Outcome, rule: str,
    drawn: tuple[np.ndarray, int, int], names: tuple[str, str],
) -> _Answer:  # fmt: skip
    arm, a, b = drawn
    if outcome.settings.get("derive") == "runs":
        known = {k: v for k, v in outcome.settings.items() if k in Runs.__slots__}
        asked = Runs(outcome.measure, last_day=plan.study.weeks * 7, **known)  # type: ignore[arg-type]
        found = by_runs(records, asked, rule)
    else:
        found = by_event(records, outcome.measure)
    of = arm[found.person]
    is_in = (of == a) | (of == b)
    found = type(found)(found.person[is_in], found.time[is_in], found.event[is_in])
    is_first = of[is_in] == a
    curves = tuple(
        ArmCurve(name, kaplan_meier(found.time[which].astype(np.float64), found.event[which]))
        for name, which in zip(names, (is_first, ~is_first), strict=True)
    )
    analysed = np.zeros(records.people, np.bool_)
    analysed[found.person] = True
    effect = by_cox(outcome.key, names, found, is_first)
    return _Answer(effect, shares_of(names, found.event, is_first), curves, analysed)


def _by_value(
    records: StudyRecords, outcome: Outcome, rule: str, drawn: tuple[np.ndarray, int, int],
    names: tuple[str, str],
) -> _Answer:  # fmt: skip
    arm, a, b = drawn
    value = at_week(records, outcome.measure, outcome.at_week)
    is_two = np.isfinite(drawn_on(records)) & ((arm == a) | (arm == b))
    if outcome.estimator == "risk_difference" and rule in {EVENT, NO_EVENT}:
        value = np.where(np.isnan(value), float(rule == EVENT), value)
    analysed = is_two & np.isfinite(value)
    is_first = arm[analysed] == a
    if outcome.estimator == "risk_difference":
        is_yes = value[analysed] > 0
        effect = by_risk(outcome.key, names, is_yes, is_first)
        return _Answer(effect, shares_of(names, is_yes, is_first), (), analysed)
    before = at_week(records, outcome.measure, 0)[analysed]
    effect = by_difference(outcome.key, names, value[analysed], is_first, before)
    return _Answer(effect, (), (), analysed)


def _secondary(
    plan: StudyPlan, records: StudyRecords, rule: str, lock: Lock | None
) -> tuple[tuple[tuple[Effect, tuple[Share, ...]], ...], tuple[str, ...]]:
    found, not_analysed = [], [f"{one.key}: only the first primary outcome is answered" for one in plan.primary[1:]]  # fmt: skip
    not_analysed += [
        f"{one.key}: the plan's {what} are not used by kith analyze yet"
        for one in plan.outcomes
        for what in ("covariates", "subgroups")
        if getattr(one, what)
    ]
    for outcome in plan.outcomes:
        if outcome.role == "primary":
            continue
        try:
            found.append(_answer(plan, records, outcome, rule, lock))
        except NoAnswerError as error:
            not_analysed.append(str(error))
    adjusted = holm([one.effect.p for one in found])
    pairs = [
        (_with(one.effect, adjusted_p=p), one.shares)
        for one, p in zip(found, adjusted, strict=True)
    ]
    return tuple(pairs), tuple(not_analysed)


def _with(effect: Effect, **changes: float | bool) -> Effect:
    fields = {name: getattr(effect, name) for name in Effect.__slots__}
    return Effect(**(fields | changes))
