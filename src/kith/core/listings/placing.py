"""Where a record meets: its venue with a point that can be believed, or without one."""

import re
from dataclasses import replace
from typing import Any

from kith.core.listings.contacts import without_contacts
from kith.core.listings.draft import Draft, Place, text_of
from kith.core.listings.facts import Facts, country_of, is_in_country, place_keys
from kith.core.listings.listing import Venue
from kith.core.listings.numbers import is_null_island, number
from kith.core.listings.text import plain
from kith.core.places import country_code, region_of, same_clock, zone_at, zone_of_region
from kith.core.places.countries import country_of_zone
from kith.core.places.names import fold

COORDINATES = "coordinates"
# Names that say how one joins, not where one goes.
_NOT_PLACES = frozenset(
    "zoom|online|on line|virtual|on zoom|online only|zoom only|on zoom only|online meeting|internet"
    "|virtual meeting|zoom meeting|phone|telephone|conference call|web|skype|google meet".split("|")
)
_JUNK_ADDRESS = re.compile(
    r"^(?:\d+ other meetings? at this location|online: ?\S*|-|n/?a|none|tba|tbd|unknown|null"
    r"|contact (?:us|host|group).*)$",
    re.IGNORECASE,
)
# How far from its country a point may be (degrees) before it is called wrong: a meeting just
# across a border is real, and country names on islands and borders are often loose.
_NEAR_RINGS = (0.5, 1.2)
_FIELDS = ("name", "neighborhood", "borough", "county", "street", "city", "region", "postal_code", "address", "find_the_door", "from_the_stop")  # fmt: skip
_PROSE = ("find_the_door", "from_the_stop")
_LONGEST = {"address": 400, "find_the_door": 1000, "from_the_stop": 1000}


def venue_of(draft: Draft, place: Place, facts: Facts, default_country: str) -> Venue | None:
    """Return the venue `place` describes, or None if it describes none; repairs go to `draft`.

    A point is kept only where it agrees with what the record itself says about its country
    and state; one that is swapped or has lost its sign is set right; one that contradicts the
    address is left out, and a place of the same feed at the same address lends its own.
    """
    tidy = _tidied(draft, place, default_country)
    country = country_of(tidy)
    point, is_approximate = _believed(draft, tidy, country, facts)
    is_place = any((tidy.name, tidy.street, tidy.city, tidy.postal_code, tidy.address))
    if point is None and is_place:
        point, is_approximate = _borrowed(draft, tidy, facts)
    if point is None and not is_place:
        return None
    found_country = country_of_zone(zone_at(*point)) if point else ""
    return Venue(
        key=tidy.key,
        name=tidy.name,
        street=tidy.street,
        neighborhood=tidy.neighborhood,
        borough=tidy.borough,
        city=tidy.city,
        county=tidy.county,
        region=tidy.region,
        postal_code=tidy.postal_code,
        country=country or found_country or default_country or facts.only_country,
        address=tidy.address or _one_line(tidy),
        latitude=round(point[0], 6) if point else None,
        longitude=round(point[1], 6) if point else None,
        is_approximate=point is not None and is_approximate,
        find_the_door=tidy.find_the_door,
        from_the_stop=tidy.from_the_stop,
    )


def is_specific(place: Place) -> bool:
    """Return whether an address leads to a door: a number in it, or a street or named place."""
    if place.street or any(c.isdigit() for c in place.address):
        return True
    return bool(place.name) and fold(place.name) not in _NOT_PLACES


def _tidied(draft: Draft, place: Place, default_country: str) -> Place:
    values = {name: _plain(draft, place, name) for name in _FIELDS}
    if fold(values["name"]) in _NOT_PLACES or _JUNK_ADDRESS.match(values["name"]):
        values["name"] = ""
    for name in ("street", "address"):
        if _JUNK_ADDRESS.match(values[name]):
            draft.repair(name, f"{values[name]!r} is no address")
            values[name] = ""
    for name in filter(values.get, _PROSE):
        country = country_code(place.country) or default_country
        values[name], why = without_contacts(values[name], country)
        for reason in why:
            draft.repair(name, reason)
    changed: dict[str, Any] = {n: v for n, v in values.items() if v != getattr(place, n)}
    return replace(place, **changed) if changed else place


def _plain(draft: Draft, place: Place, name: str) -> str:
    value: str = getattr(place, name)
    if not value:
        return ""
    text, why = plain(value, longest=_LONGEST.get(name, 255), lines=name in _PROSE)
    for reason in why:
        draft.repair(name, reason)
    return text


