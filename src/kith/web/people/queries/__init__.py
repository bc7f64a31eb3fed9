"""Reads for the pages of a person about themselves, and what they let others know."""

from kith.web.people.queries.everything import Drawer, WaysIn, everything_of, ways_in
from kith.web.people.queries.said import (
    InWords,
    all_said_by,
    clock_of,
    has_space,
    home_cell_of,
    hours_of,
    may_be_named,
    may_be_written_to,
    said_by,
    said_to,
    shown_by,
    spaces_of,
    steadiness_of,
    who_may_be_named,
    would_sit_with,
)

__all__ = [
    "Drawer",
    "InWords",
    "WaysIn",
    "all_said_by",
    "clock_of",
    "everything_of",
    "has_space",
    "home_cell_of",
    "hours_of",
    "may_be_named",
    "may_be_written_to",
    "said_by",
    "said_to",
    "shown_by",
    "spaces_of",
    "steadiness_of",
    "ways_in",
    "who_may_be_named",
    "would_sit_with",
]
