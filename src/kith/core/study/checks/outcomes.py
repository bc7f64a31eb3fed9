"""What is to be answered, and whether the estimator can answer it."""

from collections.abc import Iterator

from kith.core.measures import all_instruments
from kith.core.study.checks.draw import known_at_the_start
from kith.core.study.checks.found import Found, different, one_of
from kith.core.study.kinds import kind_named
from kith.core.study.plan import Outcome, StudyPlan
from kith.core.study.words import (
    DIRECTIONS,
    ESTIMATORS,
    FITS,
    GROUPED,
    MISSING_RULES,
    MULTIPLICITY,
    OF_DECISIONS,
    POPULATIONS,
    REAL_DRAW,
    ROLES,
    TIMED,
)


def outcomes(plan: StudyPlan) -> Iterator[Found]:
    """Find outcomes that ask nothing, or ask it of an estimator that cannot answer."""
    yield from different("outcomes", [outcome.key for outcome in plan.outcomes], "outcome")
    if not plan.primary:
        how = "Write one [[outcomes]] with role = 'primary': the answer the study is for."
        yield Found("outcomes", "There is no primary outcome.", how)
    for number, outcome in enumerate(plan.outcomes):
        path = f"outcomes[{number}]"
        yield from one_of(
            f"{path}.role", outcome.role, ROLES, "a role: is it what the study is for"
        )
        yield from one_of(
            f"{path}.direction", outcome.direction, DIRECTIONS, "which way is hoped for"
        )
        yield from _measured(plan, path, outcome)
        yield from _scaled(plan, path, outcome)
        yield from _contrast(plan, path, outcome)
        yield from _estimator(plan, path, outcome)
        yield from _adjusted(plan, path, outcome)


def _measured(plan: StudyPlan, path: str, outcome: Outcome) -> Iterator[Found]:
    keys = [measure.key for measure in plan.measures]
    if outcome.measure not in keys:
        yield from one_of(f"{path}.measure", outcome.measure, keys, "a measure of this plan")
        return
    if outcome.at_week is None:
        if outcome.estimator in ESTIMATORS and outcome.estimator not in TIMED:
            how = "Write at_week = and the week that matters most."
            yield Found(f"{path}.at_week", f"It is not said when {outcome.key} is looked at.", how)
        return
    weeks = plan.measure(outcome.measure).weeks(plan.study.weeks)
    if not 0 <= outcome.at_week <= plan.study.weeks:
        yield Found(
            f"{path}.at_week",
            f"Week {outcome.at_week} is not within the study, which ends with week {plan.study.weeks}.",
            "Write a week of the study.",
        )
    elif weeks and outcome.at_week not in weeks:
        yield Found(
            f"{path}.at_week",
            f"{outcome.measure} is not measured in week {outcome.at_week}.",
            f"It is in: {', '.join(map(str, weeks))}. Change at_week or the schedule.",
        )


def _scaled(plan: StudyPlan, path: str, outcome: Outcome) -> Iterator[Found]:
    """Find an outcome that is no number, or whose hope is the wrong way round."""
    measure = next((one for one in plan.measures if one.key == outcome.measure), None)
    found = all_instruments().get(measure.asks) if measure else None
    if measure is None or found is None or found.repeats > 1:
        return
    scale = next((one for one in found.scales if one.key == measure.scale), None)
    if scale is None and ":" not in measure.instrument:
        known = ", ".join(f"{found.key}:{one.key}" for one in found.scales) or "another instrument"
        yield Found(
            f"{path}.measure",
            f"{found.key} comes to no single number.",
            f"Write the scale that you mean as the instrument of {measure.key}: {known}.",
        )
    elif scale is not None and {outcome.direction, scale.better} == {"higher", "lower"}:
        yield Found(
            f"{path}.direction",
            f"{outcome.direction.capitalize()} is hoped for, and of {found.name} {scale.better} is better.",
            f"Write direction = '{scale.better}', or 'either'.",
        )


