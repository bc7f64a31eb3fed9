"""Micro-randomised moments: whether somebody is prompted, and whom that would bring in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from kith.core.records import NOBODY, Decisions
from kith.core.rng import stream
from kith.errors import InvalidInputError


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which somebody might be prompted.

    Args:
        number: Of the moment, from 0, in the study: no two moments share a number.
        person: Who might be prompted.
        day: When.
        is_available: Whether they can be prompted now.
        helpers: Everybody who could be brought in now, each with a weight above 0.
    """

    number: int
    person: int
    day: float
    is_available: bool
    helpers: Mapping[int, float]


@final
@dataclass(frozen=True, slots=True)
class Decision:
    """What the dice said of one moment; see the columns of `Decisions`."""

    moment: Moment
    helper: int
    treated: int
    probability: float
    helper_probability: float


@final
@dataclass(frozen=True, slots=True)
class DecisionRule:
    """Whether to prompt, and whom to bring in, by known probabilities.

    The helper is drawn first, whether or not the prompt comes, so that it is known whom it would
    have brought in. Helper h comes with weight[h] / sum of weights over all who could. Only where
    both ends are available is the prompt drawn; else it is 0 for certain, and says so. Help that
    somebody asks for is never drawn: it is given.
    Source: Liao et al., Stat Med 35:1944 (2016), and here a second person's availability.

    Args:
        chances: Of each way to prompt, above 0, together below 1; the rest is no prompt.
        needs_helper: Whether a prompt without somebody to bring in makes no sense.

    Raises:
        InvalidInputError: If the chances are not that.
    """

    chances: tuple[float, ...] = (0.5,)
    needs_helper: bool = True

    def __post_init__(self) -> None:
        if not self.chances or min(self.chances) <= 0 or sum(self.chances) >= 1:
            raise InvalidInputError(
                f"chances must be above 0 and together below 1, got {self.chances}"
            )

    def draw_next(self, seed: int, moment: Moment) -> Decision:
        """Return what comes at one moment: the same for the same seed and number.

        Raises:
            InvalidInputError: If a weight is not above 0, or somebody would help themselves.
        """
        dice = stream(seed, "decision", moment.number).random(2)
        helper, helper_probability = _helper(moment, float(dice[0]))
        can = moment.is_available and (helper != NOBODY or not self.needs_helper)
        if not can:
            return Decision(moment, helper, 0, 1.0, helper_probability)
        chances = np.array([1 - sum(self.chances), *self.chances])
        treated = int(np.searchsorted(np.cumsum(chances)[:-1], dice[1], side="right"))
        return Decision(moment, helper, treated, float(chances[treated]), helper_probability)

    def draw(self, seed: int, people: int, moments: Sequence[Moment]) -> Decisions:
        """Return the record of all moments: each as `draw_next` says it."""
        return recorded(people, [self.draw_next(seed, moment) for moment in moments])


def recorded(people: int, decisions: Sequence[Decision]) -> Decisions:
    """Return decisions as a record."""
    moments = [decision.moment for decision in decisions]
    return Decisions(
        people=people,
        person=np.array([moment.person for moment in moments], np.int32),
        helper=np.array([decision.helper for decision in decisions], np.int32),
        day=np.array([moment.day for moment in moments], np.float64),
        is_available=np.array([moment.is_available for moment in moments], np.bool_),
        is_helper_available=np.array([d.helper != NOBODY for d in decisions], np.bool_),
        treated=np.array([decision.treated for decision in decisions], np.int8),
        probability=np.array([decision.probability for decision in decisions], np.float64),
        helper_probability=np.array([d.helper_probability for d in decisions], np.float64),
    )


def _helper(moment: Moment, die: float) -> tuple[int, float]:
    if not moment.helpers:
        return NOBODY, 1.0
    helpers = sorted(moment.helpers)
    weights = np.array([moment.helpers[helper] for helper in helpers], np.float64)
    if not np.all(np.isfinite(weights) & (weights > 0)) or moment.person in moment.helpers:
        raise InvalidInputError("each helper must be somebody else, with a weight above 0")
    chances = weights / weights.sum()
    at = int(np.searchsorted(np.cumsum(chances)[:-1], die, side="right"))
    return helpers[at], float(chances[at])
