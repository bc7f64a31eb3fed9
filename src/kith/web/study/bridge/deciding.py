"""The dice of one moment: whether something is suggested, and whom that brings in."""

from dataclasses import dataclass
from typing import Any

from kith.core.randomize import Decision as Thrown
from kith.core.randomize import DecisionRule, Moment
from kith.core.records import NOBODY
from kith.core.rng import stream
from kith.web.study.bridge.document import Plan, plan_of, style_of
from kith.web.study.choices import Style
from kith.web.study.models import Decision, Study


@dataclass(frozen=True, slots=True)
class Decided:
    """What dice said of one moment.

    Args:
        arm: The number of the arm that came; 0 where nothing was drawn.
        style: What comes by it; None for nothing.
        place: Whom it brings in, or would have, of those who could be; None if nobody could.
        probability: That this arm came, given who was there; 1 where nothing was drawn.
        helper_probability: That it would be this one of all who could be; 1 for nobody.
        law: All that it takes, with the seed and the number, to throw again, as JSON has it.
    """

    arm: int
    style: Style | None
    place: int | None
    probability: float
    helper_probability: float
    law: dict[str, Any]


def decide(plan: Plan, *, seed: int, number: int, is_available: bool, many: int) -> Decided:
    """Return what comes at the moment `number`, at which `many` people could be brought in.

    Where somebody is not available, or nobody is there whom it needs, nothing is drawn.
    """
    law = {"is_available": is_available, "many": many}
    thrown = _thrown(plan, seed, number, law)
    return Decided(
        arm=thrown.treated,
        style=style_of(plan.arms[thrown.treated]) if thrown.probability < 1 else None,
        place=None if thrown.helper == NOBODY else thrown.helper,
        probability=thrown.probability,
        helper_probability=thrown.helper_probability,
        law=law,
    )


def is_as_thrown(study: Study, decision: Decision) -> bool:
    """Return whether the seed of the study, thrown again, gives what was kept of this moment."""
    again = _thrown(plan_of(study), int(study.seed), decision.number, decision.law)
    kept = (decision.treated, decision.probability, decision.helper_probability)
    return kept == (again.treated, again.probability, again.helper_probability)


def one_of(many: int, *, seed: int, number: int) -> int:
    """Return which of `many` comes, each as likely, where an arm and no moment was drawn."""
    return int(stream(seed, "company", number).integers(many))


def _thrown(plan: Plan, seed: int, number: int, law: dict[str, Any]) -> Thrown:
    # One more than there can be, so that nobody would be brought in for themselves.
    asker, helpers = law["many"], dict.fromkeys(range(law["many"]), 1.0)
    moment = Moment(number, asker, 0.0, law["is_available"], helpers)
    rule = DecisionRule(plan.probability[1:], needs_helper=plan.brings is not None)
    return rule.draw_next(seed, moment)
