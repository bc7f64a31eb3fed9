"""One replicate of a scenario after another, in processes beside each other, and what they come to."""

import os
import resource
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from itertools import pairwise
from multiprocessing import get_context
from typing import Any, NamedTuple

import numpy as np

from kith.core.model.beginning import begin
from kith.core.model.counted import (
    Apart,
    Counted,
    Mark,
    apart,
    asked,
    held,
    mark,
    predicted,
    share,
)
from kith.core.model.counts import Count
from kith.core.model.outcomes import OUTCOMES, outcomes_of, spread, verdict
from kith.core.model.recording import study_records
from kith.core.model.running import Trajectory, advance
from kith.core.model.scenario import Scenario
from kith.core.model.world import EPOCHS_A_DAY, Arm, World
from kith.core.picture.living import settled, studied
from kith.core.population.settings import TownSettings
from kith.core.population.town import Town
from kith.core.records import StudyRecords
from kith.core.rng import key
from kith.lab.workers import Runner, across_dask, client_of

# A study is of so many simulated people at most; a town may have more.
STUDY_PEOPLE = 2_000


class Job(NamedTuple):
    """One replicate, as it is sent to whoever runs it."""

    scenario: Scenario
    replicate: int
    engine: str


class Lived(NamedTuple):
    """What came of one replicate.

    Args:
        outcomes: Of each arm and outcome.
        daily: Of each arm, day and Count.
        counted: Of each of the scenario's counts, the share of simulated people of whom it holds.
        offered: Contacts a week that each arm hands out.
        seconds: That the engine took.
        process, memory_mb: Who ran it, and the most memory it had.
    """

    outcomes: np.ndarray
    daily: np.ndarray
    counted: np.ndarray
    offered: np.ndarray
    seconds: float
    process: int
    memory_mb: float


