"""Measures as REDCap's data dictionary, and a data dictionary as measures."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from kith.core.export.questions import Question
from kith.core.records import Measure
from kith.errors import RefusalError

# The eighteen columns of REDCap's dictionary, as it writes and reads them.
COLUMNS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note",
    "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max",
    "Identifier?", "Branching Logic (Show field only if...)", "Required Field?",
    "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
_NAME, _FORM, _TYPE, _LABEL, _CHOICES, _VALIDATION, _LEAST, _MOST, _IDENTIFIER = (
    COLUMNS[n] for n in (0, 1, 3, 4, 5, 7, 8, 9, 10)
)
_NOTE = COLUMNS[6]
_NUMBERS = frozenset({"integer", "number", "number_1dp", "number_2dp", "number_3dp", "number_4dp"})


class DictionaryError(RefusalError):
    """A file is no data dictionary of REDCap's; the text says where and why."""


class Read(NamedTuple):
    """What a data dictionary says.

    Args:
        measures: Fields that hold a number or one of some choices.
        left_out: Name and reason of each field that does not, such as free text.
    """

    measures: tuple[Measure, ...]
    left_out: tuple[tuple[str, str], ...]


def written(asked: Iterable[Question], *, form: str) -> str:
    """Return a data dictionary, as CSV, in which each question is one field of `form`.

    Args:
        asked: What to describe. Names become lower case, as REDCap has them.
        form: The name of the form: lower-case letters, digits and underscores.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerow({_NAME: "record_id", _FORM: form, _TYPE: "text", _LABEL: "Number in this export"})  # fmt: skip
    for question in asked:
        writer.writerow(_row(question, form))
    return out.getvalue()


def _row(question: Question, form: str) -> dict[str, str]:
    measure = question.measure
    row = {_NAME: measure.name.lower(), _FORM: form, _LABEL: question.text, _NOTE: measure.unit}
    if question.choices:
        choices = (f"{n}, {word.replace('|', '/')}" for n, word in question.choices)
        return {**row, _TYPE: "radio", _CHOICES: " | ".join(choices)}
    ends = {_LEAST: measure.least, _MOST: measure.most}
    said = {name: f"{end:g}" for name, end in ends.items() if np.isfinite(end)}
    return {**row, _TYPE: "text", _VALIDATION: "number", **said}


def read(text: str) -> Read:
    """Return the measures that a data dictionary describes, and what it has beside them.

    Raises:
        DictionaryError: If it is not one: columns missing, a field twice, or a range that is none.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [name for name in COLUMNS[:10] if name not in (rows.fieldnames or ())]
    if missing:
        raise DictionaryError(f"columns {missing} are missing: is it REDCap's data dictionary?")
    measures: dict[str, Measure] = {}
    left_out: list[tuple[str, str]] = []
    for number, row in enumerate(rows, start=2):
        name = (row[_NAME] or "").strip()
        if name in measures:
            raise DictionaryError(f"line {number}: {name} is there twice")
        try:
            found = _measure(
                name, {key: (value or "").strip() for key, value in row.items() if key}
            )
        except ValueError as error:
            raise DictionaryError(f"line {number}, {name}: {error}") from error
        if isinstance(found, Measure):
            measures[name] = found
        else:
            left_out.append((name, found))
    return Read(tuple(measures.values()), tuple(left_out))


def _measure(name: str, row: Mapping[str, str]) -> Measure | str:
    """Return what one row describes, or why it is no measure."""
    kind = row[_TYPE]
    if row.get(_IDENTIFIER, "").lower() == "y":
        return "it identifies somebody"
    if kind in {"radio", "dropdown"}:
        return _of_choices(name, row[_CHOICES])
    if kind == "text" and row[_VALIDATION] in _NUMBERS:
        least = float(row[_LEAST]) if row[_LEAST] else -np.inf
        most = float(row[_MOST]) if row[_MOST] else np.inf
        return Measure(name, unit=row[_NOTE], least=least, most=most)
    plain: dict[str, Measure | str] = {
        "yesno": Measure(name, words=("No", "Yes")),
        "truefalse": Measure(name, words=("False", "True")),
        "slider": Measure(name, unit=row[_NOTE], least=0.0, most=100.0),
        "text": "free text, dates and the like are not brought in",
        "notes": "free text, dates and the like are not brought in",
    }
    return plain.get(kind, f"a field of type {kind or 'nothing'} holds no single number")


def _of_choices(name: str, choices: str) -> Measure | str:
    """Return choices as words if they are numbered 0, 1, 2 ..., otherwise as a range."""
    pairs = [choice.partition(",") for choice in re.split(r"\s*\|\s*", choices) if choice]
    codes = [code.strip() for code, _, _ in pairs]
    if not codes or not all(re.fullmatch(r"-?\d+", code) for code in codes):
        return "its choices are not numbered"
    numbers = [int(code) for code in codes]
    if numbers == list(range(len(numbers))):
        return Measure(name, words=tuple(word.strip() for _, _, word in pairs))
    return Measure(name, least=float(min(numbers)), most=float(max(numbers)))
