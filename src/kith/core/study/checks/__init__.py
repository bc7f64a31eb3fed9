"""All that can be wrong with a plan, before anybody joins."""

from kith.core.study.checks import asking, draw, outcomes, size, whole
from kith.core.study.plan import StudyPlan
from kith.core.study.problem import Problem

_ALL = (
    whole.about,
    whole.population,
    draw.arms,
    draw.randomisation,
    asking.measures,
    whole.safety,
    outcomes.outcomes,
    outcomes.analysis,
    size.power,
    whole.stopping,
)


def problems(plan: StudyPlan) -> tuple[Problem, ...]:
    """Return all that has to be mended before a plan can be locked, in the order of its sections."""
    return tuple(
        Problem.at(found.path, plan.lines, found.what, found.how)
        for check in _ALL
        for found in check(plan)
    )
