from math import e

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tests.core.stats.published import checks

from kith.core.rng import stream
from kith.core.stats.group_sequential import boundaries, spent
from kith.errors import InvalidInputError


def test_one_look_is_a_plain_test():
    assert boundaries(np.array([1.0])) == pytest.approx([norm.isf(0.025)])


def test_first_look_by_hand():
    # 0.05 ln(1 + (e - 1) / 2) = 0.0310 is spent at half of the information.
    first = boundaries(np.array([0.5, 1.0]), spending="pocock")[0]

    assert 2 * norm.sf(first) == pytest.approx(0.05 * np.log((e + 1) / 2))


def test_boundaries_are_those_of_the_reference():
    told = checks()["alpha_spending_LD_OBF_K5_two_sided_.05"]

    found = boundaries(np.arange(1, 6) / 5)

    # Its second is 0.0001 below what adaptive quadrature gives, 3.35701; all others are equal.
    np.testing.assert_allclose(found, told, atol=1.2e-4, rtol=0)
    assert found[1] == pytest.approx(3.3570119, abs=1e-7)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 100), min_size=1, max_size=6, unique=True))
def test_what_is_spent_rises_to_alpha_and_no_more(looks):
    fractions = np.sort(np.array(looks)) / max(looks)

    for spending in ("obrien_fleming", "pocock"):
        owed = spent(fractions, spending=spending)

        assert (np.diff(owed) > 0).all()
        assert owed[-1] == pytest.approx(0.05)
        assert (boundaries(fractions, spending=spending) > 1.9).all()


@pytest.mark.parametrize("wrong", [[], [0.0, 1.0], [0.5, 0.5], [0.5, 1.1], [0.9, 0.5]])
def test_fractions_that_do_not_rise_to_one_are_refused(wrong):
    with pytest.raises(InvalidInputError, match="fractions must rise"):
        boundaries(np.array(wrong, float))


@pytest.mark.calibration
@pytest.mark.parametrize("spending", ["obrien_fleming", "pocock"])
def test_false_alarms_come_in_5_of_100_studies(spending):
    fractions = np.array([0.2, 0.35, 0.8, 1.0])
    steps = stream(3, "looks").normal(size=(400_000, 4)) * np.sqrt(np.diff(fractions, prepend=0.0))

    z = steps.cumsum(axis=1) / np.sqrt(fractions)

    stops = (np.abs(z) > boundaries(fractions, spending=spending)).any(axis=1)
    assert abs(stops.mean() - 0.05) < 0.0015
