"""Reads for the pages of gatherings."""

from kith.web.gatherings.queries.after import (
    is_welcomed,
    talked_with,
    thanked,
    was_there,
    who_was_there,
)
from kith.web.gatherings.queries.arriving import Arrival, arrivals_of, newcomers_alone
from kith.web.gatherings.queries.coming import (
    Answers,
    Holding,
    answers_of,
    comings_of,
    holding_of,
    hosts_among,
    said_of,
)
from kith.web.gatherings.queries.listed import (
    CHANGES_MOST,
    changed_since,
    coverage,
    earliest_change_shown,
    everything,
    in_order,
    occasions_by_gathering,
    occasions_of,
    others_at,
    sources_of,
)

__all__ = [
    "CHANGES_MOST",
    "Answers",
    "Arrival",
    "Holding",
    "answers_of",
    "arrivals_of",
    "changed_since",
    "comings_of",
    "coverage",
    "earliest_change_shown",
    "everything",
    "holding_of",
    "hosts_among",
    "in_order",
    "is_welcomed",
    "newcomers_alone",
    "occasions_by_gathering",
    "occasions_of",
    "others_at",
    "said_of",
    "sources_of",
    "talked_with",
    "thanked",
    "was_there",
    "who_was_there",
]
