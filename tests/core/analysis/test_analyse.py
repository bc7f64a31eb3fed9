"""A small study of a score, with ties."""

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
from kith.core.study import read
from kith.lab.report import page

PLAN = read("""
[study]
title = "Circles"
question = "Do circles leave people less lonely?"
weeks = 12
[[arms]]
key = "listing"
[[arms]]
key = "circle"
[[measures]]
key = "lonely"
instrument = "records"
kind = "number"
[[outcomes]]
key = "lonely"
measure = "lonely"
role = "primary"
estimator = "difference"
contrast = ["circle", "listing"]
at_week = 12
[[outcomes]]
key = "prompted"
measure = "lonely"
role = "secondary"
estimator = "wcls"
contrast = ["circle", "listing"]
[analysis]
missing = { rule = "complete_cases" }
""")


@pytest.fixture
def records():
    n = 8
    person = np.arange(n, dtype=np.int32)
    score = np.array([5.0, 6, 7, 8, 1, 2, 3, 4])
    minus = np.full(n, -1, np.int32)
    pairs = np.array([(0, 1), (1, 0), (2, 3)], np.int32)
    return StudyRecords(
        n,
        ActLog(n, np.zeros(3), pairs[:, 0], pairs[:, 1], np.zeros(3, np.uint8), np.ones(3, np.float32), np.zeros(3, np.int8)),
        Assignments(n, ("listing", "circle"), person, (person >= 4).astype(np.int16), np.zeros(n), np.full(n, 0.5), minus, minus),
        Decisions.none(n),
        Prompts.none(n),
        Observations(n, (Measure("lonely"),), person, np.zeros(n, np.int16), np.full(n, 84.0), score, np.zeros(n, np.int8), minus, np.zeros(n, np.int16)),
        FollowUp(n, person, np.zeros(n), np.full(n, 84.0), np.array([0, 1, 0, 0, 0, 3, 0, 0], np.int8)),
    )  # fmt: skip


def test_score_is_compared_and_what_cannot_be_answered_is_named(records):
    found = analyse(PLAN, records, 1)

    assert found.primary.value == pytest.approx(-4)
    assert found.primary.excludes_null
    assert not found.is_decided_by_rule
    assert found.not_analysed == ("prompted: the records have no decisions",)
    assert [one.ended_early for one in found.flow] == [(("left", 1),), (("lost from sight", 1),)]


def test_picture_of_ties_has_no_names_and_says_how_many_go_both_ways(records):
    found = analyse(PLAN, records, 1)

    assert found.ties is not None
    assert (found.ties.people, len(found.ties.pairs)) == (4, 3)
    assert found.ties.reciprocity == pytest.approx(2 / 3)
    assert "without name or order" in page(found)


def test_too_many_people_for_a_picture_are_counted_and_not_drawn(records, monkeypatch):
    monkeypatch.setattr("kith.core.analysis.describing.MOST_DRAWN", 3)

    found = analyse(PLAN, records, 1)

    assert found.ties is not None
    assert (found.ties.people, found.ties.pairs, found.ties.count) == (4, (), 3)
    assert "No picture: 4 people are too many" in page(found)
