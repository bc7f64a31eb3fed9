"""Which squares of the map lie within reach of one."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians

from kith.core.places import distance_km

_KM_PER_DEGREE = 111.2
# Next door: the same square, or one that touches it.
_TOUCHES = 1


@dataclass(frozen=True, slots=True)
class Square:
    """A square by its row from the equator and its column from Greenwich, and how far it is."""

    row: int
    column: int
    ring: int


@lru_cache(maxsize=1024)
def squares_within(
    row: int, column: int, *, per_degree: int, reach_km: float
) -> tuple[Square, ...]:
    """Return the squares whose middles lie at most `reach_km` from that of one, itself among them.

    Its `ring` is 0 for the square itself and those that touch it, and 1 for the others.
    """
    latitude = (row + 0.5) / per_degree
    up = ceil(reach_km / _KM_PER_DEGREE * per_degree)
    # Near a pole a circle round the world is short: no wider than all of it.
    narrow = max(cos(radians(min(abs(latitude) + up / per_degree, 89))), 0.01)
    aside = min(ceil(up / narrow), 180 * per_degree - 1)
    rows = range(max(row - up, -90 * per_degree), min(row + up, 90 * per_degree - 1) + 1)
    return tuple(
        Square(r, _round_the_world(column + east, per_degree), _ring(r - row, east))
        for r in rows
        for east in range(-aside, aside + 1)
        if _km(row, r, east, per_degree) <= reach_km
    )


def _ring(north: int, east: int) -> int:
    return 0 if max(abs(north), abs(east)) <= _TOUCHES else 1


def _km(row: int, other: int, east: int, per_degree: int) -> float:
    here, there = (row + 0.5) / per_degree, (other + 0.5) / per_degree
    return distance_km(here, 0.0, there, east / per_degree)


def _round_the_world(column: int, per_degree: int) -> int:
    half = 180 * per_degree
    return (column + half) % (2 * half) - half
