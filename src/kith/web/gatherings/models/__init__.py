"""Gatherings, their places and dates, and the feeds they come from."""

from kith.web.gatherings.models.coming import Coming, Intent, Told
from kith.web.gatherings.models.feed import Feed, FeedRecord, FeedRun
from kith.web.gatherings.models.gathering import Edition, Gathering, Occasion
from kith.web.gatherings.models.host import Host, HostLink, HostTraining
from kith.web.gatherings.models.place import Place, Town

__all__ = [
    "Coming",
    "Edition",
    "Feed",
    "FeedRecord",
    "FeedRun",
    "Gathering",
    "Host",
    "HostLink",
    "HostTraining",
    "Intent",
    "Occasion",
    "Place",
    "Told",
    "Town",
]
