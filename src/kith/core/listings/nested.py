"""Records that say where in objects of their own, as one flat table of columns."""

from collections.abc import Mapping
from typing import Any

# Objects that say where, and what of theirs is said under the same name in flat tables.
_PLACES = frozenset(
    "location venue place address geo loc coordinates geolocation position gps point geometry"
    " geopoint".split()
)
_POINT_NAMES = {
    "latitude": "latitude", "lat": "latitude", "longitude": "longitude", "lon": "longitude",
    "lng": "longitude", "long": "longitude",
}  # fmt: skip
_PLACE_WORDS = frozenset(
    "address street city town state province region zip zipcode zip_code postcode postal_code"
    " country neighborhood county formatted_address directions timezone".split()
)
_DEEPEST = 2


def laid_flat(record: object) -> object:
    """Return a record with what it says of its place in nested objects beside all the rest.

    {"venue": {"name": "Hall", "geo": {"lat": 1.0, "lng": 2.0}}} becomes {"venue name": "Hall",
    "latitude": 1.0, "longitude": 2.0}. What the record says itself is kept.
    """
    if not isinstance(record, dict) or not any(isinstance(v, dict) for v in record.values()):
        return record
    own = {key: value for key, value in record.items() if not _is_place(key, value)}
    found: dict[str, object] = {}
    for key, value in record.items():
        if _is_place(key, value):
            found = {**_of_place(value, depth=0), **found}
    return {**found, **own}


def _is_place(key: object, value: object) -> bool:
    return isinstance(value, dict) and str(key).casefold() in _PLACES


def _of_place(place: Mapping[str, Any], *, depth: int) -> dict[str, object]:
    found: dict[str, object] = dict(point_of(place))
    for name, value in place.items():
        short = str(name).casefold()
        if short in _POINT_NAMES and not isinstance(value, (dict, list)):
            found[_POINT_NAMES[short]] = value
        elif _is_place(name, value) and depth < _DEEPEST:
            found = {**_of_place(value, depth=depth + 1), **found}
        elif short in ("name", "title"):
            found["venue name"] = value
        elif short in _PLACE_WORDS and not isinstance(value, (dict, list)):
            found[short] = value
    return found


def point_of(geometry: object) -> dict[str, object]:
    """Return the latitude and longitude of a GeoJSON or ArcGIS point, {} if it is none."""
    if not isinstance(geometry, dict):
        return {}
    where = geometry.get("coordinates")
    if geometry.get("type") == "Point" and isinstance(where, list) and len(where) > 1:
        return {"longitude": where[0], "latitude": where[1]}
    if "x" in geometry and "y" in geometry:
        return {"longitude": geometry["x"], "latitude": geometry["y"]}
    return {}
