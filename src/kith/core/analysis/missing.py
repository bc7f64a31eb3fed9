"""The rules for what is missing that a primary result is held against."""

from math import exp

from kith.core.analysis.deriving import EVENT, LEFT_OUT, NO_EVENT, RUN_RULES
from kith.core.study import Outcome, StudyPlan

FILLED, SHIFTED = "multiple_imputation", "shifted"
_BY_VALUE = {"difference", "risk_difference", "risk_ratio"}
_BY_DRAW = {"randomisation", "exposure"}
# Estimators that take no covariates, and why.
UNUSED = {
    "risk_ratio": "a ratio of two shares is of shares as they were counted",
    "compliers": "the effect on those who took it is told by the draw alone",
    "wcls": "decisions are adjusted by settings.controls",
    "emee": "decisions are adjusted by settings.controls",
}
# Why a result has no range for what is missing.
_NO_RANGE = {
    "mixed": (
        "No range is computed for a mixed model: it takes whoever gave fewer answers to be as their "
        "other answers, their arm and the covariates say. If those who stopped answering did worse "
        "than that, the result is wrong by how much nobody can see here."
    ),
    "wcls": (
        "No range is computed for decisions: moments without an answer are left out, as if they were "
        "like the others of that arm. If people answered less where it went badly, the result does not "
        "know."
    ),
}
_NO_RANGE_ELSE = (
    "No range is computed for this kind of result: it takes those without an answer to be like those "
    "with one."
)
_YES_NO = {
    EVENT: "a missing answer counts as yes",
    NO_EVENT: "a missing answer counts as no",
    LEFT_OUT: "those without an answer are left out",
    FILLED: "missing answers are filled in many times from what is known of the person",
}
_NUMBER = {LEFT_OUT: _YES_NO[LEFT_OUT], FILLED: _YES_NO[FILLED]}
_EVENTS = {
    "censored": "those who are lost are followed until then",
    EVENT: "being lost counts as the event",
    NO_EVENT: "those who are lost are taken to have no event",
}
_DECISIONS = {
    EVENT: "a missing answer counts as yes",
    NO_EVENT: "a missing answer counts as no",
    LEFT_OUT: "moments without an answer are left out",
}


def words_of(outcome: Outcome) -> dict[str, str]:
    """Return the rules that can be taken for an outcome, with what each does."""
    if outcome.settings.get("derive") == "runs":
        return dict(RUN_RULES)
    if outcome.estimator in {"cox", "log_rank"}:
        return _EVENTS
    if outcome.estimator in {"risk_difference", "risk_ratio"}:
        return _YES_NO
    if outcome.estimator == "difference" or outcome.estimator in _BY_DRAW:
        return _NUMBER
    if outcome.estimator == "emee":
        return _DECISIONS
    return {"likelihood": "the model takes what there is"} if outcome.estimator == "mixed" else {LEFT_OUT: _NUMBER[LEFT_OUT]}  # fmt: skip


def rule_for(outcome: Outcome, rule: str) -> str:
    """Return the plan's rule, or what comes nearest where it is nothing for this outcome."""
    words = words_of(outcome)
    return rule if rule in words else LEFT_OUT if LEFT_OUT in words else next(iter(words))


def rules_of(plan: StudyPlan, outcome: Outcome) -> dict[tuple[str, float], str]:
    """Return each rule with its shift and its words: the plan's first, then the plan's range.

    Where a plan names rules in the outcome's `missing_range`, these are the range; else all that can
    be taken. `missing.range` moves what is missing: a mean in its own units, a share by log odds.
    """
    words, planned = words_of(outcome), rule_for(outcome, plan.analysis.missing.rule)
    said = outcome.settings.get("missing_range", ())
    named = [str(one) for one in said] if isinstance(said, tuple) and said else list(words)
    found = {(one, 0.0): words.get(one, one.replace("_", " ")) for one in [planned, *named]}
    ends = plan.analysis.missing.range if outcome.estimator in _BY_VALUE | _BY_DRAW else ()
    return found | {(SHIFTED, end): _shifted(outcome, end) for end in ends if end}


def no_range(outcome: Outcome, rules: int) -> tuple[str, ...]:
    """Return in a sentence that a result has no range for what is missing, if it has none."""
    return (_NO_RANGE.get(outcome.estimator, _NO_RANGE_ELSE),) if rules < 2 else ()


def other_rule(outcome: Outcome, rule: str) -> tuple[str, ...]:
    """Return in a sentence that the plan's rule has no place here, if it has none."""
    taken = rule_for(outcome, rule)
    if taken == rule or not rule:
        return ()
    words = words_of(outcome)[taken]
    return (f"{outcome.key}: the plan's rule {rule} has no place in {outcome.estimator}; {words}",)


def _shifted(outcome: Outcome, by: float) -> str:
    if outcome.estimator == "difference" or outcome.estimator in _BY_DRAW:
        way = "higher" if by > 0 else "lower"
        return f"those without an answer are {abs(by):g} {way} than those with one"
    return f"the odds of those without an answer are {exp(by):.2g} times those of the others"
