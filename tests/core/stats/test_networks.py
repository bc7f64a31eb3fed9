from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn
from tests.core.stats.published import checks, matrix

from kith.core.rng import stream
from kith.core.stats import networks
from kith.errors import InvalidInputError, NoAnswerError


def of(*ties, n=4):
    network = np.zeros((n, n), bool)
    for one, other in ties:
        network[one, other] = True
    return network


@st.composite
def any_network(draw):
    n = draw(st.integers(2, 9))
    network = draw(stn.arrays(bool, (n, n)))
    np.fill_diagonal(network, False)
    return network


SMALL = of((0, 1), (1, 0), (1, 2), (3, 0))


def test_measures_by_hand():
    assert networks.n_ties(SMALL) == 4
    assert networks.n_mutual(SMALL) == 1
    assert networks.density(SMALL) == pytest.approx(4 / 12)
    assert networks.reciprocity(SMALL) == pytest.approx(2 / 4)
    np.testing.assert_array_equal(networks.breadth(SMALL), [2, 2, 1, 1])


def test_change_by_hand():
    change = networks.change(SMALL, of((0, 1), (1, 2), (2, 3)))

    assert change == networks.Change(began=1, ended=2, stayed=2, jaccard=2 / 5)


def test_published_waves_of_pupils():
    waves = [matrix(f"s50/s50{wave}.csv") == 1 for wave in (1, 2, 3)]
    published = checks()["s50"]

    changes = [networks.change(*two) for two in pairwise(waves)]

    assert [networks.n_ties(wave) for wave in waves] == published["ties"]
    assert [networks.n_mutual(wave) for wave in waves] == published["mutual"]
    assert [round(networks.density(wave), 4) for wave in waves] == published["density"]
    assert [round(change.jaccard, 4) for change in changes] == published["jaccard"]
    found = [[change.began, change.ended, change.stayed] for change in changes]
    assert found == published["changes"]


@given(any_network())
def test_names_say_nothing_and_turning_keeps_the_whole(network):
    order = np.arange(len(network))[::-1]
    again = network[np.ix_(order, order)]

    np.testing.assert_array_equal(networks.breadth(again), networks.breadth(network)[order])
    assert networks.n_mutual(network.T) == networks.n_mutual(again)
    assert networks.change(network, network).began == 0
    if network.any():
        assert networks.reciprocity(again) == networks.reciprocity(network.T)
        assert networks.change(network, network).jaccard == 1


@pytest.mark.parametrize(
    ("network", "says"), [(np.zeros((2, 3), bool), "square"), (np.eye(3, dtype=bool), "themselves")]
)
def test_what_is_no_network_is_refused(network, says):
    with pytest.raises(InvalidInputError, match=says):
        networks.n_ties(network)


def test_what_has_no_answer_says_so():
    with pytest.raises(NoAnswerError, match="no tie"):
        networks.reciprocity(of())
    with pytest.raises(NoAnswerError, match="two people"):
        networks.density(of(n=1))
    with pytest.raises(NoAnswerError, match="no tie"):
        networks.with_uncertainty(of(n=60), "reciprocity")
    with pytest.raises(NoAnswerError, match="three people"):
        networks.with_uncertainty(of((0, 1), n=2), "density")
    with pytest.raises(InvalidInputError, match="same people"):
        networks.change(of(), of(n=3))
    assert np.isnan(networks.change(of(), of()).jaccard)


def test_error_of_density_by_hand():
    # A third is left off each way there could be a tie. Off by pairs: 01 4/3; 12, 03 1/3; else -2/3.
    # So by people 1, 1, -1, -1; their squares 4, those of pairs 10/3 - which is more than 4 - 10/3.
    found = networks.with_uncertainty(SMALL, "density")

    assert found.value == pytest.approx(4 / 12)
    assert found.se == pytest.approx(np.sqrt(4 * 3 / 4 * 10 / 3) / 12)
    assert (found.lower, found.upper, found.df) == (0, 1, 3)


