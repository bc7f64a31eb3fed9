"""Where people live, and with whom."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int32, Int64
from scipy.spatial import cKDTree

from kith.core.population.settings import TownSettings
from kith.core.rng import stream

# The standard deviation of the logarithm of the size of a place: a few are large, most small.
_UNEVEN = 0.8
# How far apart neighboring places are, about.
_APART_KM = 5.0
NEIGHBORS = 6


class Living(NamedTuple):
    """Who lives where.

    Args:
        places: Kilometers east and north of a corner.
        home: The place of each person; people stand in order of it.
        household: With whom each lives, numbered in the order of people.
    """

    places: Float64[np.ndarray, "places 2"]
    home: Int32[np.ndarray, "people"]
    household: Int32[np.ndarray, "people"]


def live(settings: TownSettings, *, seed: int) -> Living:
    """Return places of uneven size, people who live there, and households within them."""
    many = max(1, round(settings.people / settings.people_a_place))
    dice = stream(seed, "town", "places")
    places = dice.random((many, 2)) * _APART_KM * np.sqrt(many)
    size = np.exp(_UNEVEN * dice.standard_normal(many))
    home = np.sort(dice.choice(many, settings.people, p=size / size.sum()).astype(np.int32))
    return Living(places, home, households(home, settings.household, seed))


def households(
    home: Int32[np.ndarray, "people"], mean: float, seed: int, *names: int
) -> Int32[np.ndarray, "people"]:
    """Return the household of each person: the next one begins by chance, and with each place."""
    begins = stream(seed, "town", "households", *names).random(len(home)) < 1 / mean
    begins[1:] |= home[1:] != home[:-1]
    return (np.cumsum(begins) - begins[:1]).astype(np.int32)


def nearest(places: Float64[np.ndarray, "places 2"]) -> Int64[np.ndarray, "places few"]:
    """Return the places nearest to each, itself left out; itself where there is no other."""
    few = min(NEIGHBORS + 1, len(places))
    near = cKDTree(places).query(places, k=few)[1].reshape(len(places), few).astype(np.int64)
    return np.asarray(near[:, 1:] if few > 1 else near)
