"""The numbers kith goes by: defaults with their range, their grade and their sources.

A steward may put another in place of a default, within its range. What is read here is the
default, and whether another would do; what a steward chose is kept elsewhere.
"""

from kith.core.parameters.table import (
    Parameter,
    ParameterGrade,
    all_parameters,
    parameter,
    parse_parameters,
)
from kith.core.parameters.values import (
    Bounds,
    Problem,
    Value,
    bounds,
    default,
    may_change,
    options,
    problem_with,
    read,
)

__all__ = [
    "Bounds",
    "Parameter",
    "ParameterGrade",
    "Problem",
    "Value",
    "all_parameters",
    "bounds",
    "default",
    "may_change",
    "options",
    "parameter",
    "parse_parameters",
    "problem_with",
    "read",
]
