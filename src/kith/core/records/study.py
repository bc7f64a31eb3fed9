"""All that one study leaves behind, of real or of simulated people."""

from dataclasses import dataclass, field

import numpy as np

from kith.core.records.acts import ActLog
from kith.core.records.chairs import Chairs
from kith.core.records.columns import refuse_where
from kith.core.records.observations import Observations
from kith.core.records.taking_part import Assignments, Decisions, FollowUp, Prompts
from kith.errors import InvalidInputError

_PARTS = ("acts", "assignments", "decisions", "prompts", "observations", "follow_up", "chairs")


@dataclass(frozen=True, slots=True)
class StudyRecords:
    """The records of a study about the same people, numbered alike in each.

    `chairs` may be left out: then nobody is known to sit in a circle.

    Raises:
        InvalidInputError: If they are about another number of people, or one names a row of
            another that is not there.
    """

    people: int
    acts: ActLog
    assignments: Assignments
    decisions: Decisions
    prompts: Prompts
    observations: Observations
    follow_up: FollowUp
    chairs: Chairs = field(default_factory=lambda: Chairs.none(0))

    def __post_init__(self) -> None:
        if not len(self.chairs.person):
            object.__setattr__(self, "chairs", Chairs.none(self.people))
        for name in _PARTS:
            n = getattr(self, name).people
            if n != self.people:
                raise InvalidInputError(
                    f"{name} is about {n} people, the study about {self.people}"
                )
        decision, prompt = self.prompts.decision, self.observations.prompt
        n_decisions, n_prompts = len(self.decisions.person), len(self.prompts.person)
        refuse_where(
            decision >= n_decisions, f"below {n_decisions}, the decisions", decision=decision
        )
        refuse_where(prompt >= n_prompts, f"below {n_prompts}, the prompts", prompt=prompt)
        asked = prompt >= 0
        is_other = np.zeros(len(prompt), np.bool_)
        is_other[asked] = self.prompts.person[prompt[asked]] != self.observations.person[asked]
        refuse_where(
            is_other, "of whom it was asked", prompt=prompt, person=self.observations.person
        )
