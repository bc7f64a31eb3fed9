"""Reads for the pages of gatherings."""

from kith.web.gatherings.queries.coming import (
    Answers,
    answers_of,
    comings_of,
)
from kith.web.gatherings.queries.hosting import (
    Lacks,
    door_like,
    ends_soon,
    have_hosted,
    hosted_by,
    kept_for,
    lacks,
    link_of,
    only_date_of,
    who_may_come,
)
from kith.web.gatherings.queries.listed import (
    CHANGES_MOST,
    CHANGES_SHOWN_DAYS,
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
    "CHANGES_SHOWN_DAYS",
    "Answers",
    "Lacks",
    "answers_of",
    "changed_since",
    "comings_of",
    "coverage",
    "door_like",
    "earliest_change_shown",
    "ends_soon",
    "everything",
    "have_hosted",
    "hosted_by",
    "in_order",
    "kept_for",
    "lacks",
    "link_of",
    "occasions_by_gathering",
    "occasions_of",
    "only_date_of",
    "others_at",
    "sources_of",
    "who_may_come",
]
