"""Numbers out of a feed, which may write them as text, or write none."""

import math


def number(value: object) -> float | None:
    """Return a finite number, or None if the value is none ("-", "", "n/a", true, NaN).

    Text may have a decimal comma ("51,5"), a typographic minus and a degree sign.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(_spelled_for_python(value) if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _spelled_for_python(text: str) -> str:
    # Python would read "1_5" as fifteen.
    return (
        text.strip().rstrip("°").replace(",", ".").replace("\N{MINUS SIGN}", "-").replace("_", "?")
    )


def degrees_of(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Return a point in degrees if both values are numbers on the globe and not 0, 0."""
    lat, lon = number(latitude), number(longitude)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return None if is_null_island(lat, lon) else (lat, lon)


def is_null_island(lat: float, lon: float) -> bool:
    """Return whether a point is where a missing coordinate puts it: in the Gulf of Guinea."""
    return abs(lat) < 0.05 and abs(lon) < 0.05
