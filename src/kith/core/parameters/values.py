"""What a parameter may be: a switch, a number between two others, or one of a few words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kith.core.parameters.table import Parameter
from kith.errors import InvalidInputError

Value = bool | int | float | str

_NUMBER: Final = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?")
_WHOLE: Final = re.compile(r"-?[0-9]{1,6}")
# 3-7, -0.14 to 0.31, 200+, 3.
_RANGE: Final = re.compile(
    r"(?P<lowest>-?[0-9.]+)(?:(?P<open>\+)|(?:-| to )(?P<highest>-?[0-9.]+))?"
)
_SWITCH: Final = {"on": True, "off": False}


class Problem(StrEnum):
    """Why a text will not do, as a code for pages to say in their own language."""

    STAYS = "stays"  # nobody has said what else it could be
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NO_OPTION = "no_option"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest that a number may be; without a highest, None."""

    lowest: float
    highest: float | None


def bounds(parameter: Parameter) -> Bounds | None:
    """Return between which numbers others may choose; None for words, and where none are known."""
    found = _RANGE.fullmatch(parameter.plausible)
    if found is None or not _is_number(parameter):
        return None
    lowest = float(found["lowest"])
    if found["open"]:
        return Bounds(lowest, None)
    return Bounds(lowest, float(found["highest"] or lowest))


def options(parameter: Parameter) -> tuple[str, ...]:
    """Return the words that others may choose from; none for numbers, and where none are known."""
    if parameter.unit == "bool":
        return tuple(_SWITCH) if parameter.value in _SWITCH else ()
    # The table says the words of a policy where a number has its unit.
    words = tuple((parameter.plausible or parameter.unit).split("/"))
    return words if parameter.value in words and len(words) > 1 else ()


def may_change(parameter: Parameter) -> bool:
    """Return whether anything but the default is possible."""
    limits = bounds(parameter)
    return bool(options(parameter)) or (limits is not None and limits.lowest != limits.highest)


def default(parameter: Parameter) -> Value:
    """Return the default as what it is: a whole number, a number, a switch or a word."""
    return _typed(parameter, parameter.value)


def problem_with(parameter: Parameter, text: str) -> Problem | None:
    """Return why `text` will not do in place of the default; None if it will."""
    if not may_change(parameter):
        return Problem.STAYS
    if choices := options(parameter):
        return None if text in choices else Problem.NO_OPTION
    return _problem_with_number(parameter, text)


def read(parameter: Parameter, text: str) -> Value:
    """Return the value that `text` says.

    Raises:
        InvalidInputError: If it will not do; `problem_with` says why.
    """
    problem = problem_with(parameter, text)
    if problem is not None:
        raise InvalidInputError(f"{parameter.key} cannot be {text!r}: {problem}")
    return _typed(parameter, text)


def _problem_with_number(parameter: Parameter, text: str) -> Problem | None:
    if not _NUMBER.fullmatch(text):
        return Problem.NO_NUMBER
    if _is_whole(parameter) and not _WHOLE.fullmatch(text):
        return Problem.NOT_WHOLE
    limits = bounds(parameter)
    if limits is not None and float(text) < limits.lowest:
        return Problem.TOO_LOW
    if limits is not None and limits.highest is not None and float(text) > limits.highest:
        return Problem.TOO_HIGH
    return None


def _is_number(parameter: Parameter) -> bool:
    return _NUMBER.fullmatch(parameter.value) is not None


def _is_whole(parameter: Parameter) -> bool:
    """Whether it counts whole things: its default has no point, and its range none either."""
    return _WHOLE.fullmatch(parameter.value) is not None and "." not in parameter.plausible


def _typed(parameter: Parameter, text: str) -> Value:
    if parameter.unit == "bool":
        # "required" is a switch that nobody turns off.
        return _SWITCH.get(text, True)
    if not _is_number(parameter):
        return text
    return int(text) if _is_whole(parameter) else float(text)
