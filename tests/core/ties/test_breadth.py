from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ties.networks import PAIRS, PEOPLE, choices, network, numbers, renumbered, strengths

from kith.core.ties import Ties, breadth
from kith.errors import InvalidInputError

LABELS = st.lists(st.integers(-3, 3), min_size=2 * len(PAIRS), max_size=2 * len(PAIRS))


def labels_of(ties, values):
    return np.array(values, np.int64).reshape(2, -1)[:, : len(ties.low)]


def test_breadth_is_how_many_kinds_of_equal_strength_there_are():
    ties = network({(0, 1): 0.25, (0, 2): 0.25, (0, 3): 0.5, (0, 4): 0.5})

    found = breadth.of_people(ties, np.array([7, 7, 1, 0]))

    np.testing.assert_allclose(found, [3, 1, 1, 1, 1, 0], rtol=1e-14)


def test_kind_of_little_strength_counts_little():
    ties = network({(0, 1): 0.8, (0, 2): 0.2})

    found = breadth.of_people(ties, np.array([0, 1]))

    # exp(-(0.8 log 0.8 + 0.2 log 0.2))
    assert found[0] == pytest.approx(exp(-0.8 * log(0.8) - 0.2 * log(0.2)), rel=1e-14)


def test_two_may_see_their_tie_as_of_two_kinds():
    ties = network({(0, 1): 0.5, (0, 2): 0.5, (1, 2): 0.5})
    community = np.array([5, 6, 6])
    labels = np.stack((community[ties.high], community[ties.low]))

    found = breadth.of_people(ties, labels)

    np.testing.assert_allclose(found[:3], [1, 2, 2], rtol=1e-14)


def test_only_those_who_count_are_somebody_to_be_tied_to():
    ties = network({(0, 1): 0.5, (0, 2): 0.5, (1, 2): 0.5})
    counts = np.array([True, False, True, True, True, True])

    found = breadth.of_people(ties, np.array([1, 2, 3]), counts)

    np.testing.assert_allclose(found[:3], [1, 2, 1], rtol=1e-14)


def test_people_who_have_not_met_have_no_breadth():
    assert breadth.of_people(Ties.none(3), np.empty(0, np.int64)).tolist() == [0, 0, 0]


def test_share_too_small_to_hold_adds_nothing():
    ties = network({(0, 1): 5e-324} | {(0, other): 0.9 for other in range(2, 6)})

    found = breadth.of_people(ties, np.array([1, 0, 0, 0, 0]))

    assert found[0] == 1


@pytest.mark.parametrize("shape", [(1,), (3, 2), (2, 2, 1)])
def test_labels_of_other_ties_are_refused(shape):
    with pytest.raises(InvalidInputError, match="one or two for each of 2 ties"):
        breadth.of_people(network({(0, 1): 0.5, (0, 2): 0.5}), np.zeros(shape, np.int64))


@given(strengths, LABELS)
def test_breadth_is_from_one_to_the_number_of_kinds(drawn, values):
    ties = network(drawn)
    labels = labels_of(ties, values)

    found = breadth.of_people(ties, labels)

    for person in range(PEOPLE):
        kinds = {*labels[0][ties.low == person], *labels[1][ties.high == person]}
        assert min(1, len(kinds)) <= found[person] * (1 + 1e-12)
        assert found[person] <= len(kinds) * (1 + 1e-12)


@given(strengths, LABELS, numbers, choices)
def test_breadth_follows_the_person_when_numbers_change(drawn, values, number, counts):
    ties = network(drawn)
    labels = labels_of(ties, values)
    renamed, order = renumbered(ties, number)
    is_turned = np.array(number)[ties.low] > np.array(number)[ties.high]
    turned = np.where(is_turned, labels[::-1], labels)[:, order]
    recounted = np.empty_like(counts)
    recounted[number] = counts

    found = breadth.of_people(renamed, turned, recounted)

    np.testing.assert_allclose(found[number], breadth.of_people(ties, labels, counts), rtol=1e-12)
