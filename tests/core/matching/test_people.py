import numpy as np
import pytest
from tests.core.matching.circle_of_friends import MONDAY, people

from kith.core.matching import People
from kith.errors import InvalidInputError


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("id", [4, -1, 5], "row 1, column id: -1 is not allowed; a whole number from 0"),
        ("id", [4, 5, 4], "row 2, column id: 4 is not allowed; each id once"),
        ("mode", [2, 2, 0], "row 2, column mode: 0 is not allowed; 1 in person, 2 online, 3 both"),
        ("mode", [2, 1, 2], "row 1, column latitude: nan is not allowed; -90 to 90 degrees"),
        ("languages", [1, 0, 0], r"row 1, column languages: 0 is not allowed; at least one language \(2 rows are not so\)"),
        ("steadiness", [0, 1, 3], "row 2, column steadiness: 3 is not allowed; 0, 1 or 2"),
        ("days", [0, 1, -3], "row 2, column days: -3 is not allowed; 0 to 200000"),
        ("practices", [0, 1, 2**32], "row 2, column practices: 4294967296 is not allowed; whole numbers that fit uint32"),
        ("gives", [0.5, 1, 2], "row 0, column gives: 0.5 is not allowed; whole numbers that fit uint32"),
        ("roles", ["a", "b", "c"], "column roles must hold numbers"),
    ],
)  # fmt: skip
def test_value_that_is_not_allowed_is_refused_by_row_and_column(column, values, said):
    with pytest.raises(InvalidInputError, match=said):
        people(3, **{column: values})


def test_week_of_more_than_336_half_hours_is_refused():
    beyond = [*MONDAY[:5], 1 << 16]

    with pytest.raises(InvalidInputError, match=r"row 1, column week: .* 336 half-hours"):
        people(2, week=np.array([MONDAY, beyond], np.uint64))


@pytest.mark.parametrize("pairs", [[(0, 2)], [(-1, 0)]])
def test_pair_of_somebody_who_is_not_here_is_refused(pairs):
    with pytest.raises(InvalidInputError, match=r"row 0, column exclusions: .* two rows, 0 to 1"):
        people(2, exclusions=pairs)


def test_pair_of_one_person_is_refused():
    with pytest.raises(InvalidInputError, match=r"row 0, column ties: .* two different people"):
        people(2, ties=[(1, 1)])


def test_column_that_is_missing_or_unknown_is_refused():
    with pytest.raises(
        InvalidInputError,
        match=r"unknown columns \['age'\], missing columns \['languages', 'week'\]",
    ):
        People.of({"id": [1], "age": [30]})


def test_columns_cannot_be_changed():
    some = people(2)

    with pytest.raises(ValueError, match="read-only"):
        some.days[0] = 3


def test_only_some_keep_what_is_between_them():
    some = people(4, days=[1, 2, 3, 4], ties=[(0, 1), (1, 3)], exclusions=[(2, 3)])

    few = some.only(np.array([3, 1]))

    assert few.days.tolist() == [4, 2]
    assert few.ties.tolist() == [[1, 0]]
    assert few.exclusions.tolist() == []
