import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.core.ties.networks import PEOPLE, choices, network, numbers, renumbered, strengths

from kith.core.ties import Ties, effective_size

pytestmark = pytest.mark.usefixtures("loops")
with_loops = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

DATA = Path(__file__).parent / "data"
# 0 knows 1, 2 and 3; 1 and 2 know each other a little; nobody knows 4 and 5.
HAND = {(0, 1): 0.4, (0, 2): 0.2, (0, 3): 0.2, (1, 2): 0.1}


def table(name):
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_effective_size_worked_by_hand():
    # 0: p = 1/2, 1/4, 1/4; 1 and 2 overlap by 1/4 * 0.1/0.4 and 1/2 * 0.1/0.2.
    # 1: p = 4/5, 1/5; overlaps 1/5 * 0.2/0.4 and 4/5 * 0.2/0.2.
    # 2: p = 2/3, 1/3; overlaps 1/3 * 0.4/0.4 and 2/3 * 0.4/0.4.
    found = effective_size.of_people(network(HAND))

    np.testing.assert_allclose(found, [3 - 0.3125, 2 - 0.9, 2 - 1, 1, 0, 0], rtol=1e-14)


def test_people_who_do_not_count_are_there_for_themselves_only():
    counts = np.array([True, False, True, True, True, True])

    found = effective_size.of_people(network(HAND), counts)

    np.testing.assert_allclose(found, [2, 2 - 0.9, 1, 1, 0, 0], rtol=1e-14)


def test_strangers_are_all_separate_and_a_clique_is_one():
    star = dict.fromkeys([(0, other) for other in range(1, 6)], 0.5)
    clique = dict.fromkeys([(a, b) for a in range(6) for b in range(a + 1, 6)], 0.5)

    sizes = [effective_size.of_people(network(drawn))[0] for drawn in (star, clique)]

    assert sizes == pytest.approx([5, 1])


@pytest.mark.parametrize("column", ["whole", "among_those_who_count"])
def test_effective_size_of_the_karate_club_is_that_of_networkx(column):
    answers = table("karate_effective_size.csv")
    # Only ratios matter, and a strength is below 1.
    club = {
        (int(row["low"]), int(row["high"])): int(row["weight"]) / 8 for row in table("karate.csv")
    }
    counts = np.array([row["counts"] == "1" or column == "whole" for row in answers])

    found = effective_size.of_people(network(club, people=34), counts, weakest=0.0)

    # networkx has no number for those who have nobody; ours is 0.
    published = np.nan_to_num([float(row[column]) for row in answers])
    np.testing.assert_allclose(found, published, rtol=1e-12)


def test_tie_that_has_faded_away_is_none():
    ties = network(HAND)
    days = 60 * np.log2(0.1 / effective_size.WEAKEST)

    sizes = [effective_size.of_people(ties.at(day))[2] for day in (days - 0.1, days + 0.1)]

    assert sizes == pytest.approx([1, 1])
    assert effective_size.of_people(ties.at(days - 0.1))[1] == pytest.approx(1.1)
    assert effective_size.of_people(ties.at(days + 0.1))[1] == 1


def test_people_who_have_not_met_have_no_size():
    assert effective_size.of_people(Ties.none(3)).tolist() == [0, 0, 0]


@with_loops
@given(strengths, numbers, choices)
def test_effective_size_follows_the_person_when_numbers_change(drawn, number, counts):
    ties = network(drawn)
    renamed, _ = renumbered(ties, number)
    recounted = np.empty_like(counts)
    recounted[number] = counts

    before = effective_size.of_people(ties, counts)
    after = effective_size.of_people(renamed, recounted)

    np.testing.assert_allclose(after[number], before, rtol=1e-12, atol=1e-12)


@with_loops
@given(strengths)
def test_effective_size_is_at_most_the_number_of_ties(drawn):
    ties = network(drawn)
    n_ties = np.bincount(np.concatenate((ties.low, ties.high)), minlength=PEOPLE)

    found = effective_size.of_people(ties, weakest=0.0)

    assert (found >= -1e-12).all()
    assert (found <= n_ties + 1e-12).all()
