"""Meeting lists of every kind, read into one form and written out again.

`read` takes a feed as it came and gives an `Outcome` for each of its records: accepted with
what had to be repaired, or refused with the reason. Nothing is dropped and nothing invented.
"""

from kith.core.listings.columns import ColumnMapping, MappingError, mapping_from_toml
from kith.core.listings.draft import Hints
from kith.core.listings.feed_text import FeedRefusedError
from kith.core.listings.listing import Listing, Outcome, Repair, Venue
from kith.core.listings.reading import FORMATS, Reading, read

__all__ = [
    "FORMATS",
    "ColumnMapping",
    "FeedRefusedError",
    "Hints",
    "Listing",
    "MappingError",
    "Outcome",
    "Reading",
    "Repair",
    "Venue",
    "mapping_from_toml",
    "read",
]
