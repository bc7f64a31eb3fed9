"""Reads for the pages of studies."""

from kith.web.study.queries.company import is_available, named_in, who_could
from kith.web.study.queries.found import page_of
from kith.web.study.queries.results import Line, Mark, Row, items_in_words, results_of
from kith.web.study.queries.waking import clock_of, day_of, is_among, led_by, waking_windows

__all__ = [
    "Line",
    "Mark",
    "Row",
    "clock_of",
    "day_of",
    "is_among",
    "is_available",
    "items_in_words",
    "led_by",
    "named_in",
    "page_of",
    "results_of",
    "waking_windows",
    "who_could",
]
