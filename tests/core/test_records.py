from dataclasses import FrozenInstanceError, replace
from math import inf, nan

import numpy as np
import pytest

from kith.core.records import Act, ActLog, Help, Mode
from kith.errors import InvalidInputError

ACTS = (
    Act(1.5, 0, 2, Mode.IN_PERSON, 60.0, Help.GIVEN),
    Act(1.5, 2, 1, Mode.TEXT, 0.5),
    Act(-3.0, 1, 0, Mode.VOICE, 0.0, Help.BOTH),
)


def test_log_holds_acts_as_columns():
    log = ActLog.of(ACTS, people=3)

    assert log.people == 3
    assert log.day.tolist() == [1.5, 1.5, -3.0]
    assert log.actor.tolist() == [0, 2, 1]
    assert log.other.tolist() == [2, 1, 0]
    assert log.mode.tolist() == [0, 3, 2]
    assert log.minutes.tolist() == [60.0, 0.5, 0.0]
    assert log.help.tolist() == [1, 0, 3]


def test_log_without_acts_is_a_log():
    assert len(ActLog.of([], people=0).day) == 0


def test_log_is_read_only_and_leaves_what_it_was_made_of_as_it_was():
    day = np.array([1.0])
    log = replace(ActLog.of(ACTS[:1], people=3), day=day)

    with pytest.raises(ValueError, match="read-only"):
        log.day[0] = 2.0
    with pytest.raises(FrozenInstanceError):
        log.people = 4

    assert day.flags.writeable


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"day": nan}, "day must be finite; 1 of 3 rows are not so"),
        ({"day": inf}, "day must be finite; 1 of 3 rows are not so"),
        ({"actor": -1}, "actor must be 0 to 2; 1 of 3 rows are not so"),
        ({"other": 3}, "other must be 0 to 2; 1 of 3 rows are not so"),
        ({"actor": 2}, "actor and other must be two people; 1 of 3 rows are not so"),
        ({"mode": 4}, "mode must be a Mode; 1 of 3 rows are not so"),
        ({"minutes": -1}, "minutes must be finite and not below 0; 1 of 3 rows are not so"),
        ({"minutes": nan}, "minutes must be finite and not below 0; 1 of 3 rows are not so"),
        ({"minutes": inf}, "minutes must be finite and not below 0; 1 of 3 rows are not so"),
        ({"help": -1}, "help must be a Help; 1 of 3 rows are not so"),
        ({"help": 4}, "help must be a Help; 1 of 3 rows are not so"),
    ],
)
def test_log_refuses_a_row_that_is_no_act(changes, text):
    log = ActLog.of(ACTS, people=3)
    ((name, value),) = changes.items()
    column = getattr(log, name).copy()
    column[0] = value

    with pytest.raises(InvalidInputError) as refused:
        replace(log, **{name: column})

    assert str(refused.value) == text


def test_log_refuses_columns_of_different_lengths():
    log = ActLog.of(ACTS, people=3)

    with pytest.raises(InvalidInputError, match="columns must be of one length"):
        replace(log, day=log.day[:2])


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"day": nan}, "day must be finite, got nan"),
        ({"day": -inf}, "day must be finite, got -inf"),
        ({"actor": 2}, "actor and other must be two people, numbered from 0"),
        ({"other": -1}, "actor and other must be two people, numbered from 0"),
        ({"mode": 4}, "mode must be a Mode, got 4"),
        ({"minutes": -0.1}, "minutes must be finite and not below 0, got -0.1"),
        ({"minutes": nan}, "minutes must be finite and not below 0, got nan"),
        ({"minutes": inf}, "minutes must be finite and not below 0, got inf"),
        ({"help": 4}, "help must be a Help, got 4"),
    ],
)
def test_act_refuses_what_is_no_act(changes, text):
    with pytest.raises(InvalidInputError) as refused:
        replace(ACTS[0], **changes)

    assert str(refused.value) == text


def test_act_keeps_minutes_as_a_log_does():
    act = Act(0.0, 0, 1, Mode.VOICE, 0.1)

    assert act.minutes == ActLog.of([act], people=2).minutes[0].item()
    assert act.minutes != 0.1
