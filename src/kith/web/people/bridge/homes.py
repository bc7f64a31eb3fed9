"""From what somebody types to nine squares of the map, and from a square back to a town's name.

What is typed is read once and kept nowhere: not in a row, a log or a cache.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.core.places import (
    City,
    cities_named,
    cities_within,
    country_code,
    country_name,
    distance_km,
    known_zone,
    names,
    region_of,
)
from kith.web.people.models import Cell
from kith.web.people.models.cell import PER_DEGREE

SPOTS_MOST = 6
# How far from a square the town may be that it is said to lie near.
_NEAR_KM = 25.0
_TOWNS_NAMED = 2
# The picture of nine squares, in its own units.
SIDE = 300

_COMPASS = (
    (_("North-west"), _("North"), _("North-east")),
    (_("West"), _("Here"), _("East")),
    (_("South-west"), _("South"), _("South-east")),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A town or a postcode that somebody may mean."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Square:
    """One of the nine: where it lies from the middle, and the towns that have their middle in it."""

    cell: Cell
    way: str
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A town in the picture."""

    x: int
    y: int
    r: int


@dataclass(frozen=True, slots=True)
class Map:
    """Nine squares, from the north-west to the south-east, and the dots of the towns in them."""

    squares: tuple[Square, ...]
    dots: tuple[Dot, ...]


Finder = Callable[[str], Iterable[Spot]]
# Other parts of kith know places too, such as the postcodes where something meets.
_finders: list[Finder] = []


def also_ask(finder: Finder) -> None:
    """Let `finder` be asked, too, where something lies. It must keep nothing of what it is asked."""
    if finder not in _finders:
        _finders.append(finder)


def spots_named(text: str) -> tuple[Spot, ...]:
    """Return the spots that `text` may mean, the likeliest first; () if we know of none."""
    text = " ".join(text.split())
    for finder in _finders:
        if found := tuple(finder(text)):
            return found[:SPOTS_MOST]
    for name, qualifiers in _readings(text):
        cities = [city for city in cities_named(name) if _is_in(city, qualifiers)]
        if cities:
            return tuple(map(_spot, cities[:SPOTS_MOST]))
    return ()


def map_around(cell: Cell) -> Map:
    """Return the nine squares of which `cell` is the middle."""
    south, west = _corner(cell.beside(north=-1, east=-1))
    towns = cities_within(south, south + 3 / PER_DEGREE, west, west + 3 / PER_DEGREE)
    squares = [
        _square(cell.beside(north=1 - down, east=across - 1), str(_COMPASS[down][across]), towns)
        for down in range(3)
        for across in range(3)
    ]
    return Map(tuple(squares), tuple(_dot(town, south, west) for town in towns))


def town_near(cell: Cell) -> str:
    """Return the town nearest to the middle of `cell`, or ""."""
    latitude, longitude = cell.middle
    reach = 0.5
    around = cities_within(latitude - reach, latitude + reach, longitude - reach, longitude + reach)
    far = [
        (distance_km(latitude, longitude, town.latitude, town.longitude), town.name)
        for town in around
    ]
    nearest = min(far, default=(_NEAR_KM, ""))
    return nearest[1] if nearest[0] < _NEAR_KM else ""


@dataclass(frozen=True, slots=True)
class Home:
    """The square somebody lives in, for them to see."""

    cell: Cell
    town: str

    @property
    def words(self) -> str:
        """Where it is, in words."""
        if self.town:
            return gettext("a square of about 5 km near %(town)s") % {"town": self.town}
        return gettext("a square of about 5 km, far from any town we know")


def home_of(value: list[int]) -> Home:
    """Return the home that `Said` keeps as `value`."""
    cell = Cell(*value)
    return Home(cell, town_near(cell))


def zone_named(name: str, otherwise: str) -> str:
    """Return the time zone called `name`, as a browser says it, if there is one."""
    name = name.replace("%2F", "/")
    return name if name and known_zone(name) == name else otherwise


def _readings(text: str) -> Iterable[tuple[str, list[str]]]:
    """Yield what `text` may be: a name, and what it is said to lie in."""
    name, *qualifiers = [part.strip() for part in text.split(",")]
    words = name.split()
    yield name, qualifiers
    for at in range(len(words) - 1, 0, -1):
        # "Irvine CA": what comes last may be a region.
        yield " ".join(words[:at]), [" ".join(words[at:]), *qualifiers]
    if any(character.isdigit() for character in text):
        # "London SE1 7PB", "1 High Street, Irvine": the town at least.
        lettered = [word for word in words if not any(c.isdigit() for c in word)]
        yield " ".join(lettered), qualifiers
        yield from ((part, []) for part in qualifiers)


def _is_in(city: City, qualifiers: Iterable[str]) -> bool:
    return all(_is_within(city, qualifier) for qualifier in qualifiers if qualifier)


def _is_within(city: City, qualifier: str) -> bool:
    if country_code(qualifier) == city.country:
        return True
    region, of = region_of(qualifier, city.country)
    own = region_of(city.region, city.country)
    return names.fold(qualifier) == names.fold(city.region) or (
        bool(region) and (region, of) == own
    )


def _spot(city: City) -> Spot:
    where = city.region or country_name(city.country)
    return Spot(", ".join(filter(None, (city.name, where))), city.latitude, city.longitude)


def _square(cell: Cell, way: str, towns: Iterable[City]) -> Square:
    inside = [town.name for town in towns if Cell.at(town.latitude, town.longitude) == cell]
    return Square(cell, way, tuple(inside[:_TOWNS_NAMED]))


def _corner(cell: Cell) -> tuple[float, float]:
    return cell.row / PER_DEGREE, cell.column / PER_DEGREE


def _dot(town: City, south: float, west: float) -> Dot:
    scale = SIDE * PER_DEGREE / 3
    east = (town.longitude - west) % 360
    radius = 4 + 3 * (town.population > 20_000) + 4 * (town.population > 100_000)
    return Dot(round(east * scale), round(SIDE - (town.latitude - south) * scale), radius)
