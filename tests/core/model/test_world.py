from dataclasses import replace

import numpy as np
import pytest

from kith.core.model.world import Arm, World
from kith.core.population.network import Network
from kith.errors import InvalidInputError


def _pair() -> Network:
    weight = np.full(2, 0.5, np.float32)
    start, other = np.array([0, 1, 2, 2]), np.array([1, 0], np.int32)
    return Network(start, other, weight, weight, weight, weight)


def _arm() -> Arm:
    return Arm(
        name="pairs",
        partners=np.array([[1], [0], [-1]], np.int32),
        contact_rate=np.array([0.25, 0.25, 0.0], np.float32),
        at_cue=1.0,
        reliability=0.9,
        systems=np.full(5, 0.2, np.float32),
        depth=0.5,
        gives=0.5,
        reach_q=0.3,
    )


def test_network_says_whose_each_tie_is():
    network = _pair()

    assert network.people == 3
    assert network.holder.tolist() == [0, 1]
    assert network.degree.tolist() == [1, 1, 0]


def test_network_keeps_only_what_it_is_told_to():
    left = _pair().only(np.array([False, True]))

    assert left.start.tolist() == [0, 0, 1, 1]
    assert left.other.tolist() == [0]


def test_network_refuses_a_tie_to_oneself():
    network = _pair()

    with pytest.raises(InvalidInputError, match="row 0 has other 0: must be another person"):
        replace(network, other=np.array([0, 0], np.int32))


def test_network_refuses_ties_that_are_nobodys():
    weight = np.full(2, 0.5, np.float32)

    with pytest.raises(InvalidInputError, match="start must run from 0 to 2"):
        Network(np.array([0, 1]), np.array([1, 0], np.int32), weight, weight, weight, weight)


def _of_three() -> World:
    return World(
        network=_pair(),
        habit_rate=np.full(3, 0.04, np.float32),
        resolve=np.full(3, 16.0, np.float32),
        is_isolated=np.zeros(3, np.bool_),
        is_using=np.zeros(3, np.bool_),
        days=np.zeros(3, np.int32),
    )


def test_world_refuses_rows_of_other_people():
    with pytest.raises(InvalidInputError, match="3 people, and 2 rows"):
        World(
            network=_pair(),
            habit_rate=np.full(2, 0.05, np.float32),
            resolve=np.full(2, 9.0, np.float32),
            is_isolated=np.zeros(2, bool),
            is_using=np.zeros(2, bool),
            days=np.zeros(2, np.int32),
        )


def test_world_refuses_a_habit_that_forms_at_once():
    with pytest.raises(InvalidInputError, match=r"row 1 has habit_rate 1\.0"):
        World(
            network=_pair(),
            habit_rate=np.array([0.04, 1.0, 0.04], np.float32),
            resolve=np.full(3, 16.0, np.float32),
            is_isolated=np.zeros(3, np.bool_),
            is_using=np.zeros(3, np.bool_),
            days=np.zeros(3, np.int32),
        )


def test_world_refuses_days_below_none():
    with pytest.raises(InvalidInputError, match="row 2 has days -1"):
        replace(_of_three(), days=np.array([0, 4, -1], np.int32))


def test_dose_of_an_arm_is_its_contacts_in_a_week():
    assert _arm().contacts_a_week == pytest.approx(0.5 / 3 * 28, abs=1e-6)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"partners": np.array([[0], [0], [-1]], np.int32)}, "partners other than themselves"),
        ({"partners": np.array([[3], [0], [-1]], np.int32)}, "partners -1 to 2"),
        ({"contact_rate": np.array([1.5, 0, 0], np.float32)}, "row 0 has contact_rate 1.5"),
        ({"systems": np.full(5, -1, np.float32)}, "row 0 has systems -1.0"),
        ({"systems": np.full(5, 0.3, np.float32)}, "systems must be at most 1 in all, got 1.5"),
        ({"reliability": 1.1}, "reliability must be from 0 to 1, got 1.1"),
    ],
)
def test_arm_refuses_what_no_design_can_give(changed, said):
    with pytest.raises(InvalidInputError, match=said):
        replace(_arm(), **changed)
