"""Every way in which measures, observations and whole studies refuse to be."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.records.test_acts import unchecked
from tests.core.records.test_taking_part import ASSIGNMENTS, DECISIONS, FOLLOW_UP, PROMPTS

from kith.core.records import ActLog, Measure, Missing, Observations, StudyRecords
from kith.errors import InvalidInputError

DTYPES = {
    "person": np.int32, "measure": np.int16, "missing": np.int8, "prompt": np.int32, "version": np.int16,
}  # fmt: skip
COLUMNS = ("person", "measure", "day", "value", "missing", "prompt", "version")
OBSERVATIONS = Observations(
    3, (Measure("lonely", least=3.0, most=9.0), Measure("did", words=("other", "reached"))),
    np.array([0, 0, 1], np.int32), np.array([0, 1, 0], np.int16), np.array([0.0, 0.0, 1.0]),
    np.array([3.0, 1.0, nan]), np.array([0, 0, 1], np.int8), np.array([-1, 0, 1], np.int32),
    np.array([1, 1, 2], np.int16),
)  # fmt: skip
STUDY = StudyRecords(
    people=3, acts=ActLog.of([], people=3), assignments=ASSIGNMENTS, decisions=DECISIONS,
    prompts=PROMPTS, observations=OBSERVATIONS, follow_up=FOLLOW_UP,
)  # fmt: skip


def changed(**rows):
    held = {
        name: np.array(row, DTYPES.get(name, np.float64)) if isinstance(row, list) else row
        for name, row in rows.items()
    }
    return unchecked(OBSERVATIONS, **held)


def refused(**rows):
    with pytest.raises(InvalidInputError) as error:
        changed(**rows)
    return str(error.value)


@pytest.mark.parametrize("name", ["", "lonely now", "3", "a-b", "a.b"])
def test_a_measure_has_a_plain_name(name):
    with pytest.raises(InvalidInputError, match="letters, digits and underscores"):
        Measure(name)


@pytest.mark.parametrize(("least", "most"), [(1.0, 0.0), (nan, 1.0), (0.0, nan), (inf, -inf)])
def test_a_measure_has_a_range(least, most):
    with pytest.raises(InvalidInputError, match="lonely must have a range"):
        Measure("lonely", least=least, most=most)


def test_words_are_a_range():
    assert (
        Measure("did", words=("a", "b", "c")).least,
        Measure("did", words=("a", "b", "c")).most,
    ) == (0, 2)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_of_another_kind_or_length_is_refused(column):
    held = getattr(OBSERVATIONS, column)

    assert refused(**{column: held.astype(np.complex128)}).startswith(
        f"{column} must be one row of"
    )
    assert refused(**{column: held[:1]}).startswith("columns must be of one length")
    assert refused(**{column: held.reshape(3, 1)}).endswith("in 2 dimensions")


@pytest.mark.parametrize("column", COLUMNS)
def test_columns_are_read_only(column):
    with pytest.raises(ValueError, match="read-only"):
        getattr(OBSERVATIONS, column)[0] = 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"measures": (Measure("did"), Measure("did"))}, "measures must have different names, got ['did', 'did']"),
        ({"person": [0, 0, 3]}, "row 2 has person 3: must be 0 to 2 (1 of 3 rows are not)"),
        ({"person": [-1, 0, 1]}, "row 0 has person -1: must be 0 to 2 (1 of 3 rows are not)"),
        ({"people": -1}, "people must be 0 to 2147483647, got -1"),
        ({"measure": [0, 2, 0]}, "row 1 has measure 2: must be 0 to 1 (1 of 3 rows are not)"),
        ({"measure": [-1, 1, 0]}, "row 0 has measure -1: must be 0 to 1 (1 of 3 rows are not)"),
        ({"measures": ()}, "row 0 has measure 0: must be 0 to -1 (3 of 3 rows are not)"),
        ({"day": [0, inf, 1]}, "row 1 has day inf: must be finite (1 of 3 rows are not)"),
        ({"missing": [0, 0, 6]}, "row 2 has missing 6: must be a Missing, 0 to 5 (1 of 3 rows are not)"),
        ({"missing": [0, -1, 1]}, "row 1 has missing -1: must be a Missing, 0 to 5 (1 of 3 rows are not)"),
        ({"missing": [0, 0, 0]}, "row 2 has value nan and missing 0: must be a number if and only if nothing is missing (1 of 3 rows are not)"),
        ({"missing": [1, 0, 1]}, "row 0 has value 3.0 and missing 1: must be a number if and only if nothing is missing (1 of 3 rows are not)"),
        ({"value": [3, inf, nan]}, "row 1 has value inf and missing 0: must be a number if and only if nothing is missing (1 of 3 rows are not)"),
        ({"value": [2.9, 1, nan]}, "row 0 has lonely 2.9: must be 3.0 to 9.0 (1 of 3 rows are not)"),
        ({"value": [3, 2, nan]}, "row 1 has did 2.0: must be 0.0 to 1.0 (1 of 3 rows are not)"),
        ({"prompt": [-2, 0, 1]}, "row 0 has prompt -2: must be 0 or more, or -1 for none (1 of 3 rows are not)"),
        ({"measure": [0, 0, 0], "value": [3, 4, nan]}, "row 1 has person 0 and measure 0 and day 0.0: must be there once (1 of 3 rows are not)"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_and_shown(rows, said):
    assert refused(**rows) == said


def test_no_answer_is_a_second_answer_too():
    said = refused(measure=[0, 0, 0], value=[3, nan, nan], missing=[0, 1, 1])

    assert "must be there once" in said


@pytest.mark.parametrize(
    "rows",
    [
        {"day": [0, 0, 0]},
        {"measure": [0, 0, 0], "day": [0, 0.5, 0], "value": [3, 9, nan]},
        {"missing": [0, 0, int(Missing.UNREADABLE)]},
        {"version": [-5, 0, 5]},
    ],
)
def test_what_is_just_right_is_taken(rows):
    assert len(changed(**rows).person) == 3


@given(st.permutations(range(4)))
def test_a_second_answer_is_found_wherever_it_stands(order):
    rows = np.array(order)
    person = np.array([0, 1, 2, 1], np.int32)[rows]
    day = np.array([1.0, 2.0, 2.0, 2.0])[rows]
    three = np.zeros(4, np.int16)

    with pytest.raises(
        InvalidInputError, match=r"person 1 and measure 0 and day 2\.0: must be there once"
    ):
        Observations(
            3, (Measure("m"),), person, three, day, np.ones(4), three.astype(np.int8),
            np.full(4, -1, np.int32), three,
        )  # fmt: skip


def test_a_measure_is_found_by_its_name():
    assert OBSERVATIONS.named("did") == 1
    with pytest.raises(
        InvalidInputError, match="there is no measure 'used'; there are: lonely, did"
    ):
        OBSERVATIONS.named("used")


@pytest.mark.parametrize(
    "name", ["acts", "assignments", "decisions", "prompts", "observations", "follow_up"]
)
def test_all_records_of_a_study_are_about_the_same_people(name):
    more = unchecked(getattr(STUDY, name), people=4)

    with pytest.raises(InvalidInputError, match=f"{name} is about 4 people, the study about 3"):
        replace(STUDY, **{name: more})


def test_a_prompt_for_a_decision_that_is_not_there_is_refused():
    prompts = unchecked(PROMPTS, decision=np.array([2, -1], np.int32))

    with pytest.raises(
        InvalidInputError, match="row 0 has decision 2: must be below 2, the decisions"
    ):
        replace(STUDY, prompts=prompts)


def test_an_answer_to_a_prompt_that_is_not_there_is_refused():
    with pytest.raises(InvalidInputError, match="row 1 has prompt 2: must be below 2, the prompts"):
        replace(STUDY, observations=changed(prompt=[-1, 2, 1]))


def test_an_answer_to_somebody_elses_prompt_is_refused():
    with pytest.raises(
        InvalidInputError, match="row 1 has prompt 1 and person 0: must be of whom it was asked"
    ):
        replace(STUDY, observations=changed(prompt=[-1, 1, 1]))
