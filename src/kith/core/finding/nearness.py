"""What is nearest, among very many: straight lines through the earth, and few things sorted.

A straight line orders points as the way around the earth does, and costs no sines. Lines are
in earth radii, and squared.
"""

from math import cos, pi, radians, sin

import numpy as np
from jaxtyping import Float, Float32, Float64, Int64

from kith.core.places.distance import EARTH_RADIUS_KM

# About the root of how many calls an evening holds.
_BLOCK = 64


def unit_vector(latitude: float, longitude: float) -> Float64[np.ndarray, "3"]:
    """Return where one point (degrees) lies on a ball of radius 1."""
    phi, lam = radians(latitude), radians(longitude)
    return np.array([cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)])


def squared_chords(
    points: Float[np.ndarray, "3 some"], toward: Float[np.ndarray, "3"]
) -> Float[np.ndarray, "some"]:
    """Return the squares of the straight lines from `points` to `toward` (unit vectors)."""
    away = points - toward[:, None]
    away *= away
    squares: Float[np.ndarray, some] = away[0] + away[1] + away[2]
    return squares


def squared_chord(km: float) -> float:
    """Return the square of the straight line beneath `km` around the earth."""
    return 4 * sin(min(km / EARTH_RADIUS_KM, pi) / 2) ** 2


def km_around(squares: Float64[np.ndarray, "some"]) -> Float32[np.ndarray, "some"]:
    """Return the km around the earth above straight lines of these squares."""
    angles = 2 * np.arcsin(np.minimum(1.0, np.sqrt(squares) / 2))
    km: Float32[np.ndarray, some] = (EARTH_RADIUS_KM * angles).astype(np.float32)
    return km


def least(values: Float[np.ndarray, "_"], count: int) -> Int64[np.ndarray, "_"]:
    """Return where the `count` least of `values` are, least first; of equal ones the earlier.

    The least of each block tell how great the last of them can be at most, so only a few have
    to be sorted.
    """
    few = np.arange(len(values))
    blocks = few[::_BLOCK]
    if 0 < count < len(blocks):
        limit = np.partition(np.minimum.reduceat(values, blocks), count - 1)[count - 1]
        few = np.flatnonzero(values <= limit)
    chosen: Int64[np.ndarray, _] = few[np.argsort(values[few], kind="stable")[:count]]
    return chosen
