import numpy as np
import pytest
from hypothesis import given
from tests.core.ties.networks import PEOPLE, helps, network, numbers, renumbered, strengths

from kith.core.records import Act, ActLog, Help, Mode
from kith.core.ties import UNTIED, Tie, Ties, faded, reciprocity
from kith.core.ties.folding import fold


@pytest.mark.parametrize(
    ("help_up", "help_down", "value"), [(2.0, 2.0, 1.0), (1.0, 4.0, 0.25), (3.0, 0.0, 0.0)]
)
def test_reciprocity_of_a_pair_is_the_smaller_help_over_the_larger(help_up, help_down, value):
    tie = Tie(0.5, help_up, help_down, 0.0)

    assert reciprocity.of_pair(tie) == value
    assert reciprocity.of_pair(faded(tie, 30.0)) == value


def test_pair_without_help_has_no_reciprocity():
    with pytest.raises(reciprocity.NoHelpError, match="neither has helped the other"):
        reciprocity.of_pair(UNTIED)


def test_reciprocity_of_people_sums_over_their_ties():
    helps = {(0, 1): (1.0, 2.0), (0, 2): (3.0, 1.0), (1, 2): (0.0, 4.0), (3, 4): (0.0, 0.0)}
    ties = network(dict.fromkeys(helps, 0.5), helps)

    found = reciprocity.of_people(ties)

    # Those without help, 3, 4 and 5, have none.
    assert found.person.tolist() == [0, 1, 2]
    assert found.value.tolist() == [(1 + 1) / (2 + 3), (1 + 0) / (2 + 4), (1 + 0) / (3 + 4)]


def test_help_of_other_days_is_compared_as_of_one_day():
    acts = [
        Act(0.0, 0, 1, Mode.VOICE, 10.0, Help.GIVEN),
        Act(60.0, 1, 0, Mode.VOICE, 10.0, Help.GIVEN),
        Act(120.0, 2, 0, Mode.VOICE, 10.0, Help.BOTH),
    ]

    found = reciprocity.of_people(fold(ActLog.of(acts, 3)))

    # By day 120: 0 gave 1 a quarter and had a half; with 2 it is one and one.
    np.testing.assert_allclose(found.value, [(0.25 + 1) / (0.5 + 1), 0.5, 1.0], rtol=1e-14)


def test_people_who_have_not_met_have_no_reciprocity():
    found = reciprocity.of_people(Ties.none(3))

    assert found.person.tolist() == found.value.tolist() == []


@given(strengths, helps, numbers)
def test_reciprocity_follows_the_person_when_numbers_change(drawn, helped, number):
    ties = network(drawn, helped)
    renamed, _ = renumbered(ties, number)

    before = dict(zip(*(column.tolist() for column in reciprocity.of_people(ties)), strict=True))
    after = dict(zip(*(column.tolist() for column in reciprocity.of_people(renamed)), strict=True))

    assert {number[person]: pytest.approx(value) for person, value in before.items()} == after
    assert all(0 <= value <= 1 for value in before.values())
    assert set(before) <= set(range(PEOPLE))