def _believed(
    draft: Draft, place: Place, country: str, facts: Facts
) -> tuple[tuple[float, float] | None, bool]:
    lat, lon = number(place.latitude), number(place.longitude)
    if lat is None or lon is None:
        _complain(draft, place)
        return None, False
    if is_null_island(lat, lon):
        draft.repair(COORDINATES, "left out: 0, 0 is at sea, and stands for nothing")
        return None, False
    point = _set_right(draft, (lat, lon), country or facts.only_country, place)
    if point is None:
        return None, False
    if not _is_in_country_only(place):
        return point, place.is_approximate
    draft.repair(
        COORDINATES, "left out: the address is a whole country or state, not a place in it"
    )
    return None, False


def _complain(draft: Draft, place: Place) -> None:
    given = [v for v in (place.latitude, place.longitude) if v not in (None, "", "-")]
    wrong = [v for v in given if number(v) is None]
    if wrong:
        draft.repair(COORDINATES, f"left out: {text_of(wrong[0])[:40]!r} is no coordinate")
    elif given:
        draft.repair(COORDINATES, "left out: there is one number and not two")


def _set_right(
    draft: Draft, point: tuple[float, float], country: str, place: Place
) -> tuple[float, float] | None:
    """Return the point that fits what the record says, mended if need be, or None."""
    if _agrees(point, country, place):
        return point
    lat, lon = point
    for mended, what in (
        ((lon, lat), "latitude and longitude were swapped"),
        ((lat, -lon), "the longitude had lost its sign"),
        ((-lat, lon), "the latitude had lost its sign"),
        ((-lon, lat), "latitude and longitude were swapped, and one had lost its sign"),
        ((lon, -lat), "latitude and longitude were swapped, and one had lost its sign"),
    ):
        # Without a country to hold it against, only what cannot be otherwise is mended.
        if (country or abs(lat) > 90) and _agrees(mended, country, place):
            draft.repair(COORDINATES, what)
            return mended
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        draft.repair(COORDINATES, f"left out: {lat:g}, {lon:g} is not on Earth")
    else:
        found = country_of_zone(zone_at(lat, lon)) or "the sea"
        where = " ".join(filter(None, (place.region, country)))
        record = f", the record in {where}" if where else ""
        draft.repair(COORDINATES, f"left out: {lat:g}, {lon:g} is in {found}{record}")
    return None


def _agrees(point: tuple[float, float], country: str, place: Place) -> bool:
    lat, lon = point
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or is_null_island(lat, lon):
        return False
    zone = zone_at(lat, lon)
    if not country:
        # Nothing to hold it against; but nobody meets on the open sea.
        return bool(zone) or _is_near(point, "")
    if not is_in_country(zone, country):
        return _is_near(point, country)
    state_zone = zone_of_region(region_of(place.region, country)[0]) if place.region else ""
    return not state_zone or same_clock(zone, state_zone)


def _is_near(point: tuple[float, float], country: str) -> bool:
    """Return whether `country` (or, for "", any land) is within about 100 km of a point."""
    lat, lon = point
    for ring in _NEAR_RINGS:
        for dy, dx in ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)):
            near_lat, near_lon = lat + dy * ring, lon + dx * ring
            if -90 <= near_lat <= 90 and -180 <= near_lon <= 180:
                zone = zone_at(near_lat, near_lon)
                if zone and (not country or is_in_country(zone, country)):
                    return True
    return False


def _is_in_country_only(place: Place) -> bool:
    """Return whether the record names no more than a country or a state."""
    if place.street or place.city or place.postal_code:
        return False
    parts = [p.strip() for p in place.address.split(",") if p.strip()]
    return bool(parts) and all(country_code(p) or region_of(p)[0] for p in parts)


def _borrowed(draft: Draft, place: Place, facts: Facts) -> tuple[tuple[float, float] | None, bool]:
    for key in place_keys(place):
        point = facts.points.get(key)
        if point is not None:
            kind = key.split(":")[0]
            draft.repair(COORDINATES, f"taken from other records with the same {kind}")
            return point, kind != "street"
    return None, False


def _one_line(place: Place) -> str:
    state = " ".join(filter(None, (place.region, place.postal_code)))
    return ", ".join(filter(None, (place.street, place.city, state)))
