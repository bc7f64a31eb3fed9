"""Reads for the pages of reach."""

from kith.web.reach.queries.lines import (
    Voices,
    files_shown_by,
    shipped_countries,
    shipped_lines,
    voices_everywhere,
    voices_in,
)
from kith.web.reach.queries.people import Shown, plan_of, rung_for

__all__ = [
    "Shown",
    "Voices",
    "files_shown_by",
    "plan_of",
    "rung_for",
    "shipped_countries",
    "shipped_lines",
    "voices_everywhere",
    "voices_in",
]
