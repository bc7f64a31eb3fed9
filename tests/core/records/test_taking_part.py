"""Every way in which assignments, decisions, prompts and follow-up refuse to be."""

from dataclasses import FrozenInstanceError
from math import inf, nan

import numpy as np
import pytest
from tests.core.records.test_acts import unchecked

from kith.core.records import Assignments, Decisions, End, FollowUp, Prompts
from kith.errors import InvalidInputError

DTYPES = {
    "person": np.int32, "helper": np.int32, "arm": np.int16, "stratum": np.int32, "cluster": np.int32,
    "treated": np.int8, "decision": np.int32, "why": np.int8, "is_available": np.bool_,
    "is_helper_available": np.bool_,
}  # fmt: skip

ASSIGNMENTS = Assignments(
    3, ("listing", "circle"), np.array([0, 2], np.int32), np.array([1, 0], np.int16), np.array([0.0, 1.5]),
    np.array([0.5, 1.0]), np.array([0, -1], np.int32), np.array([-1, 4], np.int32),
)  # fmt: skip
DECISIONS = Decisions(
    3, np.array([0, 1], np.int32), np.array([2, -1], np.int32), np.array([1.0, 1.5]),
    np.array([True, False]), np.array([True, False]), np.array([1, 0], np.int8), np.array([0.4, 0.6]),
    np.array([0.5, 1.0]),
)  # fmt: skip
PROMPTS = Prompts(
    3, np.array([0, 1], np.int32), np.array([1.0, 2.0]), np.array([1.0, nan]), np.array([1.1, nan]),
    np.array([1.2, nan]), np.array([1.5, 2.0]), np.array([0, -1], np.int32),
)  # fmt: skip
FOLLOW_UP = FollowUp(
    3,
    np.array([0, 2], np.int32),
    np.array([0.0, 1.0]),
    np.array([84.0, 1.0]),
    np.array([0, 4], np.int8),
)
ALL = {
    "assignments": ASSIGNMENTS,
    "decisions": DECISIONS,
    "prompts": PROMPTS,
    "follow_up": FOLLOW_UP,
}


def columns(record):
    return [name for name in record.__slots__ if name not in {"people", "arms"}]


def changed(record, **rows):
    """`record` with other rows in some of its columns, of the kind the column has."""
    held = {
        name: np.array(row, DTYPES.get(name, np.float64)) if isinstance(row, list) else row
        for name, row in rows.items()
    }
    return unchecked(record, **held)


@pytest.mark.parametrize("name", ALL)
def test_a_record_may_be_of_nobody(name):
    record = ALL[name]
    empty = {column: getattr(record, column)[:0] for column in columns(record)}

    assert len(unchecked(record, people=0, **empty).person) == 0


