"""Numbers out of a feed, which may write them as text, or write none."""

import math


def number(value: object) -> float | None:
    """Return a finite number, or None if the value is none ("-", "", "n/a", true, NaN)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def degrees_of(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Return a point in degrees if both values are numbers on the globe and not 0, 0."""
    lat, lon = number(latitude), number(longitude)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return None if is_null_island(lat, lon) else (lat, lon)


def is_null_island(lat: float, lon: float) -> bool:
    """Return whether a point is where a missing coordinate puts it: in the Gulf of Guinea."""
    return abs(lat) < 0.05 and abs(lon) < 0.05
