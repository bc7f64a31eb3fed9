"""Reach as the core knows it: where a clock is, who may be rung, and who is."""

from kith.web.reach.bridge.zones import country_of_zone

__all__ = ["country_of_zone"]
