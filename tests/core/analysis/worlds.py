"""Made-up studies whose truth is known, small enough to be worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from kith.core.analysis.analyse import analyse
from kith.core.records import (
    ActLog,
    Assignments,
    Decisions,
    FollowUp,
    Measure,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.core.rng import stream
from kith.core.study import read

HEAD = """
[study]
title = "Made up"
question = "Does it help?"
weeks = 12
[population]
facts = ["site"]
[[arms]]
key = "usual"
[[arms]]
key = "new"
[[measures]]
key = "score"
instrument = "records"
kind = "number"
schedule = { at_weeks = [0, 6, 12] }
[[measures]]
key = "took"
instrument = "records"
kind = "yes_no"
"""

ANALYSIS = '[analysis]\nalpha = 0.05\nmissing = { rule = "complete_cases" }\n'
N = 60


def outcome(key="score", *, role="primary", estimator="difference", measure="score", **more):
    """Return one outcome in TOML; `more` as TOML has it."""
    lines = "\n".join(f"{name} = {value}" for name, value in more.items())
    return (
        f'[[outcomes]]\nkey = "{key}"\nmeasure = "{measure}"\nrole = "{role}"\n'
        f'estimator = "{estimator}"\ncontrast = ["new", "usual"]\n{lines}\n'
    )


def world(values, arm, *, cluster=None, decisions=None, follow=None):
    """Return records of people with `values`: rows of person, measure's name, day, value."""
    n = len(arm)
    names = sorted({row[1] for row in values})
    person, measure, day, value = (list(column) for column in zip(*values, strict=True))
    which = np.array([names.index(one) for one in measure], np.int16)
    who, m = np.arange(n, dtype=np.int32), len(person)
    arm = np.asarray(arm, np.int16)
    group = np.full(n, -1) if cluster is None else np.asarray(cluster)
    ends, why = (np.full(n, 84.0), np.zeros(n)) if follow is None else follow
    return StudyRecords(
        n,
        ActLog.of((), n),
        Assignments(n, ("usual", "new"), who, arm, np.zeros(n), np.full(n, 0.5), np.full(n, -1, np.int32), group.astype(np.int32)),
        decisions or Decisions.none(n),
        Prompts.none(n),
        Observations(
            n, tuple(Measure(one) for one in names), np.array(person, np.int32), which, np.array(day, np.float64),
            np.array(value, np.float64), np.isnan(value).astype(np.int8), np.full(m, -1, np.int32), np.zeros(m, np.int16),
        ),
        FollowUp(n, who, np.zeros(n), np.asarray(ends, np.float64), np.asarray(why, np.int8)),
    )  # fmt: skip


def tied(records, pairs, *, day):
    """Return records in which these acted with those on one day, one pair for each act."""
    both = np.array(pairs, np.int32)
    m = len(both)
    acts = ActLog(
        records.people, np.full(m, day), both[:, 0].copy(), both[:, 1].copy(), np.zeros(m, np.uint8),
        np.ones(m, np.float32), np.zeros(m, np.int8),
    )  # fmt: skip
    return replace(records, acts=acts)


def found(*outcomes, records, analysis=ANALYSIS, facts=None):
    """Return what a plan of these outcomes finds in the records."""
    return analyse(read(HEAD + "".join(outcomes) + analysis), records, 1, facts=facts)


def people(seed=1, gone=()):
    """60 people: arm, value at the draw and in week 12 (nan for those who are gone)."""
    dice = stream(seed, "people")
    arm = np.arange(N) % 2
    first = dice.normal(5, 1, N)
    last = first - arm + dice.normal(0, 1, N)
    last[list(gone)] = np.nan
    rows = [(n, "score", 0.0, first[n]) for n in range(N)]
    rows += [(n, "score", 84.0, last[n]) for n in range(N) if np.isfinite(last[n])]
    return arm, first, last, rows


def same(effect, estimate, turn=float):
    """Hold an effect against what the estimator says, turned as the report turns it."""
    assert (effect.value, effect.lower, effect.upper) == pytest.approx(
        tuple(turn(x) for x in (estimate.value, estimate.lower, estimate.upper))
    )
    assert effect.p == pytest.approx(estimate.p)
