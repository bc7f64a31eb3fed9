"""Calibration: which numbers bring back what was counted after residential detoxification.

Approximate Bayesian computation by rejection (Pritchard 1999). Numbers are drawn from flat priors,
as many people as were asked live under usual care, and the draws are kept whose counts come
nearest to those of the study:

    distance^2 = sum over targets of (count - counted)^2 / (n p (1 - p)),    p = counted / n

The same number of people are simulated as were counted, so that chance among them is a part of
what is kept. Targets are those of `data/targets.csv` alone. Trials that the model is held against
later are not read here, which a test holds.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int64

from kith.core.brain.parameters import Parameters, parameters
from kith.core.model.design import Design, Feature
from kith.core.model.designs import arm_of
from kith.core.model.running import run
from kith.core.model.settling import Traits, fresh, world_of
from kith.core.model.state import NEVER, State
from kith.core.population.settings import TownSettings
from kith.core.population.town import town
from kith.core.rng import key, stream

TRAITS = "traits."
# Flat priors: what is calibrated, from where to where. All else keeps its default.
PRIORS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "traits.resolve": (6.0, 12.0),
        "traits.resolve_spread": (3.0, 6.5),
        "start.resolve": (0.5, 0.9),
        "resolve.breach": (1.0, 10.0),
        "cue.blow": (0.004, 0.025),
    }
)


class Target(NamedTuple):
    """What was counted. Args: what: "first_use" or "relapse"; day: within how many."""

    name: str
    what: str
    day: int
    count: int
    people: int


class Draw(NamedTuple):
    """One draw of the numbers that are calibrated, and what it came to.

    Args:
        number: Which draw, of its seed.
        values: In the order of PRIORS.
        counts: In the order of `targets`.
    """

    number: int
    values: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Posterior:
    """The draws that were kept: each row is as likely as another.

    Args:
        number: Which draw of its seed each was.
        values: A column for each of PRIORS.
        counts: A column for each of `targets`.
    """

    number: Int64[np.ndarray, "kept"]
    values: Float64[np.ndarray, "kept _"]
    counts: Int64[np.ndarray, "kept _"]


@cache
def targets() -> tuple[Target, ...]:
    """Return what the model is calibrated on."""
    text = resources.files("kith.core.model").joinpath("data", "targets.csv").read_text("utf-8")
    return tuple(
        Target(row["name"], row["what"], int(row["day"]), int(row["count"]), int(row["people"]))
        for row in csv.DictReader(text.splitlines())
    )


def drawn(seed: int, number: int) -> tuple[float, ...]:
    """Return the numbers of one draw, in the order of PRIORS."""
    dice = stream(seed, "calibration", number).random(len(PRIORS))
    ends = zip(PRIORS.values(), dice.tolist(), strict=True)
    return tuple(low + (high - low) * at for (low, high), at in ends)


def lived(seed: int, number: int, *, engine: str = "numba") -> Draw:
    """Return one draw with what comes of it, in a town of its own and with dice of its own."""
    values = drawn(seed, number)
    return Draw(number, values, counted(values, key(seed, "calibration", number) >> 1, engine))


def counted(values: Sequence[float], seed: int, engine: str = "numba") -> tuple[int, ...]:
    """Return how many of each target there are, of as many people as were asked.

    Args:
        values: In the order of PRIORS.
        seed: Decides town and dice.
        engine: As in `running.run`.
    """
    state = _become(values, seed, engine)
    days = {"first_use": state.first_use, "relapse": state.relapse}
    return tuple(
        int(np.sum((days[t.what] != NEVER) & (days[t.what] < t.day))) for t in targets()
    )  # fmt: skip


def course(
    values: Sequence[float], seed: int, engine: str = "numba"
) -> Int64[np.ndarray, "2 days"]:
    """Return how many had lapsed, and how many relapsed, by the end of each day.

    Args:
        values, seed, engine: As in `counted`; what is counted on day 6 is within a week.
    """
    state = _become(values, seed, engine)
    last = max(target.day for target in targets())
    each = (state.first_use, state.relapse)
    return np.stack([np.bincount(d[d != NEVER], minlength=last)[:last].cumsum() for d in each])


def _become(values: Sequence[float], seed: int, engine: str) -> State:
    """Return what became of as many people as were asked, by these numbers."""
    people = targets()[0].people
    traits, brain = meant(values)
    ours = town(TownSettings(people=people, using=0.0), seed=seed)
    return run(
        fresh(world_of(ours, seed=seed, traits=traits)),
        arm_of(ours, Design("usual_care", Feature.USUAL_CARE), seed=seed),
        brain,
        days=max(target.day for target in targets()),
        seed=seed,
        engine=engine,
    ).state


def meant(values: Sequence[float]) -> tuple[Traits, Parameters]:
    """Return the people and the brain that one draw means: all else keeps its default.

    Args:
        values: In the order of PRIORS, as a row of `posterior().values`.
    """
    traits, changed = moved(values, Traits(), {})
    return traits, parameters(changed)


def moved(
    values: Sequence[float], traits: Traits, changed: Mapping[str, float]
) -> tuple[Traits, Mapping[str, float]]:
    """Return traits, and numbers of the brain that are not their default, as one draw has them.

    Args:
        values: As in `meant`.
        traits, changed: What they are otherwise.
    """
    named = dict(zip(PRIORS, values, strict=True))
    of_people = {k.removeprefix(TRAITS): v for k, v in named.items() if k.startswith(TRAITS)}
    of_brains = {k: v for k, v in named.items() if not k.startswith(TRAITS)}
    return replace(traits, **of_people), {**changed, **of_brains}


def distance(counts: Sequence[int]) -> float:
    """Return how far counts are from what was counted, in standard deviations of chance."""
    found = np.asarray(counts, np.float64)
    counted_ = np.array([t.count for t in targets()], np.float64)
    n = np.array([t.people for t in targets()], np.float64)
    return float(np.sqrt(np.sum((found - counted_) ** 2 / (counted_ * (1 - counted_ / n)))))


def nearest(draws: Sequence[Draw], keep: int) -> list[Draw]:
    """Return the `keep` draws that come nearest, the nearest first; the earlier where two tie."""
    return sorted(draws, key=lambda draw: (distance(draw.counts), draw.number))[:keep]


@cache
def posterior() -> Posterior:
    """Return the draws that `python -m kith.lab.calibrating` has kept and that kith ships."""
    text = resources.files("kith.core.model").joinpath("data", "posterior.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    return Posterior(
        np.array([int(row["draw"]) for row in rows], np.int64),
        np.array([[float(row[name]) for name in PRIORS] for row in rows]),
        np.array([[int(row[target.name]) for target in targets()] for row in rows], np.int64),
    )


def kept_draw(seed: int, replicate: int) -> tuple[float, ...]:
    """Return the kept draw that a replicate lives by: all of them once, by lot, before any again."""
    values = posterior().values
    order = stream(seed, "kept draws").permutation(len(values))
    return tuple(values[order[replicate % len(values)]].tolist())
