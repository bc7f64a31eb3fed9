"""Distance on the globe."""

from math import asin, cos, degrees, radians, sin, sqrt

# Mean radius of the Earth (IUGG), km; on the real ellipsoid distances differ by at most 0.6 %.
EARTH_RADIUS_KM = 6371.0088


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance between two points in degrees (haversine)."""
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half_lat, half_lon = (phi_b - phi_a) / 2, radians(lon_b - lon_a) / 2
    h = sin(half_lat) ** 2 + cos(phi_a) * cos(phi_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


def bounding_box(lat: float, lon: float, radius_km: float) -> tuple[float, float, float, float]:
    """Return (south, north, west, east) in degrees around all points within `radius_km`.

    West may be less than -180 or east more than 180 where the circle crosses the date line;
    around a pole the box holds every longitude.
    """
    angle = degrees(radius_km / EARTH_RADIUS_KM)
    south, north = max(-90.0, lat - angle), min(90.0, lat + angle)
    if south <= -90 or north >= 90:
        return south, north, -180.0, 180.0
    ratio = sin(radians(angle)) / cos(radians(lat))
    width = degrees(asin(min(1.0, ratio))) if ratio < 1 else 180.0
    return south, north, lon - width, lon + width