def _contrast(plan: StudyPlan, path: str, outcome: Outcome) -> Iterator[Found]:
    arms = [arm.key for arm in plan.arms]
    if not outcome.contrast:
        how = "Write two arms, the first against the second, as contrast = ['circle', 'listing']."
        yield Found(f"{path}.contrast", f"{outcome.key} compares nothing.", how)
    elif len(outcome.contrast) != 2 or len(set(outcome.contrast)) != 2:
        how = "Write two different arms; for a third write another outcome."
        yield Found(f"{path}.contrast", "A contrast is of two arms.", how)
    else:
        for arm in outcome.contrast:
            yield from one_of(f"{path}.contrast", arm, arms, "an arm of this plan")


def _estimator(plan: StudyPlan, path: str, outcome: Outcome) -> Iterator[Found]:
    at, name = f"{path}.estimator", outcome.estimator
    yield from one_of(at, name, ESTIMATORS, "how it is estimated")
    if name not in ESTIMATORS:
        return
    kind = kind_named(plan, outcome.measure)
    if kind and kind not in FITS[name]:
        fit = [other for other in ESTIMATORS if kind in FITS[other]]
        yield Found(
            at,
            f"{name} is of {' or '.join(FITS[name])}, and {outcome.measure} is {kind}.",
            f"For {kind}: {', '.join(fit)}." if fit else "Measure something that can be compared.",
        )
    yield from _unit(plan, path, outcome)


def _unit(plan: StudyPlan, path: str, outcome: Outcome) -> Iterator[Found]:
    """Find an estimator that takes the draw for another than it is."""
    at, name, unit = f"{path}.estimator", outcome.estimator, plan.randomisation.unit
    of_decisions = name in OF_DECISIONS
    if unit == "decisions" and not of_decisions and name != "randomisation":
        yield Found(
            at,
            f"Decisions are drawn, so that everybody is in every arm; {name} compares people.",
            f"Write one of: {', '.join(OF_DECISIONS)}.",
        )
    elif unit != "decisions" and of_decisions:
        yield Found(
            at,
            f"{name} is of decisions that are drawn one by one, and here {unit or 'nothing'} is drawn.",
            "Write unit = 'decisions', or another estimator.",
        )
    # Who sits in a circle already, or knows others, meets them whatever an arm does.
    is_of_others = "exposure" in outcome.settings or _has_groups(plan)
    if name == "exposure" and unit == "people" and not is_of_others:
        how = "Use it where people meet: in circles, pairs or places; or write settings = { exposure = 'circle' }."
        yield Found(
            at, "No arm brings people together, so that nobody is exposed to another's.", how
        )
    if _is_clustered(outcome) or name in REAL_DRAW or of_decisions:
        return
    if unit in GROUPED:
        yield Found(
            at,
            f"Whole {unit} are drawn, and {name} takes their people for independent: its interval would "
            "be too narrow.",
            "Write settings = { cluster = true }, or estimator = 'randomisation'."
            if name != "log_rank"
            else "Log-rank cannot: write estimator = 'cox' with settings = { cluster = true }.",
        )
    elif unit == "people" and _has_groups(plan):
        yield Found(
            f"{path}.settings",
            "People are drawn one by one and then meet in circles: those who share one grow alike, and "
            f"{name} would not know it.",
            "Write settings = { cluster = true }, or estimator = 'randomisation' or 'exposure'.",
        )


def _is_clustered(outcome: Outcome) -> bool:
    return bool(outcome.settings.get("cluster")) and outcome.estimator != "log_rank"


def _has_groups(plan: StudyPlan) -> bool:
    return any(arm.features.get(name) for arm in plan.arms for name in ("circle", "pair"))