def test_measure_that_is_the_same_whoever_is_left_out_is_sure():
    found = networks.with_uncertainty(~np.eye(4, dtype=bool), "reciprocity")

    assert (found.value, found.se, found.lower, found.upper, found.p) == (1, 0, 1, 1, 0)


def test_waves_are_as_alike_as_they_are_give_or_take():
    one, two = (matrix(f"s50/s50{wave}.csv") == 1 for wave in (1, 2))

    found = networks.jaccard(one, two)

    # Loop by loop: errors of two ties go together where the ties share a person.
    stayed, any_ = one & two, one | two
    off = stayed - found.value * any_
    ties = np.argwhere(any_)
    shared = (ties[:, None, :, None] == ties[None, :, None, :]).any(axis=(2, 3))
    spread = sum(off[tuple(ties[i])] * off[tuple(ties[j])] for i, j in np.argwhere(shared))
    assert found.value == networks.change(one, two).jaccard
    assert found.se == pytest.approx(np.sqrt(spread * 50 * 49) / 48 / any_.sum())
    assert 0.2 < found.lower < found.value < found.upper < 0.5


def test_the_same_wave_twice_is_whole_whoever_is_left_out():
    one = matrix("s50/s501.csv") == 1

    found = networks.jaccard(one, one)

    assert (found.value, found.se, found.lower, found.upper) == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("before", "says"), [(of(), "no ties left"), (of((0, 1)), "no ties left"), (of(n=2), "three")]
)
def test_waves_with_too_little_to_compare_say_so(before, says):
    with pytest.raises(NoAnswerError, match=says):
        networks.jaccard(before, before)


def test_level_of_waves_is_between_0_and_1():
    with pytest.raises(InvalidInputError, match="level must be"):
        networks.jaccard(SMALL, SMALL, level=95.0)


def test_an_interval_needs_a_level():
    with pytest.raises(InvalidInputError, match="level must be"):
        networks.with_uncertainty(SMALL, "density", level=95.0)


@pytest.mark.calibration
@pytest.mark.parametrize("differ", [True, False])
@pytest.mark.parametrize(
    ("measure", "truth"),
    # Ties of two are drawn on their own once their likings are known: E p^2 / E p, where
    # p is the mean of two likings, each of mean 0.2 and variance 0.16 / 11.
    [("density", 0.2), ("reciprocity", (0.04 + 0.16 / 22) / 0.2)],
)
def test_intervals_of_measures_cover(measure, truth, differ):
    dice = stream(1, "networks")
    covered = 0
    for _ in range(2_000):
        # Each has a liking of their own, so ties of one person are alike.
        liking = dice.beta(2, 8, 40) if differ else np.full(40, 0.2)
        network = dice.random((40, 40)) < (liking[:, None] + liking) / 2
        np.fill_diagonal(network, False)
        found = networks.with_uncertainty(network, measure)
        truth = truth if differ or measure == "density" else 0.2
        covered += found.lower <= truth <= found.upper

    assert 0.93 <= covered / 2_000 <= 0.97


@pytest.mark.calibration
def test_error_of_jaccard_is_its_spread():
    dice = stream(1, "waves")
    found = []
    for _ in range(2_000):
        liking, lasting = dice.beta(2, 8, 40) * 0.6, dice.beta(4, 2, 40)
        likely = (liking[:, None] + liking) / 2
        before = dice.random((40, 40)) < likely
        after = np.where(
            before,
            dice.random((40, 40)) < (lasting[:, None] + lasting) / 2,
            dice.random((40, 40)) < likely * 0.4,
        )
        for wave in (before, after):
            np.fill_diagonal(wave, False)
        found.append(networks.jaccard(before, after))

    spread = np.std([one.value for one in found])
    assert np.mean([one.se for one in found]) == pytest.approx(spread, rel=0.06)
    middle = np.mean([one.value for one in found])
    assert 0.93 <= np.mean([one.lower <= middle <= one.upper for one in found]) <= 0.97
