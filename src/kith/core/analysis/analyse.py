"""A plan and its records in, results out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kith.core.analysis.answering import Answer, Rule, answered
from kith.core.analysis.asked import Asked
from kith.core.analysis.beside import did_as_drawn, subgroups
from kith.core.analysis.describing import arm_of, baseline, chances, flow, ties
from kith.core.analysis.missing import no_range, other_rule, rule_for, rules_of
from kith.core.analysis.results import Effect, Results, Share, UnderRule
from kith.core.analysis.saying import decision_line, primary_line, room_line, rule_line
from kith.core.records import StudyRecords
from kith.core.rng import stream
from kith.core.stats.difference import holm
from kith.core.study import Lock, Outcome, StudyPlan, differences, is_confirmatory, locked_hash
from kith.core.study.words import OF_DECISIONS
from kith.errors import InvalidInputError, NoAnswerError

_Pairs = tuple[tuple[Effect, tuple[Share, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Given:
    plan: StudyPlan
    records: StudyRecords
    facts: Mapping[str, np.ndarray]
    lock: Lock | None
    arm: np.ndarray
    seed: int

    def asked(self, outcome: Outcome, level: float) -> Asked:
        """Return the question of one outcome, of the people whom the plan analyses."""
        everyone = np.ones(self.records.people, np.bool_)
        asked = Asked(
            self.plan, self.records, outcome, self.facts, self.arm, everyone, level, self.seed
        )
        if self.plan.analysis.population != "per_protocol":
            return asked
        did = did_as_drawn(asked)
        if did is None:
            raise NoAnswerError(
                f"{outcome.key}: the plan is per protocol, and settings.taken does not say who did as drawn"
            )
        return replace(asked, only=did)

    def confirmed(self, effect: Effect) -> Effect:
        """Return an effect, confirmatory if the locked plan asked for it."""
        is_so = self.lock is not None and is_confirmatory(self.lock, self.plan, effect.key)
        return replace(effect, is_confirmatory=is_so)


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
        seed: Of the shuffled picture of ties, and of what is filled in.
        facts: What was known of each person at the draw, a column for each fact.
        lock: Of the plan, from before the first person joined.

    Raises:
        InvalidInputError: If the records are of other arms, or lack a measure of the plan.
        NoAnswerError: If the primary outcome has no answer.
    """
    _refuse_other_arms(plan, records)
    if not plan.primary:
        raise InvalidInputError("the plan has no primary outcome")
    given = _Given(plan, records, facts or {}, lock, arm_of(records), seed)
    outcome, level = plan.primary[0], _level(plan)
    asked, rule = given.asked(outcome, level), Rule(rule_for(outcome, plan.analysis.missing.rule))
    first = answered(asked, rule)
    under, unanswered = _under_rules(asked, rule, first)
    decides = len({one.effect.excludes_null for one in under}) > 1
    also, not_also = _answers(given, plan.primary[1:], level)
    primary, also = _multiplicity(plan, given.confirmed(first.effect), also)
    secondary, not_analysed = _answers(
        given, tuple(one for one in plan.outcomes if one.role != "primary"), 1 - plan.analysis.alpha
    )
    within, not_within = subgroups(asked, rule)
    beside, not_beside = _beside(given, asked, rule)
    seen, least = chances(first.effect, plan.power.effect)
    what, is_of_decisions = outcome.key.replace("_", " "), outcome.estimator in OF_DECISIONS
    said = (
        decision_line(first.effect, what)
        if is_of_decisions
        else primary_line(first.effect, first.shares, what)
    )
    unused = other_rule(outcome, plan.analysis.missing.rule)
    unmoved = no_range(outcome, len(under))
    changed = () if lock is None else tuple(str(one) for one in differences(lock, plan))
    names, arm = _drawn(given)
    return Results(
        title=plan.study.title, question=plan.study.question,
        headline=(said, rule_line(under) if decides else room_line(first.effect)),
        **dict(zip(("status", "status_why"), _status(primary, lock, changed), strict=True)),
        plan_hash=locked_hash(plan), locked_at=lock.at if lock else "",
        flow=flow(records, names, first.analysed, arm), baseline=baseline(arm, len(names), given.facts),
        primary=primary, shares=first.shares, also_primary=also, secondary=_by_holm(secondary),
        subgroups=within, beside=(*first.beside, *beside), under_rules=under, is_decided_by_rule=decides,
        curves=first.curves, ties=ties(records, stream(seed, "analysis", "ties")), deviations=changed,
        not_analysed=tuple(dict.fromkeys(
            (*first.notes, *unused, *unmoved, *unanswered, *not_also, *not_analysed, *not_within, *not_beside)
        )),
        chances=seen, least_seen=least,
    )  # fmt: skip


