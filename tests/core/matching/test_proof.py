import numpy as np
import pytest
from benchmarks.crowd import crowd
from hypothesis import given
from hypothesis import strategies as st
from tests.core.matching.circle_of_friends import best_value, people
from tests.core.matching.strategies import seeds, small_crowd
from tests.core.matching.test_search import FEW_WINDOWS, with_engine

from kith.core.matching import Circles
from kith.core.matching.proof import MOST_PEOPLE, TooManyToProveError, prove
from kith.core.matching.search import form


@pytest.mark.usefixtures("engine")
@with_engine
@given(st.integers(0, 9), seeds)
def test_proof_is_the_best_of_all_choices(n, seed):
    some = small_crowd(n, seed)

    proof = prove(some, Circles.of([]), seed=1)

    assert (proof.bound, proof.is_optimum) == (best_value(some), True)


def test_proof_finds_what_a_hasty_search_did_not():
    some = crowd(60, 2)
    hasty = form(some, seed=1, effort=FEW_WINDOWS)

    proof = prove(some, hasty, seed=1)

    assert proof.is_optimum
    assert proof.bound >= hasty.value.sum()


def test_search_finds_the_optimum_of_sixty():
    some = crowd(60)

    circles = form(some, seed=1)

    assert prove(some, circles, seed=1).bound == circles.value.sum()


def test_too_many_are_not_proved():
    some = people(MOST_PEOPLE + 1)

    with pytest.raises(TooManyToProveError, match="up to 600 people, not for 601") as error:
        prove(some, Circles.of([]), seed=1)

    assert error.value.people == 601


def test_nobody_is_proved_at_once():
    proof = prove(people(2), Circles.of([]), seed=1)

    assert proof == (0, True, [])
    assert np.array(proof.members).size == 0
