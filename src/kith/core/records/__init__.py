"""What real and simulated people both leave behind: frozen columns that check themselves.

People are numbers from 0, days are numbers since an epoch of the caller's, with their fraction.
Whoever reads files or rows knows who is who and when the epoch was; nothing here does.
"""

from kith.core.records.acts import Act, ActLog, Help, Mode
from kith.core.records.chairs import Chairs
from kith.core.records.columns import freeze, freeze_rows, refuse_nobody, refuse_where
from kith.core.records.observations import Measure, Missing, Observations
from kith.core.records.study import StudyRecords
from kith.core.records.taking_part import (
    NOBODY,
    NONE,
    Assignments,
    Decisions,
    End,
    FollowUp,
    Prompts,
)

__all__ = [
    "NOBODY",
    "NONE",
    "Act",
    "ActLog",
    "Assignments",
    "Chairs",
    "Decisions",
    "End",
    "FollowUp",
    "Help",
    "Measure",
    "Missing",
    "Mode",
    "Observations",
    "Prompts",
    "StudyRecords",
    "freeze",
    "freeze_rows",
    "refuse_nobody",
    "refuse_where",
]