def _refuse_other_arms(plan: StudyPlan, records: StudyRecords) -> None:
    keys = tuple(arm.key for arm in plan.arms)
    # Where decisions are drawn, nobody has an arm.
    is_of_decisions = plan.randomisation.unit == "decisions" and not len(records.assignments.arm)
    if records.assignments.arms != keys and not is_of_decisions:
        raise InvalidInputError(
            f"the plan has the arms {keys}, the records have {records.assignments.arms}"
        )


def _drawn(given: _Given) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the arms and who is in each: where decisions are drawn, everybody is in all of them."""
    if given.plan.randomisation.unit != "decisions":
        return tuple(arm.name or arm.key for arm in given.plan.arms), given.arm
    arm = np.full(given.records.people, -1)
    arm[given.records.decisions.person] = 0
    return ("each way at different moments",), arm


def _level(plan: StudyPlan) -> float:
    """Return the level of the primary intervals: each takes its share of the error, if it must."""
    shares = len(plan.primary) if plan.analysis.multiplicity in {"bonferroni", "holm"} else 1
    return 1 - plan.analysis.alpha / shares


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


def _under_rules(
    asked: Asked, planned: Rule, first: Answer
) -> tuple[tuple[UnderRule, ...], tuple[str, ...]]:
    found, said = [], []
    for (name, shift), words in rules_of(asked.plan, asked.outcome).items():
        rule = Rule(name, shift)
        try:
            answer = first if rule == planned else answered(asked, rule)
        except NoAnswerError as error:
            said.append(f"if {words}: {error}")
            continue
        found.append(UnderRule(name, words, answer.effect, answer.shares, rule == planned))
    return tuple(found), tuple(said)


def _answers(
    given: _Given, outcomes: tuple[Outcome, ...], level: float
) -> tuple[_Pairs, tuple[str, ...]]:
    found, said = [], []
    for outcome in outcomes:
        rule = Rule(rule_for(outcome, given.plan.analysis.missing.rule))
        try:
            answer = answered(given.asked(outcome, level), rule)
        except NoAnswerError as error:
            said.append(str(error))
            continue
        found.append((given.confirmed(answer.effect), answer.shares))
        said += answer.notes
        if outcome.subgroups:
            said.append(f"{outcome.key}: subgroups are only of the first primary outcome")
    return tuple(found), tuple(said)


def _multiplicity(plan: StudyPlan, first: Effect, also: _Pairs) -> tuple[Effect, _Pairs]:
    """Return the primary effects with p values by the plan's rule for several of them."""
    effects = [first, *(effect for effect, _ in also)]
    p = np.array([one.p for one in effects])
    rule, m = plan.analysis.multiplicity, len(plan.primary)
    if rule == "bonferroni":
        p = np.minimum(p * m, 1.0)
    elif rule == "holm":
        # One without an answer is taken for one that shows nothing.
        p = holm(np.append(p, np.ones(m - len(p))))[: len(p)]
    elif rule == "in_order":
        p = np.maximum.accumulate(p)
    one, *others = (replace(e, adjusted_p=float(q)) for e, q in zip(effects, p, strict=True))
    return one, tuple((e, shares) for e, (_, shares) in zip(others, also, strict=True))


def _by_holm(pairs: _Pairs) -> _Pairs:
    adjusted = holm(np.array([effect.p for effect, _ in pairs], np.float64))
    return tuple(
        (replace(effect, adjusted_p=float(p)), shares)
        for (effect, shares), p in zip(pairs, adjusted, strict=True)
    )


def _beside(
    given: _Given, asked: Asked, rule: Rule
) -> tuple[tuple[tuple[str, Effect], ...], tuple[str, ...]]:
    """Return the primary outcome of the other population: per protocol, or all who were drawn."""
    did, everyone = did_as_drawn(asked), np.ones(given.records.people, np.bool_)
    if did is None:
        return (), ()
    is_all = given.plan.analysis.population != "per_protocol"
    words = (
        "only those who took what they were drawn to (who they are is no longer chance)"
        if is_all
        else "everyone, in the arm they were drawn into"
    )
    try:
        other = answered(replace(asked, only=did if is_all else everyone), rule)
    except NoAnswerError as error:
        return (), (f"{words}: {error}",)
    return ((words, other.effect),), ()
