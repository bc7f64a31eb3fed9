import numpy as np
import pytest
from tests.core.ties.networks import PEOPLE, network

from kith.core.records import Act, ActLog, Mode
from kith.core.ties.ends import ends
from kith.core.ties.folding import fold
from kith.errors import InvalidInputError

STRENGTHS = {(0, 1): 0.5, (0, 4): 0.25, (1, 4): 0.75, (2, 4): 0.1}


def test_each_tie_is_seen_from_both_its_ends():
    seen = ends(network(STRENGTHS))

    assert seen.ego.tolist() == [0, 0, 1, 1, 2, 4, 4, 4]
    assert seen.alter.tolist() == [1, 4, 4, 0, 4, 0, 1, 2]
    assert seen.strength.tolist() == [0.5, 0.25, 0.75, 0.5, 0.1, 0.25, 0.75, 0.1]
    assert seen.place.tolist() == [0, 1, 2, 4, 3, 5, 6, 7]


def test_who_does_not_count_is_not_looked_at_and_looks():
    counts = np.ones(PEOPLE, np.bool_)
    counts[4] = False

    seen = ends(network(STRENGTHS), counts)

    assert seen.ego.tolist() == [0, 1, 4, 4, 4]
    assert seen.alter.tolist() == [1, 0, 0, 1, 2]


def test_ties_that_are_not_stronger_than_the_weakest_are_left_out():
    seen = ends(network(STRENGTHS), weakest=0.25)

    assert seen.strength.tolist() == [0.5, 0.75, 0.5, 0.75]


def test_ties_are_seen_as_on_the_last_day_of_all():
    acts = [Act(0.0, 0, 1, Mode.IN_PERSON, 60.0), Act(60.0, 0, 2, Mode.IN_PERSON, 60.0)]

    seen = ends(fold(ActLog.of(acts, 3)))

    np.testing.assert_allclose(seen.strength, [0.1125 / 2, 0.1125, 0.1125 / 2, 0.1125])


def test_counts_of_other_people_are_refused():
    with pytest.raises(InvalidInputError, match="counts must be of 6 people, got 2"):
        ends(network(STRENGTHS), np.ones(2, np.bool_))
