"""Circles out of the chairs that people had: as far as a draw and its analysis may know of them."""

from dataclasses import replace

import numpy as np
import pytest
from tests.core.analysis.worlds import HEAD, outcome, world

from kith.core.analysis.analyse import analyse
from kith.core.analysis.sitting import circle_mates, circle_of
from kith.core.randomize import Simple
from kith.core.records import Chairs
from kith.core.rng import stream
from kith.core.study import read
from kith.errors import NoAnswerError

ANALYSIS = '[analysis]\nalpha = 0.05\nmissing = { rule = "complete_cases" }\n'
SIMPLE = '[randomisation]\nunit = "people"\nmechanism = "simple"\n'


def seated(records, *rows):
    """Return records in which these sat: person, circle, from which day and until which."""
    person, circle, starts, ends = (list(column) for column in zip(*rows, strict=True))
    chairs = Chairs(
        records.people, np.array(person, np.int32), np.array(circle, np.int32),
        np.array(starts, np.float64), np.array(ends, np.float64),
    )  # fmt: skip
    return replace(records, chairs=chairs)


def of(n, *rows):
    return seated(world([(0, "score", 0.0, 1.0)], np.arange(n) % 2), *rows)


def mates(records):
    return list(zip(*(one.tolist() for one in circle_mates(records)), strict=True))


def test_who_sat_together_when_they_were_drawn_are_mates():
    records = of(4, (0, 5, -9, np.nan), (1, 5, -2, 30), (2, 5, 3, np.nan), (3, 5, -9, -4))

    # 2 sat down after the draw, 3 had left before it.
    assert mates(records) == [(0, 1), (1, 0)]


def test_two_circles_make_mates_of_both():
    records = of(3, (0, 0, -1, np.nan), (1, 0, -1, np.nan), (0, 1, -1, np.nan), (2, 1, -1, np.nan))

    assert mates(records) == [(0, 1), (0, 2), (1, 0), (2, 0)]


def test_nobody_in_a_circle_has_no_mates():
    assert mates(world([(0, "score", 0.0, 1.0)], [0, 1])) == []


def test_circle_of_somebody_is_where_they_sat_longest_after_the_draw():
    records = of(4, (0, 3, -99, 1), (0, 7, 1, np.nan), (1, 7, 20, np.nan), (2, 3, -9, 0))

    assert circle_of(records).tolist() == [7, 7, -1, -1]


def test_exposure_of_people_drawn_one_by_one_is_told_by_their_chairs():
    """100 circles of four: own effect 1, and 2 through the share of the others; together 3."""
    circle = np.repeat(np.arange(100), 4)
    arm = Simple(400).draw(7).arm
    total = np.bincount(circle, arm)[circle]
    value = stream(7, "noise").normal(5, 1, 400) + arm + 2 * (total - arm) / 3
    records = world([(n, "score", 84.0, value[n]) for n in range(400)], arm)
    plan = read(HEAD + outcome(estimator="exposure", at_week=12) + SIMPLE + ANALYSIS)

    result = analyse(plan, seated(records, *((n, c, -5, np.nan) for n, c in enumerate(circle))), 1)

    assert result.primary.lower < 3 < result.primary.upper
    naive = dict(result.beside)[
        "the plain difference between the arms, which forgets that people reach each other"
    ]
    assert naive.upper < 2
    assert result.primary.arms[0] == "new, and all others of the circle too"


def test_chairs_taken_after_the_draw_say_nothing_of_exposure():
    plan = read(HEAD + outcome(estimator="exposure", at_week=12) + SIMPLE + ANALYSIS)
    records = world([(n, "score", 84.0, float(n)) for n in range(40)], np.arange(40) % 2)

    with pytest.raises(NoAnswerError, match="nobody of these people sat in one circle"):
        analyse(plan, seated(records, *((n, n // 4, 5, np.nan) for n in range(40))), 1)


def test_people_of_one_circle_are_taken_to_be_alike_by_their_chairs():
    value = stream(3, "circles").normal(0, 2, 10)[np.arange(60) // 6] + np.arange(60) % 7 / 9
    arm = (np.arange(60) // 6) % 2
    records = world([(n, "score", 84.0, value[n]) for n in range(60)], arm)
    plan = read(HEAD + outcome(at_week=12, settings="{ cluster = true }") + ANALYSIS)

    apart = analyse(plan, records, 1)
    alike = analyse(plan, seated(records, *((n, n // 6, 1, np.nan) for n in range(60))), 1)

    wider = (alike.primary.upper - alike.primary.lower) / (apart.primary.upper - apart.primary.lower)  # fmt: skip
    assert wider > 1.5
    assert any("the records have no circle" in one for one in apart.not_analysed)
    assert not any("the records have no circle" in one for one in alike.not_analysed)