@pytest.mark.parametrize("name", ALL)
def test_columns_are_read_only(name):
    record = ALL[name]

    for column in columns(record):
        with pytest.raises(ValueError, match="read-only"):
            getattr(record, column)[0] = 0
    with pytest.raises(FrozenInstanceError):
        record.people = 4


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, record in ALL.items() for column in columns(record)],
)
def test_a_column_of_another_kind_is_refused(name, column):
    other = getattr(ALL[name], column).astype(np.complex128)

    with pytest.raises(InvalidInputError, match=f"{column} must be one row of .*, got complex128"):
        unchecked(ALL[name], **{column: other})


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, record in ALL.items() for column in columns(record)],
)
def test_a_column_of_another_length_is_refused(name, column):
    with pytest.raises(InvalidInputError, match="columns must be of one length"):
        unchecked(ALL[name], **{column: getattr(ALL[name], column)[:1]})


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("row", "said"), [(-1, "person -1"), (3, "person 3")])
def test_nobody_and_strangers_are_refused(name, row, said):
    with pytest.raises(
        InvalidInputError, match=rf"row 1 has {said}: must be 0 to 2 \(1 of 2 rows are not\)"
    ):
        changed(ALL[name], person=[0, row])


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("people", [-1, 2**31])
def test_no_number_of_people_is_refused(name, people):
    with pytest.raises(InvalidInputError, match="people must be 0 to 2147483647"):
        changed(ALL[name], people=people)


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("assignments", {"arms": ("listing", "listing")}, "arms must be different names"),
        ("assignments", {"arms": ("listing", "")}, "arms must be different names"),
        ("assignments", {"arm": [2, 0]}, "row 0 has arm 2: must be 0 to 1"),
        ("assignments", {"arm": [0, -1]}, "row 1 has arm -1: must be 0 to 1"),
        ("assignments", {"day": [nan, 0]}, "row 0 has day nan: must be finite"),
        ("assignments", {"day": [0, inf]}, "row 1 has day inf: must be finite"),
        ("assignments", {"probability": [0, 1]}, "row 0 has probability 0.0: must be above 0 and at most 1"),
        ("assignments", {"probability": [1, 1.1]}, "row 1 has probability 1.1: must be above 0 and at most 1"),
        ("assignments", {"probability": [1, nan]}, "row 1 has probability nan: must be above 0"),
        ("assignments", {"stratum": [0, -2]}, "row 1 has stratum -2: must be 0 or more, or -1 for none"),
        ("assignments", {"cluster": [-2, 0]}, "row 0 has cluster -2: must be 0 or more, or -1 for none"),
        ("decisions", {"helper": [3, -1]}, "row 0 has helper 3: must be 0 to 2, or -1 for nobody"),
        ("decisions", {"helper": [2, -2]}, "row 1 has helper -2: must be 0 to 2, or -1 for nobody"),
        ("decisions", {"helper": [0, -1]}, "row 0 has person 0 and helper 0: must be two people"),
        ("decisions", {"day": [nan, 1]}, "row 0 has day nan: must be finite"),
        ("decisions", {"is_helper_available": [True, True]}, "row 1 has is_helper_available True and helper -1: must be False where there is no helper"),
        ("decisions", {"treated": [-1, 0]}, "row 0 has treated -1: must be 0 or more"),
        ("decisions", {"treated": [1, 2]}, "row 1 has treated 2 and is_available False: must be 0 where nobody was available"),
        ("decisions", {"probability": [0, 1]}, "row 0 has probability 0.0: must be above 0 and at most 1"),
        ("decisions", {"probability": [1, nan]}, "row 1 has probability nan: must be above 0 and at most 1"),
        ("decisions", {"helper_probability": [1.01, 1]}, "row 0 has helper_probability 1.01: must be above 0"),
        ("decisions", {"helper_probability": [1, -0.1]}, "row 1 has helper_probability -0.1: must be above 0"),
        ("prompts", {"intended": [nan, 2]}, "row 0 has intended nan: must be finite"),
        ("prompts", {"expires": [1.5, inf]}, "row 1 has expires inf: must be finite"),
        ("prompts", {"expires": [0.9, 2]}, "row 0 has intended 1.0 and expires 0.9: must be no sooner than intended"),
        ("prompts", {"delivered": [0.9, nan]}, "row 0 has intended 1.0 and delivered 0.9: must be no sooner than intended"),
        ("prompts", {"shown": [0.9, nan]}, "row 0 has delivered 1.0 and shown 0.9: must be no sooner than delivered"),
        ("prompts", {"answered": [1.05, nan]}, "row 0 has shown 1.1 and answered 1.05: must be no sooner than shown"),
        ("prompts", {"answered": [1.2, 2.1]}, "row 1 has shown nan and answered 2.1: must be no sooner than shown"),
        ("prompts", {"delivered": [nan, nan]}, "row 0 has delivered nan and shown 1.1: must be no sooner than delivered"),
        ("prompts", {"decision": [0, -2]}, "row 1 has decision -2: must be 0 or more, or -1 for none"),
        ("follow_up", {"person": [2, 2]}, "row 1 has person 2: must be there once"),
        ("follow_up", {"starts": [nan, 1]}, "row 0 has starts nan: must be finite"),
        ("follow_up", {"ends": [84, inf]}, "row 1 has starts 1.0 and ends inf: must be no sooner than starts"),
        ("follow_up", {"ends": [84, 0.5]}, "row 1 has starts 1.0 and ends 0.5: must be no sooner than starts"),
        ("follow_up", {"why": [5, 0]}, "row 0 has why 5: must be an End, 0 to 4"),
        ("follow_up", {"why": [0, -1]}, "row 1 has why -1: must be an End, 0 to 4"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_and_shown(name, rows, said):
    with pytest.raises(InvalidInputError) as refused:
        changed(ALL[name], **rows)

    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        # Each of these is next to something that is refused.
        ("assignments", {"probability": [1e-9, 1]}),
        ("assignments", {"person": [1, 1]}),
        ("decisions", {"treated": [3, 0]}),
        ("decisions", {"is_helper_available": [False, False]}),
        ("prompts", {"expires": [1.0, 2.0]}),
        ("prompts", {"answered": [1.6, nan]}),
        ("prompts", {"shown": [1.0, nan], "answered": [nan, nan]}),
        ("follow_up", {"ends": [0, 1]}),
        ("follow_up", {"why": [int(End.DIED), int(End.REVOKED)]}),
    ],
)
def test_what_is_just_right_is_taken(name, rows):
    assert len(changed(ALL[name], **rows).person) == 2
