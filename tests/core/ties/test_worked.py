"""The example of docs/science/ties.md, and the closed form that it gives."""

import numpy as np
import pytest
from hypothesis import given
from tests.core.ties.strategies import logs_of_a_pair

from kith.core.records import Act, ActLog, Help, Mode
from kith.core.ties import RULE, UNTIED, learned, reciprocity, relearned
from kith.core.ties.folding import fold

RUTH, KOFI = 0, 1
# Each act, and the strength and help, up and down, after it.
TABLE = (
    (Act(0.0, RUTH, KOFI, Mode.IN_PERSON, 60.0, Help.GIVEN), 0.1125, 1.0, 0.0),
    (Act(60.0, KOFI, RUTH, Mode.VOICE, 30.0, Help.RECEIVED), 0.09871875, 1.5, 0.0),
    (Act(120.0, KOFI, RUTH, Mode.TEXT, 30.0, Help.GIVEN), 0.0707487890625, 0.75, 1.0),
)


def test_table_of_the_page_is_what_acts_make_one_by_one():
    tie = UNTIED
    for act, strength, up, down in TABLE:
        tie = learned(tie, act)

        assert tie == pytest.approx((strength, up, down, act.day), rel=1e-14)
    assert reciprocity.of_pair(tie) == 0.75


def test_table_of_the_page_is_what_the_whole_log_makes():
    acts = [act for act, *_ in TABLE]

    tie = fold(ActLog.of(acts, people=2)).between(RUTH, KOFI)

    assert tie == pytest.approx((0.0707487890625, 0.75, 1.0, 120.0), rel=1e-14)


@given(logs_of_a_pair)
def test_strength_is_the_closed_form_of_its_acts(log):
    by_day = sorted(log, key=lambda act: act.day)
    share = np.array([RULE.rate * RULE.worth(act.mode, act.minutes) for act in by_day])
    last = max((act.day for act in log), default=0.0)
    left = np.array([2.0 ** (-(last - act.day) / RULE.half_life_days) for act in by_day])
    missed_later = [np.prod(1 - share[place + 1 :]) for place in range(len(share))]

    strength = relearned(log).strength

    assert strength == pytest.approx((share * left * missed_later).sum(), abs=1e-12)


@given(logs_of_a_pair)
def test_whole_log_is_the_closed_form_too(log):
    assert fold(ActLog.of(log, people=2)).between(0, 1) == pytest.approx(relearned(log), abs=1e-9)
