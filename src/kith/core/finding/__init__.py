"""Finding gatherings: an index in memory, and the answer to "what is on near me, and when"."""

from kith.core.finding.answer import Found, Wanted, nearest, search
from kith.core.finding.index import Entry, Index, build

__all__ = ["Entry", "Found", "Index", "Wanted", "build", "nearest", "search"]
