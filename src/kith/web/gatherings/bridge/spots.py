"""From what people type to a spot on earth: a town, a postcode where something meets, a point."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kith.core.places import (
    City,
    cities_named,
    country_code,
    country_name,
    distance_km,
    names,
    region_of,
)
from kith.web.gatherings.bridge import shelf
from kith.web.gatherings.bridge.finding import Spot
from kith.web.gatherings.choices import TownKind
from kith.web.gatherings.models import Town
from kith.web.people.bridge import homes

MOST = 6
_POINT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
_TYPED_MOST = 80
# Two points this near under one name are one town.
_ONE_TOWN_KM = 50
# As in "1 High Street, Irvine, CA, 92612, USA".
_PARTS_MOST = 5


def spots_named(text: str) -> tuple[Spot, ...]:
    """Return the spots that `text` may mean, the likeliest first; () if we know of none.

    Takes a town ("Irvine", "Irvine, CA"), a postcode or its first half ("92612", "SE1"), both
    ("London SE1 7PB"), or a latitude and longitude.
    """
    text = " ".join(text.split())[:_TYPED_MOST]
    point = spot_at(text)
    if point is not None:
        return (point,)
    return _named(text, shelf.current().edition) if text else ()


def spot_at(text: str) -> Spot | None:
    """Return the spot that a latitude and longitude name, or None."""
    match = _POINT.match(text)
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    return Spot(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def postcodes_named(text: str) -> Iterator[homes.Spot]:
    """Yield where the postcodes lie that `text` may be; for those who keep nothing of what is typed."""
    folded = [names.fold(code)[:128] for code in names.postcodes(text, "US")]
    for town in Town.objects.filter(folded__in=folded, kind=TownKind.POSTCODE):
        yield homes.Spot(town.name, town.latitude, town.longitude)


@lru_cache(maxsize=4096)
def _named(text: str, edition: int) -> tuple[Spot, ...]:  # noqa: ARG001 - part of the key
    for name, *qualifiers in _readings(text):
        cities = [_of_city(city) for city in cities_named(name)]
        towns = [
            _at_its_middle(_of_town(town), cities)
            for town in Town.objects.filter(folded=names.fold(name)[:128])
        ]
        found = [place for place in (*towns, *cities) if _is_in(place, qualifiers)]
        if found:
            return _spots(found)
    return ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A town or a postcode: one of ours, where something meets, or one of the world's."""

    name: str
    region: str
    country: str
    point: tuple[float, float]
    n_doors: int = 0
    population: int = 0
    is_postcode: bool = False


def _of_city(city: City) -> _Place:
    point = (city.latitude, city.longitude)
    return _Place(city.name, city.region, city.country, point, population=city.population)


def _of_town(town: Town) -> _Place:
    return _Place(
        town.name,
        town.region,
        town.country,
        (town.latitude, town.longitude),
        n_doors=town.n_places,
        is_postcode=town.kind == TownKind.POSTCODE,
    )


def _at_its_middle(town: _Place, cities: Iterable[_Place]) -> _Place:
    """Return `town` where the town is, not where the few of its doors are that a list names."""
    for city in cities:
        if (
            not town.is_postcode
            and town.country in ("", city.country)
            and distance_km(*town.point, *city.point) < _ONE_TOWN_KM
        ):
            return replace(town, point=city.point, population=city.population)
    return town


def _spots(found: Iterable[_Place]) -> tuple[Spot, ...]:
    """Return the spots of these places, first where most meets, then where most people live."""
    places = list(_distinct(sorted(found, key=lambda p: (-p.n_doors, -p.population))))
    named: dict[str, _Place] = {}
    for place in places:
        label = _label(place, with_country=True)
        if label not in named:
            named[label] = place
        elif not named[label].population:
            # Of two that cannot be told apart the world's list knows better where the town is:
            # a feed's few doors elsewhere are mostly a fault.
            named[label] = replace(place, n_doors=named[label].n_doors)
    # Where something meets, its namesakes without a door are not worth a word.
    kept = [place for place in named.values() if place.n_doors or not places[0].n_doors][:MOST]
    return tuple(Spot(*p.point, _label(p, with_country=len(kept) > 1)) for p in kept)


def _readings(text: str) -> Iterator[list[str]]:
    """Yield what `text` may be, the likeliest first: a name, and what it is said to lie in."""
    parts = [part.strip() for part in text.split(",") if part.strip()][-_PARTS_MOST:]
    if not parts:
        return
    yield parts
    tails = list(_tails(" ".join(parts)))
    for _head, tail in tails:
        # "SE1 7PB", of which we may only know "SE1"; "London SE1 7PB".
        yield from ([code] for code in names.postcodes(tail, "US"))
    for head, tail in _tails(parts[0]):
        # "Irvine CA": what comes last may be a region.
        yield [head, tail, *parts[1:]]
    # "1 High Street, Irvine, CA": what comes first may be a door.
    yield from (parts[begin:] for begin in range(1, len(parts)))
    yield parts[:1]
    # "Dublin 2", "London SE1 7PB": the town at least.
    yield from ([head] for head, tail in tails if any(c.isdigit() for c in tail))


def _tails(text: str) -> Iterator[tuple[str, str]]:
    """Yield `text` cut in two before its last word, and before the one before that."""
    words = text.split()
    for count in range(1, min(2, len(words)) + 1):
        yield " ".join(words[:-count]), " ".join(words[-count:])


def _is_in(place: _Place, qualifiers: Iterable[str]) -> bool:
    return all(_is_within(place, qualifier) for qualifier in qualifiers)


def _is_within(place: _Place, qualifier: str) -> bool:
    folded = names.fold(qualifier)
    own = {names.fold(place.region), place.country.lower(), names.fold(place.name)}
    if folded in own or country_code(qualifier) == place.country != "":
        return True
    region, of = region_of(qualifier, place.country)
    return bool(region) and (region, of) == region_of(place.region, place.country)


def _distinct(places: Iterable[_Place]) -> Iterator[_Place]:
    """Yield `places` without those that are another one, spelled otherwise or in another feed."""
    seen: list[_Place] = []
    for place in places:
        if all(distance_km(*place.point, *other.point) > _ONE_TOWN_KM for other in seen):
            seen.append(place)
            yield place


def _label(place: _Place, *, with_country: bool) -> str:
    """Return what to call `place`, so that typing it finds it: a postcode alone, a town by region."""
    if place.is_postcode:
        return place.name
    last = place.region or (country_name(place.country) if with_country else "")
    return ", ".join(dict.fromkeys(filter(None, (place.name, last))))
