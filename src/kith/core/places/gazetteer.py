"""The world's towns of 5,000 people and more: where they are, for people who type their name.

From GeoNames (data/SOURCE.md). In each place's own language, in English, and for the largest
in many more.
"""

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from jaxtyping import Float64

from kith.core.places.names import fold

_GREATER = 10


@dataclass(frozen=True, slots=True)
class City:
    """A town.

    Args:
        region: What people write after its name in the US, Canada and Australia; else "".
        country: ISO code.
        latitude, longitude: Of its middle, in degrees.
        population: People; 0 if unknown.
    """

    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    population: int


def cities_named(name: str) -> tuple[City, ...]:
    """Return the towns of this name, however it is written, the most populous first."""
    start = f"{fold(name)}\t"
    lines = _lines()
    found = []
    at = bisect_left(lines, start)
    while at < len(lines) and lines[at].startswith(start):
        found.append(_city(lines[at]))
        at += 1
    own = max((city.population for city in found if fold(city.name) == fold(name)), default=0)
    # What is called so only in another language has to be much greater than what really is:
    # Washington, D.C. before Washington in Utah, but Salem before Jerusalem.
    kept = [c for c in found if fold(c.name) == fold(name) or c.population > _GREATER * own]
    return tuple(sorted(kept, key=lambda city: -city.population))


def cities_within(south: float, north: float, west: float, east: float) -> tuple[City, ...]:
    """Return the towns in a box of degrees, the most populous first; `east` may lie beyond 180."""
    latitudes, longitudes = _points()
    is_in = (south <= latitudes) & (latitudes < north) & ((longitudes - west) % 360 < east - west)
    # One town has a line for each of its names.
    found = {_city(_lines()[at]) for at in np.flatnonzero(is_in)}
    return tuple(sorted(found, key=lambda city: (-city.population, city.name)))


@cache
def _points() -> Float64[np.ndarray, "axes lines"]:
    """Return the latitude and longitude of each line."""
    return np.array([line.split("\t")[4:6] for line in _lines()], dtype=np.float64).T.copy()


@cache
def _lines() -> list[str]:
    """Return one line for each name, in order; only those that are asked for are taken apart."""
    path = files("kith.core.places") / "data/towns.tsv.gz"
    return gzip.decompress(path.read_bytes()).decode().rstrip("\n").split("\n")


def _city(line: str) -> City:
    _folded, name, region, country, latitude, longitude, population = line.split("\t")
    return City(name, region, country, float(latitude), float(longitude), int(population))
