"""From what people type to a spot on earth: towns and postcodes that this instance knows."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kith.web.gatherings.bridge import names, shelf
from kith.web.gatherings.bridge.finding import Spot
from kith.web.gatherings.choices import TownKind
from kith.web.gatherings.models import Town

MOST = 6
_POINT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
_TYPED_MOST = 80
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


@lru_cache(maxsize=4096)
def _named(text: str, edition: int) -> tuple[Spot, ...]:  # noqa: ARG001 - part of the key
    for name, *qualifiers in _readings(text):
        found = Town.objects.filter(folded=names.fold(name)[:128])
        fitting = [town for town in found if _is_in(town, qualifiers)]
        if fitting:
            # Within a country spelled several ways, or in several feeds, a town is one town.
            ordered = sorted(fitting, key=lambda town: (-town.n_places, town.pk))
            return tuple(_distinct(ordered))[:MOST]
    return ()


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


def _is_in(town: Town, qualifiers: list[str]) -> bool:
    return all(_is_within(town, qualifier) for qualifier in qualifiers)


def _is_within(town: Town, qualifier: str) -> bool:
    folded = names.fold(qualifier)
    own = {names.fold(town.region), town.country.lower(), names.fold(town.folded)}
    if folded in own or names.country_code(qualifier) == town.country != "":
        return True
    region, of = names.region_of(qualifier, town.country)
    return bool(region) and (region, of) == names.region_of(town.region, town.country)


def _distinct(towns: list[Town]) -> Iterator[Spot]:
    seen: list[Town] = []
    for town in towns:
        if all(
            abs(town.latitude - o.latitude) + abs(town.longitude - o.longitude) > 0.5 for o in seen
        ):
            seen.append(town)
            yield Spot(town.latitude, town.longitude, label(town))


def label(town: Town) -> str:
    """Return what to call `town`: a postcode alone, a town with its region."""
    if town.kind == TownKind.POSTCODE:
        return town.name
    return ", ".join(filter(None, (town.name, town.region)))
