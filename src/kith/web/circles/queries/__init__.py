"""Reads for the pages of circles and pairs."""

from kith.web.circles.queries.runs import Asked, asked_by
from kith.web.circles.queries.wishing import Hour, hour_of, things_in_words, where_of

__all__ = [
    "Asked",
    "Hour",
    "asked_by",
    "hour_of",
    "things_in_words",
    "where_of",
]
