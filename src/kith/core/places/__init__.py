"""Where things are: distance, the time zone of a point, countries and regions by their names."""

from kith.core.places.countries import (
    countries_of_zone,
    country_code,
    country_name,
    country_of_zone,
    zones_of,
)
from kith.core.places.distance import bounding_box, distance_km
from kith.core.places.gazetteer import City, cities_named, cities_within
from kith.core.places.regions import region_of, zone_of_region
from kith.core.places.zones import known_zone, same_clock, zone_at

__all__ = [
    "City",
    "bounding_box",
    "cities_named",
    "cities_within",
    "countries_of_zone",
    "country_code",
    "country_name",
    "country_of_zone",
    "distance_km",
    "known_zone",
    "region_of",
    "same_clock",
    "zone_at",
    "zone_of_region",
    "zones_of",
]
