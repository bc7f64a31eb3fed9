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


def unchecked(record, **changes):
    """`record` with `changes`, past the types that only tests look at: the record's own check is meant."""
    columns = {name: getattr(record, name) for name in record.__slots__}
    made = object.__new__(type(record))
    for name, value in {**columns, **changes}.items():
        object.__setattr__(made, name, value)
    made.__post_init__()
    return made


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
        ({"day": nan}, "day nan: must be finite"),
        ({"day": inf}, "day inf: must be finite"),
        ({"actor": -1}, "actor -1: must be 0 to 2"),
        ({"other": 3}, "other 3: must be 0 to 2"),
        ({"actor": 1}, "actor 1 and other 1: must be two people"),
        ({"mode": 4}, "mode 4: must be a Mode, 0 to 3"),
        ({"minutes": -1}, "minutes -1.0: must be finite and not below 0"),
        ({"minutes": nan}, "minutes nan: must be finite and not below 0"),
        ({"minutes": inf}, "minutes inf: must be finite and not below 0"),
        ({"help": -1}, "help -1: must be a Help, 0 to 3"),
        ({"help": 4}, "help 4: must be a Help, 0 to 3"),
    ],
)
def test_log_refuses_a_row_that_is_no_act(changes, text):
    log = ActLog.of(ACTS, people=3)
    ((name, value),) = changes.items()
    column = getattr(log, name).copy()
    column[1] = value

    with pytest.raises(InvalidInputError) as refused:
        replace(log, **{name: column})

    assert str(refused.value) == f"row 1 has {text} (1 of 3 rows are not)"


@pytest.mark.parametrize("name", ["day", "actor", "other", "mode", "minutes", "help"])
def test_log_refuses_a_column_of_another_kind(name):
    log = ActLog.of(ACTS, people=3)
    kind = getattr(log, name).dtype

    with pytest.raises(InvalidInputError) as refused:
        unchecked(log, **{name: getattr(log, name).astype(np.int64)})

    assert str(refused.value) == f"{name} must be one row of {kind}, got int64 in 1 dimensions"


def test_log_refuses_a_column_that_is_a_table():
    log = ActLog.of(ACTS, people=3)

    with pytest.raises(InvalidInputError, match="got float64 in 2 dimensions"):
        unchecked(log, day=log.day.reshape(3, 1))


@pytest.mark.parametrize("people", [-1, 2**31])
def test_log_refuses_people_that_cannot_be_numbered(people):
    with pytest.raises(InvalidInputError, match=f"people must be 0 to 2147483647, got {people}"):
        ActLog.of([], people=people)


def test_log_refuses_columns_of_different_lengths():
    log = ActLog.of(ACTS, people=3)

    with pytest.raises(InvalidInputError, match="columns must be of one length"):
        replace(log, day=log.day[:2])


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"day": nan}, "day must be finite, got nan"),
        ({"day": -inf}, "day must be finite, got -inf"),
        ({"actor": 2}, "actor and other must be two people, numbered from 0, got 2 and 2"),
        ({"other": -1}, "actor and other must be two people, numbered from 0, got 0 and -1"),
        ({"mode": 4}, "mode must be a Mode, 0 to 3, got 4"),
        ({"minutes": -0.1}, "minutes must be finite and not below 0, got -0.1"),
        ({"minutes": nan}, "minutes must be finite and not below 0, got nan"),
        ({"minutes": inf}, "minutes must be finite and not below 0, got inf"),
        ({"help": 4}, "help must be a Help, 0 to 3, got 4"),
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
