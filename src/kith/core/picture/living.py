"""One made-up town lived twice: as it is, and with a design; all chance is the same in both."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float64

from kith.core.brain.parameters import Parameters
from kith.core.brain.words import DRUG, DRUG_CUE, GONE, N_OVERT, REACH, SYSTEMS
from kith.core.model.beginning import begin
from kith.core.model.counts import Count
from kith.core.model.designs import arm_of
from kith.core.model.outcomes import outcomes_of
from kith.core.model.running import Trajectory, advance
from kith.core.model.scenario import EACH, NEW, Scenario
from kith.core.model.settling import fresh, isolated, world_of
from kith.core.model.state import ACT_BITS, HABIT, LOAD, TONE, State
from kith.core.model.world import EPOCHS_A_DAY, Arm, World
from kith.core.picture.sampling import Sample, sampled, with_strengths
from kith.core.population.settings import TownSettings
from kith.core.population.town import FIRST_DAYS, Town, town
from kith.core.rng import key
from kith.errors import InvalidInputError

_WEEK: Final = 7
LINES: Final = ("using", "lonely", "relapsed")
# At the cue: the drug, and going to a person.
HABITS: Final = ("drug", "person")
_HABIT_ROWS: Final = [HABIT + N_OVERT * DRUG_CUE + act for act in (DRUG, REACH)]


@dataclass(frozen=True, slots=True)
class Pair:
    """What came of one town, lived twice. The first axis is the arm: as it is, then what is tried.

    Args:
        lines: Of each week, by LINES: the share of the living who used on a day; of moments that
            were lonely; of the living who are in a relapse.
        habits: By HABITS, at the start and the end of each week: the mean habit at the drug's cue,
            of the living whom the design reaches.
        needs: By SYSTEMS, at the same times, of the same people: the mean of [h* - h]+, how far
            what is left lies under what they are used to. In units of tone.
        outcomes: By OUTCOMES.
        sample: A few people and their ties; None but in the first pair.
    """

    lines: Float64[np.ndarray, "2 3 weeks"]
    habits: Float64[np.ndarray, "2 2 marks"]
    needs: Float64[np.ndarray, "2 5 marks"]
    outcomes: Float64[np.ndarray, "2 _"]
    sample: Sample | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as what JSON has, six digits behind the point."""
        rows = {name: getattr(self, name).round(6).tolist() for name in _ROWS}
        return {**rows, "sample": self.sample and self.sample.as_json()}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Pair":
        """Return what `as_json` wrote."""
        rows = {name: np.array(said[name], np.float64) for name in _ROWS}
        sample = said.get("sample")
        return cls(**rows, sample=Sample.from_json(sample) if sample else None)


_ROWS: Final = ("lines", "habits", "needs", "outcomes")


def settled(
    scenario: Scenario, replicate: int, settings: TownSettings | None = None
) -> tuple[Town, list[World], list[Arm]]:
    """Return the town of a replicate, and of each arm its world and what it gives."""
    which = replicate if scenario.run.towns == EACH else 0
    seed = key(scenario.run.seed, "simulate", which) >> 1
    ours = town(settings or scenario.town, seed=seed)
    world = world_of(ours, seed=seed, traits=scenario.traits)
    worlds = [
        world if arm.isolated is None else isolated(world, arm.isolated, seed=seed)
        for arm in scenario.arms
    ]
    arms = [arm_of(ours, arm, seed=seed) for arm in scenario.arms]
    if scenario.run.fresh:
        new = studied(scenario, ours) if scenario.run.studied == NEW else None
        worlds = [fresh(one, new) for one in worlds]
        ours = replace(ours, days=worlds[0].days)
    return ours, worlds, arms


def studied(scenario: Scenario, ours: Town) -> Bool[np.ndarray, "people"]:
    """Return whom a study takes in: those here who are in no lapse, or of these the new ones."""
    is_meant = (ours.days < FIRST_DAYS) | (scenario.run.studied != NEW)
    return np.asarray(ours.is_here & ~ours.is_using & is_meant)


def live(scenario: Scenario, number: int, *, engine: str = "numba") -> Pair:
    """Return what came of the town of pair `number`, lived under both arms with the same dice.

    The scenario's days are cut to whole weeks. The same scenario and number give the same pair,
    on any engine.

    Raises:
        InvalidInputError: If there are not two arms, there is no whole week, or the town cannot
            give the design's dose.
    """
    scenario = scenario.drawn(number)
    weeks = scenario.run.days // _WEEK
    if len(scenario.arms) != 2 or not weeks:
        raise InvalidInputError(
            f"a picture needs two arms and a week or more, got {len(scenario.arms)} arms, {weeks}"
        )
    ours, worlds, arms = settled(scenario, number)
    reached = ours.is_here & (arms[1].contact_rate > 0)
    who = reached if reached.any() else ours.is_here
    states = [
        begin(world, arm, scenario.brain, seed=scenario.run.seed, replicate=number)
        for world, arm in zip(worlds, arms, strict=True)
    ]
    sample = None if number else sampled(states[0], states[1])
    marks, lived = [], []
    for state in states:
        seen, daily = _weeks(state, who, scenario.brain, weeks, engine)
        marks.append(seen)
        lived.append(Trajectory(daily, state))
    outcomes = [list(outcomes_of(one, ours).values()) for one in lived]
    return Pair(
        lines=np.stack([_lines(one) for one in lived]),
        habits=np.stack([habit for habit, _ in marks]),
        needs=np.stack([need for _, need in marks]),
        outcomes=np.array(outcomes, np.float64),
        sample=sample and with_strengths(sample, states),
    )


def _weeks(
    state: State, who: Bool[np.ndarray, "people"], given: Parameters, weeks: int, engine: str
) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray]:
    """Live `weeks` and return habits and needs at their ends, and the counts of all days."""
    marks, daily = [_mark(state, who, given)], []
    for _ in range(weeks):
        daily.append(advance(state, _WEEK, engine=engine))
        marks.append(_mark(state, who, given))
    habits, needs = zip(*marks, strict=True)
    return (np.stack(habits, axis=1), np.stack(needs, axis=1)), np.concatenate(daily)


def _mark(
    state: State, who: Bool[np.ndarray, "people"], given: Parameters
) -> tuple[Float64[np.ndarray, "2"], Float64[np.ndarray, "5"]]:
    """Return mean habits at the cue and mean gaps of `who`, of those who live."""
    alive = who & ((state.act & ACT_BITS) != GONE)
    if not alive.any():
        raise InvalidInputError("nobody of whom a picture could be made is left: more people")
    brain = state.brain[:, alive].astype(np.float64)
    fed = np.array([given[f"feeds.drug.{name}"] for name in SYSTEMS])
    target = 1.0 + brain[LOAD] * (fed / fed.max())[:, None]
    gap = np.maximum(target - brain[TONE : TONE + len(SYSTEMS)], 0.0)
    return brain[_HABIT_ROWS].mean(axis=1), gap.mean(axis=1)


def _lines(lived: Trajectory) -> Float64[np.ndarray, "3 weeks"]:
    """Return for each week the mean share by LINES."""
    alive = np.maximum(lived.of(Count.ALIVE), 1)
    shares = (
        lived.of(Count.PEOPLE_USING) / alive,
        lived.of(Count.LONELY) / alive / EPOCHS_A_DAY,
        lived.of(Count.IN_RELAPSE) / alive,
    )
    return np.stack([share.reshape(-1, _WEEK).mean(axis=1) for share in shares])
