"""Sensitivity: from where to where each number is moved, and what comes of one choice of them all.

Every number of the brain and of people's traits is moved from half of its default to one and a
half, within what is allowed; a default of zero has no half and stays. What is looked at, of those in
their first 30 days at the start: the share who relapsed within 30 days and by day 180 under usual
care, and by how much fewer of those relapse who have their contacts at the cue than of those who
have as many off the cue. All choices share town and dice, so that they differ by what was chosen and
by nothing else.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from kith.core.brain.parameters import meanings, parameters
from kith.core.model import settling
from kith.core.model.design import Design, Feature
from kith.core.model.designs import arm_of
from kith.core.model.running import run
from kith.core.model.settling import Traits, world_of
from kith.core.model.state import NEVER, State
from kith.core.model.world import Arm, World
from kith.core.population.settings import TownSettings
from kith.core.population.town import FIRST_DAYS, Town, town

TRAITS = "traits."
DAYS, MONTH = 180, 30
RELAPSED_MONTH, RELAPSED, CUE = "relapsed_month", "relapsed", "cue_against_off_cue"
OUTCOMES = (RELAPSED_MONTH, RELAPSED, CUE)
# As many new ones as circles can take in, at most a third of each.
_NEW = 0.3
# Half of a default, and one and a half: what "plausible" means where nobody has measured.
_LEAST, _MOST = 0.5, 1.5
CARE = Design("usual_care", Feature.USUAL_CARE)
# The first two arms of the scenario `contrasts`, which a test holds.
AT_CUE = Design(
    "full", Feature.CIRCLES, contacts_a_week=3.0, at_cue=0.8, reliability=0.9, depth=0.8, gives=0.5
)
OFF_CUE = Design(
    "off_cue", Feature.CIRCLES, contacts_a_week=3.0, at_cue=0.0, reliability=0.9, depth=0.8, gives=0.5
)  # fmt: skip


class Range(NamedTuple):
    """From where to where a number is moved."""

    name: str
    lowest: float
    highest: float


class Place(NamedTuple):
    """Where and with which dice all choices are lived: people, seed of the town, replicate."""

    people: int
    seed: int
    replicate: int = 0


def ranges() -> tuple[Range, ...]:
    """Return from where to where each number is moved: those of the brain, then traits."""
    brain = ((m.name, m.default, m.lowest, m.highest) for m in meanings().values())
    usual = Traits()
    traits = (
        (f"{TRAITS}{name}", float(getattr(usual, name)), *ends)
        for name, ends in settling.RANGES.items()
    )
    return tuple(_moved(*one) for one in (*brain, *traits) if one[1])


def _moved(name: str, default: float, lowest: float, highest: float) -> Range:
    # Half of what is below zero is the larger end.
    least, most = sorted((_LEAST * default, _MOST * default))
    return Range(name, max(least, lowest), min(most, highest))


def came_of(
    names: Sequence[str], values: Sequence[float], place: Place, *, days: int = DAYS
) -> tuple[float, ...]:
    """Return OUTCOMES of one choice of numbers; all that is not named keeps its default.

    Args:
        names, values: Of the same length; names as in `ranges`.
        place: Town and dice.
        days: How long, MONTH or more.

    Raises:
        BadParameterError: If a number is out of its range.
        InvalidInputError: If a trait is.
    """
    chosen = dict(zip(names, values, strict=True))
    brain = parameters({k: v for k, v in chosen.items() if not k.startswith(TRAITS)})
    ours, arms = _settled(place.people, place.seed)
    world = world_of(ours, seed=place.seed, traits=_traits(chosen))
    care, cue, off = (
        run(world, arm, brain, days=days, seed=place.seed, replicate=place.replicate).state
        for arm in arms
    )
    return (
        _share(care, world, MONTH),
        _share(care, world, days),
        _share(cue, world, days) - _share(off, world, days),
    )


def _traits(chosen: Mapping[str, float]) -> Traits:
    return Traits(**{k.removeprefix(TRAITS): v for k, v in chosen.items() if k.startswith(TRAITS)})


@cache
def _settled(people: int, seed: int) -> tuple[Town, tuple[Arm, ...]]:
    """Return town and arms, which no number changes."""
    ours = town(TownSettings(people=people, new=_NEW), seed=seed)
    return ours, tuple(arm_of(ours, one, seed=seed) for one in (CARE, AT_CUE, OFF_CUE))


def _share(state: State, world: World, days: int) -> float:
    """Return who relapsed within so many days, of those who were new and not in a lapse."""
    relapse = state.relapse[~world.is_using & (world.days < FIRST_DAYS)]
    return float(np.mean((relapse != NEVER) & (relapse < days)))
