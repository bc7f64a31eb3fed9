"""The numbers kith goes by, as the core knows them."""

from kith.core.parameters import (
    Bounds,
    Parameter,
    ParameterGrade,
    Problem,
    Value,
    all_parameters,
    bounds,
    default,
    may_change,
    options,
    parameter,
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
    "problem_with",
    "read",
]
