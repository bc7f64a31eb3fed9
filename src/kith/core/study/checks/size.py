"""Whether enough people take part to see what matters."""

from collections.abc import Iterator
from math import isfinite

from kith.core.study.checks.found import Found
from kith.core.study.kinds import kind_named
from kith.core.study.plan import StudyPlan
from kith.core.study.sizing import needs, power_by_formula
from kith.core.study.words import GROUPED

_LEAST_TARGET = 0.8
_HOW = {
    "people": "Write how many join, over all arms, as people = 240.",
    "effect": "Write the smallest difference worth knowing of, as effect = -1.",
    "sd": "Write the standard deviation of the outcome among people like these, with its source in a comment.",
    "baseline": "Write which share has it in the second arm of the contrast, as baseline = 0.6.",
}


def power(plan: StudyPlan) -> Iterator[Found]:
    """Find a study that is too small for its question, or does not say how large it is."""
    planned = plan.power
    kind = kind_named(plan, plan.primary[0].measure) if plan.primary else ""
    asks = ["people", "effect"] if kind != "network" else ["people"]
    for name in (*(one for one in asks if not getattr(planned, one)), *_needed(plan, kind)):
        yield Found(f"power.{name}", f"There is no {name}.", _HOW[name])
    yield from _ranges(plan, kind)
    if not _LEAST_TARGET <= planned.target < 1:
        yield Found(
            "power.target",
            f"A target of {planned.target:g} would miss what matters too often."
            if planned.target
            else "There is no target.",
            "Write 0.8 or more, as target = 0.9.",
        )
    found = power_by_formula(plan)
    if found is not None and found < planned.target:
        yield Found(
            "power.people",
            f"By formula the power is {found:.0%}, and {planned.target:.0%} is aimed for.",
            "Ask more people, for longer, or for a larger difference; or say that it is a pilot and aim "
            "for no answer.",
        )


def _needed(plan: StudyPlan, kind: str) -> tuple[str, ...]:
    if plan.randomisation.unit == "decisions":
        return () if plan.power.sd else ("sd",)
    return needs(plan.power, kind)


def _ranges(plan: StudyPlan, kind: str) -> Iterator[Found]:
    planned = plan.power
    if planned.people < 0 or planned.sd < 0:
        yield Found("power", "people and sd cannot be below 0.", "Write numbers above 0.")
    for name in ("loss", "baseline", "icc"):
        value = getattr(planned, name)
        if not 0 <= value < 1:
            how = "Write 0 or more and less than 1."
            yield Found(f"power.{name}", f"{name} is a share, and {value:g} is none.", how)
    if not 0 < planned.availability <= 1:
        how = "Write above 0 and at most 1."
        yield Found("power.availability", f"{planned.availability:g} is no share.", how)
    if kind == "event" and (planned.effect < 0 or planned.effect == 1):
        how = "Write a hazard ratio other than 1, as effect = 0.7."
        yield Found("power.effect", f"{planned.effect:g} is no hazard ratio to look for.", how)
    end = planned.baseline + planned.effect
    if kind == "yes_no" and plan.randomisation.unit != "decisions" and not 0 < end < 1:
        yield Found(
            "power.effect",
            f"From {planned.baseline:g}, {planned.effect:+g} leads to {end:g}, which is no share.",
            "Write a difference of shares, as effect = -0.15.",
        )
    is_alike = plan.randomisation.unit in GROUPED
    if is_alike and not (
        planned.cluster_size > 1 and planned.icc > 0 and isfinite(planned.cluster_size)
    ):
        yield Found(
            "power.icc",
            f"Whole {plan.randomisation.unit} are drawn, and it is not said how alike their people are.",
            "Write cluster_size and icc, as cluster_size = 6 and icc = 0.05: without them the study is too small.",
        )
