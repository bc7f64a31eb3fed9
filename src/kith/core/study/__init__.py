"""A study as a document: read, judged, explained, locked.

It knows nothing of files and clocks: text comes in, and words or a hash go out.
"""

from kith.core.study.canonical import canonical, locked_hash
from kith.core.study.checks import problems
from kith.core.study.explaining import explained
from kith.core.study.locking import (
    BrokenLockError,
    Difference,
    Lock,
    differences,
    is_confirmatory,
    lock,
    lock_text,
    read_lock,
)
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
from kith.core.study.sizing import power_by_formula
from kith.core.study.templates import template, templates

__all__ = [
    "About",
    "AnalysisPlan",
    "Arm",
    "BrokenLockError",
    "Difference",
    "Lock",
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
    "canonical",
    "differences",
    "explained",
    "is_confirmatory",
    "lock",
    "lock_text",
    "locked_hash",
    "power_by_formula",
    "problems",
    "read",
    "read_lock",
    "template",
    "templates",
]
