"""A made-up study of many people with momentary answers: seeded, and nobody in it is real."""

from typing import Any

import numpy as np

from kith.core.export.scope import Consents, Scope
from kith.core.records import (
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
    Measure("loneliness", least=3.0, most=9.0),
    Measure("moment_lonely", least=0.0, most=10.0),
    Measure("moment_craving", least=0.0, most=10.0),
    Measure("moment_cue", words=("no", "yes")),
    Measure("moment_did", words=("used", "reached a person", "other")),
)
ARMS = ("listing", "circle")
# Questions in one prompt; and weeks in which the longer ones come.
_QUESTIONS = 4
_WAVES = np.array([0.0, 28.0, 56.0, 84.0])
_DAYS = 84.0
# Acts of each person.
_ACTS = 10
BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65 or over")


def study(people: int, answers: int, seed: int) -> StudyRecords:
    """Return a study with about `answers` momentary answers; a circle makes people less lonely."""
    dice = stream(seed, "made-up study")
    person = np.arange(people, dtype=np.int32)
    cluster = person // 6
    arm = (dice.permutation(int(cluster.max()) + 1) % 2)[cluster].astype(np.int16)
    begins = dice.uniform(0, 28, people)
    is_early = dice.random(people) < 0.15
    length = np.where(is_early, dice.uniform(7, _DAYS, people), _DAYS)
    why = np.where(is_early, End.LOST, End.STUDY_ENDED).astype(np.int8)
    lonely = dice.normal(6.0, 1.2, people)
    prompts, decisions = _asked(dice, people, begins, length, answers // (people * _QUESTIONS))
    return StudyRecords(
        people,
        _acts(dice, people),
        Assignments(people, ARMS, person, arm, begins, np.full(people, 0.5), np.full(people, NONE, np.int32), cluster),
        decisions,
        prompts,
        _told(dice, prompts, arm, lonely, begins, length),
        FollowUp(people, person, begins, begins + length, why),
    )  # fmt: skip


def _asked(
    dice: np.random.Generator, people: int, begins: np.ndarray, length: np.ndarray, each: int
) -> tuple[Prompts, Decisions]:
    """Return prompts at moments of their own, `each` to every person, and a decision at each."""
    person = np.repeat(np.arange(people, dtype=np.int32), each)
    spread = (np.arange(each) + 0.5) / each
    intended = begins[person] + np.tile(spread, people) * _DAYS + dice.uniform(0, 0.4, len(person))
    late = dice.uniform(0, 0.01, (3, len(person)))
    delivered = intended + late[0]
    is_shown = (dice.random(len(person)) < 0.9) & (intended < (begins + length)[person])
    shown = np.where(is_shown, delivered + late[1], np.nan)
    answered = np.where(is_shown & (dice.random(len(person)) < 0.85), shown + late[2], np.nan)
    decision = np.arange(len(person), dtype=np.int32)
    treated = dice.integers(0, 2, len(person)).astype(np.int8)
    is_available = np.ones(len(person), np.bool_)
    helper = np.where(treated, (person + 1) % people, -1).astype(np.int32)
    half, sure = np.full(len(person), 0.5), np.ones(len(person))
    return (
        Prompts(people, person, intended, delivered, shown, answered, intended + 0.05, decision),
        Decisions(people, person, helper, intended - 0.01, is_available, helper >= 0, treated, half, sure),
    )  # fmt: skip


def _told(
    dice: np.random.Generator,
    prompts: Prompts,
    arm: np.ndarray,
    lonely: np.ndarray,
    begins: np.ndarray,
    length: np.ndarray,
) -> Observations:
    """Return the answers to each prompt, and the longer ones at each wave."""
    people, n = len(begins), len(prompts.person)
    who = np.repeat(prompts.person, _QUESTIONS)
    what = np.tile(np.arange(1, 1 + _QUESTIONS, dtype=np.int16), n)
    state = np.clip(np.rint(lonely[prompts.person] - 0.8 * arm[prompts.person] + dice.normal(0, 1.5, n)), 0, 10)  # fmt: skip
    craving = np.clip(np.rint(state * 0.6 + dice.normal(0, 2, n)), 0, 10)
    cue = (dice.random(n) < 0.3).astype(np.float64)
    did = dice.integers(0, 3, n).astype(np.float64)
    value = np.stack([state, craving, cue, did], axis=1).ravel()
    is_there = np.repeat(np.isfinite(prompts.answered), _QUESTIONS)
    wave = np.repeat(np.arange(people, dtype=np.int32), len(_WAVES))
    at = np.tile(_WAVES, people)
    long = np.clip(np.rint(lonely[wave] - 0.9 * arm[wave] * (at > 0) + dice.normal(0, 1, len(wave))), 3, 9)  # fmt: skip
    is_here = at <= length[wave]
    some, more = len(value), len(wave)
    there = np.concatenate([is_there, is_here])
    expired, gone = np.int8(2), np.int8(3)
    return Observations(
        people,
        MEASURES,
        np.concatenate([who, wave]),
        np.concatenate([what, np.zeros(more, np.int16)]),
        np.concatenate([np.repeat(prompts.intended, _QUESTIONS), begins[wave] + at]),
        np.where(there, np.concatenate([value, long]), np.nan),
        np.where(there, np.int8(0), np.concatenate([np.full(some, expired), np.full(more, gone)])),
        np.concatenate([np.repeat(np.arange(n, dtype=np.int32), _QUESTIONS), np.full(more, NONE, np.int32)]),
        np.ones(some + more, np.int16),
    )  # fmt: skip


def _acts(dice: np.random.Generator, people: int) -> ActLog:
    n = people * _ACTS
    actor = dice.integers(0, people, n).astype(np.int32)
    near = actor // 6 * 6 + dice.integers(0, 6, n).astype(np.int32)
    other = np.where(near == actor, (actor + 7) % people, np.minimum(near, people - 1))
    other = np.where(other == actor, (actor + 1) % people, other).astype(np.int32)
    day = np.sort(dice.uniform(0, 28 + _DAYS, n))
    minutes = dice.uniform(5, 90, n).astype(np.float32)
    help_ = dice.integers(0, 4, n).astype(np.int8)
    return ActLog(
        people, day, actor, other, dice.integers(0, 4, n).astype(np.uint8), minutes, help_
    )


def about(people: int, seed: int) -> dict[str, Any]:
    """Return what people said of themselves."""
    dice = stream(seed, "made-up people")
    return {
        "age_band": dice.choice(BANDS, people, p=[0.1, 0.3, 0.25, 0.2, 0.13, 0.02]).tolist(),
        "gender": dice.choice(["woman", "man", "nonbinary", ""], people, p=[0.5, 0.44, 0.03, 0.03]).tolist(),
        "language": dice.choice(["en", "es", "fr"], people, p=[0.85, 0.13, 0.02]).tolist(),
        "place": dice.choice([f"US/OH/{n}" for n in range(88)], people).tolist(),
    }  # fmt: skip


def agreed(people: int, seed: int) -> Consents:
    """Return what people said yes to: most to most."""
    dice = stream(seed, "made-up consents")
    return Consents(people, *(dice.random(people) < 0.95 for _ in Scope))
