"""A study as a document: read, judged, explained, locked.

It knows nothing of files and clocks: text comes in, and words or a hash go out.
"""

from kith.core.study.plan import (
    About,
    AnalysisPlan,
    Arm,
    MeasurePlan,
    MissingRule,
    Outcome,
    Population,
    PowerPlan,
    Randomisation,
    Schedule,
    Stopping,
    StudyPlan,
)
from kith.core.study.problem import MalformedStudyError, Problem
from kith.core.study.reading import read

__all__ = [
    "About",
    "AnalysisPlan",
    "Arm",
    "MalformedStudyError",
    "MeasurePlan",
    "MissingRule",
    "Outcome",
    "Population",
    "PowerPlan",
    "Problem",
    "Randomisation",
    "Schedule",
    "Stopping",
    "StudyPlan",
    "read",
]
