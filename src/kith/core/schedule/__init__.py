"""When something meets: a rule in local time, its dates, and the instants they fall on.

Recurrence is RFC 5545, expanded by dateutil. A rule gives local *dates*; date, clock time
and time zone together give the instant, so a meeting at seven stays at seven all year.
"""

from kith.core.schedule.instants import Occurrence, instant, occurrences, starts
from kith.core.schedule.rule import Pattern, canonical_rule, dates, pattern, weekly_rule
from kith.core.schedule.schedule import Dated, Schedule

__all__ = [
    "Dated",
    "Occurrence",
    "Pattern",
    "Schedule",
    "canonical_rule",
    "dates",
    "instant",
    "occurrences",
    "pattern",
    "starts",
    "weekly_rule",
]
