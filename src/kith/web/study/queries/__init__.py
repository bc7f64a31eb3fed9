"""Reads for the pages of studies."""

from kith.web.study.queries.results import Line, Mark, Row, items_in_words, results_of
from kith.web.study.queries.waking import clock_of, day_of, waking_windows

__all__ = [
    "Line",
    "Mark",
    "Row",
    "clock_of",
    "day_of",
    "items_in_words",
    "results_of",
    "waking_windows",
]
