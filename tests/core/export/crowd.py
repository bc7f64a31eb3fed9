"""A made-up study, small enough to read."""

import numpy as np

from kith.core.export.scope import Consents, Scope
from kith.core.records import (
    NOBODY,
    NONE,
    ActLog,
    Assignments,
    Decisions,
    End,
    FollowUp,
    Measure,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.core.rng import stream

MEASURES = (
    Measure("lonely", least=3.0, most=9.0),
    Measure("cue", words=("no", "yes")),
    Measure("craving", unit="points", least=0.0, most=100.0),
)
BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65 or over")


def records(people=240, *, waves=4, seed=7, revoked=()):
    """A study in two arms, in circles of six, with answers every four weeks and one prompt each."""
    dice = stream(seed, "made-up study")
    person = np.arange(people, dtype=np.int32)
    begins = 100 + np.floor(person / 6) * 2 + dice.uniform(0, 0.9, people)
    early = dice.random(people) < 0.2
    early[list(revoked)] = True
    length = np.where(early, dice.uniform(7, 80, people), 84.0)
    why = np.where(early, End.LEFT, End.STUDY_ENDED)
    why[list(revoked)] = End.REVOKED
    wave = np.arange(waves)
    who, at, what = (x.ravel() for x in np.meshgrid(person, wave, np.arange(3), indexing="ij"))
    day = begins[who] + at * 28 + 0.3
    value = np.array([dice.integers(3, 10, len(who)), dice.integers(0, 2, len(who)), dice.integers(0, 101, len(who))], float)[what, np.arange(len(who))]  # fmt: skip
    is_there = at * 28 <= length[who]
    return StudyRecords(
        people,
        acts(people, dice),
        Assignments(people, ("listing", "circle"), person, ((person // 6) % 2).astype(np.int16), begins, np.full(people, 0.5), np.full(people, NONE, np.int32), (person // 6).astype(np.int32)),
        Decisions(people, person, np.where(person > 0, 0, NOBODY).astype(np.int32), begins + 3.2, np.ones(people, bool), person > 0, (person % 2).astype(np.int8), np.full(people, 0.5), np.ones(people)),
        Prompts(people, person, begins + 3.3, begins + 3.31, np.where(person % 3 > 0, begins + 3.32, np.nan), np.where(person % 3 > 1, begins + 3.33, np.nan), begins + 4, person.copy()),
        Observations(people, MEASURES, who.astype(np.int32), what.astype(np.int16), day, np.where(is_there, value, np.nan), np.where(is_there, 0, 3).astype(np.int8), np.full(len(who), NONE, np.int32), np.ones(len(who), np.int16)),
        FollowUp(people, person, begins, begins + length, why.astype(np.int8)),
    )  # fmt: skip


def acts(people, dice):
    """Within circles of six, and now and then beyond."""
    n = people * 8
    actor = dice.integers(0, people, n)
    other = np.where(dice.random(n) < 0.9, actor // 6 * 6 + dice.integers(0, 6, n), dice.integers(0, people, n))  # fmt: skip
    fine = (actor != other) & (other < people)
    n = int(fine.sum())
    return ActLog(people, 100 + dice.uniform(0, 84, n), actor[fine].astype(np.int32), other[fine].astype(np.int32), dice.integers(0, 4, n).astype(np.uint8), dice.uniform(1, 90, n).astype(np.float32), dice.integers(0, 4, n).astype(np.int8))  # fmt: skip


def about(people=240, *, seed=7):
    """What people said of themselves; a few of it rare."""
    dice = stream(seed, "made-up people")
    return {
        "age_band": dice.choice(BANDS, people, p=[0.1, 0.3, 0.25, 0.2, 0.13, 0.02]).tolist(),
        "gender": dice.choice(["woman", "man", "nonbinary", ""], people, p=[0.5, 0.44, 0.03, 0.03]).tolist(),
        "language": dice.choice(["en", "es", "fr"], people, p=[0.85, 0.13, 0.02]).tolist(),
        "place": dice.choice(["US/OH/Franklin", "US/OH/Ross", "US/WV/Kanawha", "FR/Paris"], people, p=[0.6, 0.2, 0.19, 0.01]).tolist(),
    }  # fmt: skip


def everybody(people=240):
    """Everybody agreed to everything."""
    return agreed(people)


def agreed(people=240, **some):
    """Everybody agreed to everything, but for what `some` say."""
    return Consents(people, *(some.get(scope.value, np.ones(people, np.bool_)) for scope in Scope))
