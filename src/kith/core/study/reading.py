"""A study out of the text of its file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any, get_args, get_origin, get_type_hints

from kith.core.study.lines import lines_of
from kith.core.study.plan import (
    About,
    AnalysisPlan,
    Arm,
    MeasurePlan,
    Outcome,
    Population,
    PowerPlan,
    Randomisation,
    Stopping,
    StudyPlan,
)
from kith.core.study.problem import MalformedStudyError, Problem

_ONE: Mapping[str, type] = {
    "study": About,
    "population": Population,
    "randomisation": Randomisation,
    "analysis": AnalysisPlan,
    "power": PowerPlan,
    "stopping": Stopping,
}
_MANY: Mapping[str, type] = {"arms": Arm, "measures": MeasurePlan, "outcomes": Outcome}
# Ten years of weeks, a million people, ...: nothing in a study is larger.
_LARGEST = 1e9
_MEANT = {
    str: 'words in quotes, as "once a week"',
    int: "a whole number, as 12",
    float: "a number, as 0.8",
    bool: "true or false",
}


def read(text: str) -> StudyPlan:
    """Return the study in the `text` of a study.toml, as far as it is written.

    Words that mean nothing are left for `problems`; what cannot be a study at all is refused here.

    Raises:
        MalformedStudyError: If it is no TOML, or has a section or key that no study has, or a
            value of the wrong kind. It holds all of these, each with its line.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedStudyError((_no_toml(error),)) from error
    except RecursionError as error:
        deep = Problem(
            "the file", "Its lists or tables lie too deep in each other.", "Write fewer."
        )
        raise MalformedStudyError((deep,)) from error
    reading = _Reading(lines_of(text))
    sections = reading.sections(document)
    if reading.found:
        raise MalformedStudyError(tuple(reading.found))
    return StudyPlan(**sections, lines=reading.lines)


def _no_toml(error: tomllib.TOMLDecodeError) -> Problem:
    what, _, place = str(error).partition(" (at ")
    return Problem(
        place.rstrip(")") or "the file",
        f"This cannot be read as TOML: {what}.",
        "Look at that place and just before it: a quote, a bracket, a comma or an equals sign may "
        "be missing, or a key be there twice.",
    )


class _Reading:
    """Turns tables into sections, and keeps what is wrong with them."""

    def __init__(self, lines: Mapping[str, int]) -> None:
        self.lines = lines
        self.found: list[Problem] = []

    def sections(self, document: Mapping[str, Any]) -> dict[str, Any]:
        self.unknown("", document, [*_ONE, *_MANY])
        made: dict[str, Any] = {}
        for name, kind in _ONE.items():
            made[name] = self.table(name, kind, document.get(name, {}))
        for name, kind in _MANY.items():
            rows = document.get(name, [])
            if not isinstance(rows, list):
                self.wrong(name, f"[{name}] is one table.", f"Write [[{name}]] above each one.")
                rows = []
            made[name] = tuple(self.table(f"{name}[{n}]", kind, row) for n, row in enumerate(rows))
        return made

    def table(self, path: str, kind: type, table: object) -> Any:
        if not isinstance(table, dict):
            self.wrong(path, f"{path} is no table.", f"Write [{path}] on a line of its own.")
            return kind()
        types = get_type_hints(kind)
        known = [field.name for field in fields(kind)]
        self.unknown(path, table, known)
        values = {
            key: self.value(f"{path}.{key}", types[key], table[key])
            for key in table
            if key in types
        }
        return kind(**{key: value for key, value in values.items() if value is not None})

    def value(self, path: str, kind: Any, value: object) -> Any:
        """Return `value` as the field wants it, or None after saying what is wrong."""
        if is_dataclass(kind):
            return self.table(path, kind, value)  # type: ignore[arg-type]
        if get_origin(kind) is tuple:
            return self.row(path, get_args(kind)[0], value)
        if get_origin(kind) is Mapping:
            return self.settings(path, value)
        plain = next((one for one in get_args(kind) if one is not type(None)), kind)
        return self.plain(path, plain, value)

    def plain(self, path: str, kind: type, value: object) -> Any:
        if type(value) in {int, float} and not _is_sound(value):
            self.wrong(path, f"{_last(path)} is no number to work with.", f"Write {_MEANT[kind]}.")
            return None
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is kind:
            return value
        self.wrong(path, f"{_last(path)} is {_shown(value)}.", f"Write {_MEANT[kind]}.")
        return None

    def row(self, path: str, kind: type, value: object) -> Any:
        if not isinstance(value, list):
            how = "Write a list in square brackets, even of one."
            self.wrong(path, f"{_last(path)} is {_shown(value)}.", how)
            return None
        made = [self.plain(path, kind, one) for one in value]
        return tuple(one for one in made if one is not None)

    def settings(self, path: str, value: object) -> Any:
        if not isinstance(value, dict):
            how = "Write a table in curly brackets, as { circle = true }."
            self.wrong(path, f"{_last(path)} is {_shown(value)}.", how)
            return None
        made: dict[str, Any] = {}
        for key, one in value.items():
            deep = one if isinstance(one, list) else [one]
            if all(isinstance(x, (bool, str)) or _is_sound(x) for x in deep):
                made[key] = tuple(one) if isinstance(one, list) else one
                continue
            how = "Write true or false, a number, words in quotes, or a list of these."
            self.wrong(f"{path}.{key}", f"{key} is {_shown(one)}.", how)
        return made

    def unknown(self, path: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
        names = list(known)
        for key in table:
            if key in names:
                continue
            near = get_close_matches(key, names, 1)
            kind = "key" if path else "section"
            meant = f"Did you mean {near[0]}? " if near else ""
            self.wrong(
                f"{path}.{key}" if path else key,
                f"No study has a {kind} called {key} here.",
                f"{meant}What may stand here: {', '.join(names)}.",
            )

    def wrong(self, path: str, what: str, how: str) -> None:
        self.found.append(Problem.at(path, self.lines, what, how))


def _is_sound(value: object) -> bool:
    """Return whether this is a number that is one, and not larger than any that a study has."""
    return isinstance(value, (int, float)) and abs(value) <= _LARGEST


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _shown(value: object) -> str:
    return {
        bool: f"{str(value).lower()}, which is yes or no",
        int: f"the number {value}",
        float: f"the number {value}",
        str: f"the words {value!r}",
        list: "a list",
        dict: "a table",
    }.get(type(value), "a date or a time")
