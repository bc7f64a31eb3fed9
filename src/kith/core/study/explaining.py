"""A plan in plain words: what it does, to whoever has to say yes or no to it."""

from collections.abc import Iterator

from kith.core.measures import all_instruments
from kith.core.study.plan import MeasurePlan, Outcome, StudyPlan
from kith.core.study.sizing import power_by_formula
from kith.core.study.words import (
    ESTIMATORS,
    FEATURES,
    MECHANISMS,
    MISSING_RULES,
    MULTIPLICITY,
    SPENDINGS,
)

_UNITS = {
    "people": "Each person is drawn",
    "circles": "Whole circles are drawn",
    "places": "Whole places are drawn",
    "decisions": "Each moment is drawn by itself, so that everybody has every arm at some time",
}
_DIRECTIONS = {
    "higher": "higher is hoped for",
    "lower": "lower is hoped for",
    "either": "either way counts",
}
_COUNTED = {
    "intention_to_treat": "Everybody counts in the arm that was drawn for them, whatever they did.",
    "per_protocol": "Only those count who did what was drawn for them.",
}


def explained(plan: StudyPlan) -> str:
    """Return a plan as paragraphs with headings, in words; what is not said yet is left out."""
    parts = (
        ("The question", _question(plan)),
        ("Who takes part", _people(plan)),
        ("What differs", _arms(plan)),
        ("How chance decides", _draw(plan)),
        ("What is asked", _measures(plan)),
        ("What is answered", _outcomes(plan)),
        ("How", _analysis(plan)),
        ("How many people", _power(plan)),
        ("When it ends early", _stopping(plan)),
        ("To bear in mind", _cautions(plan)),
    )
    written = [(title, list(lines)) for title, lines in parts]
    return "\n\n".join(f"{title}\n" + "\n".join(lines) for title, lines in written if lines)


def _question(plan: StudyPlan) -> Iterator[str]:
    for text in (plan.study.question, plan.study.summary):
        if text.strip():
            yield f"  {' '.join(text.split())}"
    if plan.study.weeks:
        yield f"  It takes {plan.study.weeks} weeks from joining to the last question."


def _people(plan: StudyPlan) -> Iterator[str]:
    if plan.population.who:
        yield f"  {plan.population.who}."
    if plan.population.minimum_age:
        yield f"  Aged {plan.population.minimum_age} or more."
    if plan.population.regions:
        yield f"  In: {', '.join(plan.population.regions)}."


def _arms(plan: StudyPlan) -> Iterator[str]:
    for number, arm in enumerate(plan.arms):
        role = " (the one others are held against)" if number == 0 else ""
        yield f"  {arm.name or arm.key}{role}"
        for name, value in arm.features.items():
            yield f"    {name}: {FEATURES.get(name, 'not known')}: {_switched(value)}"
    if plan.arms:
        yield "  For everybody alike: the list of gatherings, asking for help, and someone at any hour."


def _switched(value: object) -> str:
    if value is True:
        return "yes"
    if value is False or value == "off":
        return "not in this arm"
    if isinstance(value, (int, float)):
        return f"after {value:g} weeks"
    return str(value)


def _draw(plan: StudyPlan) -> Iterator[str]:
    drawn = plan.randomisation
    if drawn.unit in _UNITS and drawn.mechanism in MECHANISMS:
        yield f"  {_UNITS[drawn.unit]}, {MECHANISMS[drawn.mechanism]}."
    for name, words in (("strata", "Within each"), ("balance", "Kept alike in")):
        if getattr(drawn, name):
            yield f"  {words}: {', '.join(getattr(drawn, name))}."
    if drawn.probability:
        each = zip(plan.arms, drawn.probability, strict=False)
        yield f"  Chances: {', '.join(f'{arm.key} {share:g}' for arm, share in each)}."
    if drawn.ratio:
        yield f"  In the ratio {' : '.join(map(str, drawn.ratio))}."


def _measures(plan: StudyPlan) -> Iterator[str]:
    for measure in plan.measures:
        found = all_instruments().get(measure.asks)
        yield f"  {measure.key}: {found.name if found else measure.instrument}, {_when(measure)}."


def _when(measure: MeasurePlan) -> str:
    schedule = measure.schedule
    weeks = f"in weeks {', '.join(map(str, schedule.at_weeks))}" if schedule.at_weeks else ""
    if schedule.per_day:
        a_day = f"{schedule.per_day} times a day ({', '.join(schedule.windows)})"
        return f"{a_day} {weeks}".strip()
    if schedule.every_weeks:
        return f"every {schedule.every_weeks} weeks"
    return weeks or "out of the records"


def _outcomes(plan: StudyPlan) -> Iterator[str]:
    for outcome in plan.outcomes:
        at = f" in week {outcome.at_week}" if outcome.at_week is not None else ""
        yield f"  {outcome.role or 'no role'}: {outcome.measure}{at}, {' against '.join(outcome.contrast)}."
        yield f"    {_estimated(outcome)}"


def _estimated(outcome: Outcome) -> str:
    parts = [ESTIMATORS.get(outcome.estimator, "by no estimator that is known")]
    if outcome.covariates:
        parts.append(f"adjusted for {', '.join(outcome.covariates)}")
    if outcome.subgroups:
        parts.append(f"and for each {', '.join(outcome.subgroups)}")
    if outcome.settings.get("cluster"):
        parts.append("people who share a circle or place taken to be alike")
    if outcome.direction in _DIRECTIONS:
        parts.append(_DIRECTIONS[outcome.direction])
    return "; ".join(parts) + "."


def _analysis(plan: StudyPlan) -> Iterator[str]:
    chosen = plan.analysis
    if chosen.population in _COUNTED:
        yield f"  {_COUNTED[chosen.population]}"
    yield f"  Something that is not there is found at most {chosen.alpha:.0%} of the time."
    if chosen.multiplicity in MULTIPLICITY and len(plan.primary) > 1:
        yield f"  Several primary outcomes: {MULTIPLICITY[chosen.multiplicity]}."
    if chosen.missing.rule in MISSING_RULES:
        yield f"  Answers that are not there: {MISSING_RULES[chosen.missing.rule]}."
    if len(chosen.missing.range) == 2:
        least, most = chosen.missing.range
        yield f"  The result is a range: as if they had been {least:+g} to {most:+g} from those who answered."


def _power(plan: StudyPlan) -> Iterator[str]:
    planned, found = plan.power, power_by_formula(plan)
    if planned.people:
        yield f"  {planned.people} join; {planned.loss:.0%} are expected not to answer at the end."
    if found is not None:
        yield (
            f"  If the difference is really {planned.effect:g}, {found:.0%} of such studies would see it "
            "(by formula)."
        )


def _stopping(plan: StudyPlan) -> Iterator[str]:
    if plan.stopping.looks and plan.stopping.spending in SPENDINGS:
        looks = ", ".join(f"{look:.0%}" for look in plan.stopping.looks)
        yield f"  It is looked at after {looks} of the answers; the error is shared out: {SPENDINGS[plan.stopping.spending]}."
    if plan.stopping.harm:
        yield f"  {plan.stopping.harm}"


def _cautions(plan: StudyPlan) -> Iterator[str]:
    for measure in plan.measures:
        found = all_instruments().get(measure.asks)
        if found is not None and found.wording == "unchecked":
            yield f"  {found.name}: {found.note}"
    yield "  No difference on any of these scales is agreed to be the least that matters."
