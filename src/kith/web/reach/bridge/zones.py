"""Where a clock is, for the lines of the country somebody is in."""

from kith.core.places import country_of_zone

__all__ = ["country_of_zone"]
