from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from kith.core.ties import RULE, UNTIED, Rule, Tie, Ties
from kith.errors import InvalidInputError


def ties():
    """Three ties of four people: 0-1, 0-3 and 1-2."""
    return Ties(
        4,
        Rule(half_life_days=10.0),
        np.array([0, 0, 1], np.int32),
        np.array([1, 3, 2], np.int32),
        np.array([0.5, 0.25, 0.75]),
        np.array([1.0, 0.0, 2.0]),
        np.array([0.0, 0.0, 4.0]),
        np.array([0.0, 10.0, -10.0]),
    )


def test_tie_of_two_is_found_whichever_is_named_first():
    found = [ties().between(1, 2), ties().between(2, 1)]

    assert found == [Tie(0.75, 2.0, 4.0, -10.0)] * 2


@pytest.mark.parametrize("pair", [(0, 2), (1, 3), (2, 3)])
def test_two_who_have_not_met_are_untied(pair):
    assert ties().between(*pair) == UNTIED


@pytest.mark.parametrize("pair", [(1, 1), (-1, 2), (0, 4)])
def test_tie_of_one_or_of_a_stranger_is_refused(pair):
    with pytest.raises(InvalidInputError, match="must be 0 to 3, and not the same"):
        ties().between(*pair)


def test_all_ties_fade_to_one_day():
    at = ties().at(20.0)

    assert at.strength.tolist() == [0.125, 0.125, 0.09375]
    assert at.help_up.tolist() == [0.25, 0.0, 0.25]
    assert at.help_down.tolist() == [0.0, 0.0, 0.5]
    assert at.day.tolist() == [20.0] * 3


def test_fading_in_two_steps_is_fading_in_one():
    in_two = ties().at(13.0).at(31.0)

    np.testing.assert_allclose(in_two.strength, ties().at(31.0).strength, rtol=1e-14)


@pytest.mark.parametrize(("day", "row"), [(9.9, "row 1 has day 10.0"), (nan, "row 0 has day 0.0")])
def test_ties_do_not_fade_backwards(day, row):
    with pytest.raises(InvalidInputError, match=f"{row}: must be not after {day}"):
        ties().at(day)


def test_people_who_have_not_met_have_no_ties():
    none = Ties.none(3)

    assert none.rule == RULE
    assert len(none.at(1.0).columns.low) == 0
    assert none.between(0, 2) == UNTIED


def test_columns_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        ties().strength[0] = 0.9


@pytest.mark.parametrize(
    ("name", "row", "value", "text"),
    [
        ("low", 0, -1, "must be low below high"),
        ("low", 2, 2, "must be low below high"),
        ("high", 1, 4, "low 0 and high 4: must be low below high, both 0 to 3"),
        ("high", 1, 1, "row 1 has low 0 and high 1: must be sorted"),
        ("low", 0, 1, "must be low below high"),
        ("strength", 0, 1.0, "must be from 0 to below 1"),
        ("strength", 0, -0.1, "must be from 0 to below 1"),
        ("strength", 0, nan, "must be from 0 to below 1"),
        ("help_up", 0, -1.0, "row 0 has help_up -1.0: must be finite and not below 0"),
        ("help_down", 0, inf, "row 0 has help_down inf: must be finite and not below 0"),
        ("day", 0, -inf, "row 0 has day -inf: must be finite"),
    ],
)
def test_row_that_is_no_tie_is_refused(name, row, value, text):
    column = getattr(ties(), name).copy()
    column[row] = value

    with pytest.raises(InvalidInputError, match=text):
        replace(ties(), **{name: column})


def test_ties_out_of_order_are_refused():
    whole = ties()

    with pytest.raises(InvalidInputError, match="sorted by low and then by high"):
        Ties(4, RULE, *(column[::-1].copy() for column in whole.columns))


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(InvalidInputError, match="of one length"):
        replace(ties(), day=np.zeros(2))