def live(job: Job) -> Lived:
    """Return what came of one replicate: every arm lived with the same dice."""
    scenario = job.scenario.drawn(job.replicate)
    job = job._replace(scenario=scenario)
    ours, worlds, arms = settled(scenario, job.replicate)
    who = studied(scenario, ours)
    outcomes, daily, seconds = [], [], 0.0
    shares: dict[Counted, float] = {}
    for world, arm in zip(worlds, arms, strict=True):
        of_arm = [one for one in scenario.counted if one.arm == arm.name]
        began = time.perf_counter()
        lived, marks = _lived(
            job, world, arm, {day for one in of_arm for day in (one.since, one.day)}
        )
        seconds += time.perf_counter() - began
        outcomes.append(list(outcomes_of(lived, ours).values()))
        daily.append(lived.daily)
        shares |= {one: share(one, lived.state, marks, who) for one in of_arm}
    return Lived(
        np.array(outcomes), np.stack(daily), np.array([shares[one] for one in scenario.counted]),
        np.array([arm.contacts_a_week for arm in arms]),
        seconds, os.getpid(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )  # fmt: skip


def _lived(
    job: Job, world: World, arm: Arm, days: Collection[int]
) -> tuple[Trajectory, dict[int, Mark]]:
    """Return what became of `world`, and what was so when each of `days` was over."""
    run = job.scenario.run
    state = begin(world, arm, job.scenario.brain, seed=run.seed, replicate=job.replicate)
    daily, marks = [], {0: mark(state)}
    for day, until in pairwise(sorted({0, *days, run.days})):
        daily.append(advance(state, until - day, engine=job.engine))
        marks[until] = mark(state)
    return Trajectory(np.concatenate(daily), state), marks


def make_ready(scenario: Scenario, engine: str) -> None:
    """Let the loops be compiled, or fetched from where they are kept, before time is taken.

    The same designs are lived by few people for a day.
    """
    arms = tuple(
        replace(arm, contacts_a_week=min(arm.said("contacts_a_week"), 0.1)) for arm in scenario.arms
    )
    small, brief = replace(scenario.town, people=60), replace(scenario.run, days=1)
    live(Job(replace(scenario, arms=arms, town=small, run=brief, counted=()), 0, engine))


@contextmanager
def across(workers: int, dask: str | None) -> Iterator[Runner]:
    """Yield something like `map` that runs replicates beside each other.

    Raises:
        NoClusterError: If the cluster at `dask` cannot be reached.
    """
    if dask is not None:
        with client_of(dask) as client:
            yield across_dask(client)
    elif workers > 1:
        # A core for each: threads within would only get into each other's way.
        os.environ.setdefault("NUMBA_NUM_THREADS", "1")
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield pool.map
    else:
        yield map


def study_of(scenario: Scenario) -> tuple[StudyRecords, Town]:
    """Return the records that a study of these designs leaves, in a town of at most 2,000.

    It is of another town than the replicates are: whoever analyses it has new data.
    """
    scenario = scenario.drawn(-1)
    people = min(scenario.town.people, STUDY_PEOPLE)
    settings = TownSettings(**{**_as_dict(scenario.town), "people": people})
    ours, worlds, arms = settled(scenario, -1, settings)
    records = study_records(
        worlds, arms, ours.is_here & ~ours.is_using, scenario.brain,
        days=scenario.run.days, seed=key(scenario.run.seed, "study") >> 1,
    )  # fmt: skip
    return records, ours


def account(
    scenario: Scenario, lived: Sequence[Lived], engine: str, seconds: float
) -> dict[str, Any]:
    """Return what replicates come to: of each arm, against the first, and what was expected."""
    values = np.stack([one.outcomes for one in lived])
    run_, people = scenario.run, scenario.town.people
    steps = people * run_.days * EPOCHS_A_DAY * len(scenario.arms) * len(lived)
    memory: dict[int, float] = {
        os.getpid(): resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    }
    for one in lived:
        memory[one.process] = max(memory.get(one.process, 0.0), one.memory_mb)
    return {
        "title": scenario.about.title,
        "people": people,
        "days": run_.days,
        "seed": run_.seed,
        "replicates": len(lived),
        "engine": engine,
        "seconds": round(seconds, 3),
        "agent_steps_per_s": round(steps / max(sum(one.seconds for one in lived), 1e-9)),
        "peak_memory_mb": round(sum(memory.values()), 1),
        "against": scenario.arms[0].key,
        "arms": _arms(scenario, lived, values),
        "expected": list(_expected(scenario, values)),
        "posterior": run_.posterior,
        "counted": list(_counted(scenario, np.stack([one.counted for one in lived]))),
        "caution": CAUTION,
    }  # fmt: skip


CAUTION = (
    "This is what a model does, and no evidence that a design helps anybody. Most of its numbers are"
    " priors that nobody has measured. It can show which questions are worth a study with people."
)


def _arms(scenario: Scenario, lived: Sequence[Lived], values: np.ndarray) -> dict[str, Any]:
    return {
        arm.key: {
            "name": arm.name or arm.key,
            "feature": str(arm.feature),
            "offered_a_week": float(np.mean([one.offered[at] for one in lived])),
            "outcomes": _spreads(values[:, at]),
            "difference": _spreads(values[:, at] - values[:, 0]) if at else None,
        }
        for at, arm in enumerate(scenario.arms)
    }


def _spreads(values: np.ndarray) -> dict[str, dict[str, float | None]]:
    """Return of each outcome its mean and interval; no interval with one replicate."""
    found = {}
    for at, name in enumerate(OUTCOMES):
        some = spread(values[:, at])._asdict()
        found[name] = {end: value if np.isfinite(value) else None for end, value in some.items()}
    return found


def _expected(scenario: Scenario, values: np.ndarray) -> Iterator[dict[str, Any]]:
    place = {arm.key: at for at, arm in enumerate(scenario.arms)}
    names = list(OUTCOMES)
    for one in scenario.expected:
        at = names.index(one.outcome)
        apart_by = values[:, place[one.arm], at] - values[:, place[one.than], at]
        difference, is_lower = spread(apart_by), one.direction == "lower"
        ends = {k: v if np.isfinite(v) else None for k, v in difference._asdict().items()}
        yield {
            "arm": one.arm,
            "than": one.than,
            "outcome": one.outcome,
            "direction": one.direction,
            "difference": ends,
            "verdict": verdict(difference, is_lower=is_lower),
            "agree": int(np.sum(apart_by < 0 if is_lower else apart_by > 0)),
        }


def _counted(scenario: Scenario, shares: np.ndarray) -> Iterator[dict[str, Any]]:
    """Yield each count, what is predicted, and how far both are from the same of the first arm.

    Args:
        scenario: With the counts.
        shares: By replicate and count.
    """
    first = scenario.arms[0].key
    of_first = {asked(one): at for at, one in enumerate(scenario.counted) if one.arm == first}
    for at, one in enumerate(scenario.counted):
        other = of_first.get(asked(one)) if one.arm != first else None
        ends = predicted(shares[:, at], one.people)
        yield {
            **asdict(one),
            "predicted": ends._asdict(),
            "verdict": held(ends.lower, one.count, ends.upper),
            "difference": None if other is None else _difference(
                apart(one, scenario.counted[other]), shares[:, at] - shares[:, other]
            ),
        }  # fmt: skip


def _difference(counted: Apart, shares: np.ndarray) -> dict[str, Any]:
    """Return a counted difference beside the predicted one, of replicates."""
    lower, middle, upper = (float(end) for end in np.quantile(shares, (0.025, 0.5, 0.975)))
    return {
        "counted": counted._asdict(),
        "predicted": {"lower": lower, "middle": middle, "upper": upper},
        # Here the model must lie within what was counted, so what is too much is the other way.
        "verdict": held(-counted.upper, -middle, -counted.lower),
    }


def _as_dict(settings: TownSettings) -> Mapping[str, Any]:
    return {name: getattr(settings, name) for name in settings.__slots__}


METRICS = tuple(count.name.lower() for count in Count)
