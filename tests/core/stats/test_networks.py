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
    assert sorted(map(sorted, found)) == sorted(map(sorted, published["changes"]))


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
    with pytest.raises(NoAnswerError, match="in most networks"):
        networks.with_uncertainty(
            of((0, 1), n=60), networks.reciprocity, name="reciprocity", seed=1, draws=200
        )
    with pytest.raises(InvalidInputError, match="same people"):
        networks.change(of(), of(n=3))
    assert np.isnan(networks.change(of(), of()).jaccard)


def test_a_seed_always_draws_the_same():
    network = matrix("s50/s501.csv") == 1

    one, other = (
        networks.with_uncertainty(network, networks.density, name="density", seed=3, draws=200)
        for _ in range(2)
    )

    assert one == other
    assert one.lower < one.value < one.upper


@pytest.mark.calibration
def test_intervals_of_density_cover():
    dice = stream(1, "networks")
    covered = 0
    for turn in range(200):
        # Each has a liking of their own, so ties of one person are alike.
        liking = dice.beta(2, 8, 40)
        network = dice.random((40, 40)) < (liking[:, None] + liking) / 2
        np.fill_diagonal(network, False)
        found = networks.with_uncertainty(network, networks.density, name="d", seed=turn, draws=200)
        covered += found.lower <= 0.2 <= found.upper

    assert 0.9 <= covered / 200 <= 0.99
