"""The numbers kith goes by: the steward's own where there is one, else the default of the evidence."""

from kith.web.kit.parameters.changing import (
    UnfitValueError,
    back_to_default,
    put,
)
from kith.web.kit.parameters.reading import (
    begin_with_defaults,
    forget,
    is_on,
    number,
    value,
    whole,
)

__all__ = [
    "UnfitValueError",
    "back_to_default",
    "begin_with_defaults",
    "forget",
    "is_on",
    "number",
    "put",
    "value",
    "whole",
]
