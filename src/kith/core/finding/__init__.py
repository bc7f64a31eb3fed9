"""Finding gatherings: an index in memory, and the answer to "what is on near me, and when"."""

from kith.core.finding.answer import Found, Wanted, nearest, search
from kith.core.finding.building import amended, build
from kith.core.finding.index import Entry, Index

__all__ = ["Entry", "Found", "Index", "Wanted", "amended", "build", "nearest", "search"]