def _adjusted(plan: StudyPlan, path: str, outcome: Outcome) -> Iterator[Found]:
    for key in outcome.covariates:
        yield from known_at_the_start(plan, f"{path}.covariates", key)
    for key in outcome.subgroups:
        if key not in outcome.covariates:
            how = f"Write {key} among the covariates too: a subgroup needs the value it is made of."
            yield Found(f"{path}.subgroups", f"Subgroup {key} is no covariate.", how)


def analysis(plan: StudyPlan) -> Iterator[Found]:
    """Find an analysis that leaves a choice open until the data are seen."""
    chosen = plan.analysis
    if not 0 < chosen.alpha <= 0.2:
        how = "Write the risk of finding what is not there, as alpha = 0.05."
        yield Found("analysis.alpha", f"{chosen.alpha:g} is no error to accept.", how)
    yield from one_of(
        "analysis.population", chosen.population, POPULATIONS, "who is counted in which arm"
    )
    if chosen.population == "per_protocol":
        yield Found(
            "analysis.population",
            "Only those who did as drawn would count; who they are is no longer chance.",
            "Write population = 'intention_to_treat'. An outcome with estimator 'compliers' answers the rest.",
        )
    yield from _multiplicity(plan)
    yield from _missing(plan)


def _multiplicity(plan: StudyPlan) -> Iterator[Found]:
    path, rule = "analysis.multiplicity", plan.analysis.multiplicity
    if rule and rule not in MULTIPLICITY:
        yield from one_of(path, rule, MULTIPLICITY, "a rule for several primary outcomes")
    elif len(plan.primary) > 1 and rule in {"", "none"}:
        known = ", ".join(word for word in MULTIPLICITY if word != "none")
        yield Found(
            path,
            f"{len(plan.primary)} primary outcomes are {len(plan.primary)} chances to be wrong, and no "
            "rule shares the error out.",
            f"Write one of: {known}; or keep one primary outcome.",
        )


def _missing(plan: StudyPlan) -> Iterator[Found]:
    rule, ends = plan.analysis.missing.rule, plan.analysis.missing.range
    path = "analysis.missing"
    if not rule:
        yield Found(
            path,
            "There is no missing-data rule: whoever sees the data could choose one.",
            f"Write missing = {{ rule = ..., range = [...] }}, the rule one of: {', '.join(MISSING_RULES)}.",
        )
        return
    yield from one_of(f"{path}.rule", rule, MISSING_RULES, "a rule for missing answers")
    yield from _rule_fits(plan, path, rule)
    kinds = {kind_named(plan, outcome.measure) for outcome in plan.primary}
    if not ends and "number" in kinds and plan.randomisation.unit != "decisions":
        yield Found(
            f"{path}.range",
            "It is not said how different those who do not answer may be.",
            "Write range = [least, most] in units of the primary outcome: the result is then a range.",
        )
    elif ends and (len(ends) != 2 or not ends[0] <= 0 <= ends[1] or ends[0] == ends[1]):
        yield Found(
            f"{path}.range",
            f"{', '.join(f'{end:g}' for end in ends)} is no range around no difference.",
            "Write two numbers, the first 0 or less, the second 0 or more.",
        )


def _rule_fits(plan: StudyPlan, path: str, rule: str) -> Iterator[Found]:
    for outcome in plan.primary:
        kind = kind_named(plan, outcome.measure)
        is_wrong = (
            (rule in {"missing_is_event", "missing_is_no_event"} and kind not in {"yes_no", "event", ""})
            or (rule == "likelihood" and outcome.estimator != "mixed")
            or (rule == "censored" and kind not in {"event", ""})
            or (rule == "multiple_imputation" and kind in {"event", "network"})
        )  # fmt: skip
        if is_wrong and rule in MISSING_RULES:
            yield Found(
                f"{path}.rule",
                f"{rule} means: {MISSING_RULES[rule]}. That is nothing for {outcome.key}, {kind} by "
                f"{outcome.estimator}.",
                "likelihood goes with mixed; censored with events; missing_is_event and "
                "missing_is_no_event with yes_no and events; multiple_imputation with the others.",
            )
