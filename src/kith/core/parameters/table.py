"""The defaults of kith, each with its grade and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from kith.core.recipe.references import Reference, all_references, cited
from kith.core.recipe.tables import Row, read, refuse_repeats
from kith.errors import InvalidInputError

TABLE = "parameters.csv"
COLUMNS = ("key", "value", "unit", "range", "grade", "ref_keys", "rationale")


class ParameterGrade(StrEnum):
    """What kind of evidence a default rests on."""

    A_META = "A-meta"  # meta-analysis
    A_TRIAL = "A-trial"  # randomized trial in people
    B_TRIAL = "B-trial"  # small or uncontrolled trial in people
    B = "B"  # observation in people
    C = "C"  # animals, or indirect
    D = "D"  # our choice, no evidence


@dataclass(frozen=True, slots=True)
class Parameter:
    """One default.

    Args:
        key: Its lasting name, as in "circle.size_target".
        value: The default as written: a number or a word.
        unit: What the number counts; "" for a word.
        plausible: The range others might choose from, as written.
        grade: What kind of evidence it rests on.
        references: The sources; none for a plain choice.
        rationale: Why this value, in our words.
    """

    key: str
    value: str
    unit: str
    plausible: str
    grade: ParameterGrade
    references: tuple[Reference, ...]
    rationale: str

    @property
    def is_our_choice(self) -> bool:
        """Whether no evidence stands behind it."""
        return self.grade is ParameterGrade.D

    @property
    def number(self) -> float:
        """The value as a number.

        Raises:
            InvalidInputError: If the value is a word.
        """
        try:
            return float(self.value)
        except ValueError as error:
            raise InvalidInputError(
                f"{self.key} must be a number here, is {self.value!r}"
            ) from error


def parse_parameters(text: str, known: Mapping[str, Reference]) -> Mapping[str, Parameter]:
    """Return the defaults in a CSV `text` by key, in its order.

    Raises:
        MalformedTableError: At the first cell that breaks the table's rules.
    """
    rows = read(text, table=TABLE, columns=COLUMNS)
    refuse_repeats(rows, "key")
    return MappingProxyType({row.required("key"): _parameter(row, known) for row in rows})


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Return every packaged default by key."""
    table = resources.files("kith.core.parameters").joinpath("data", TABLE)
    return parse_parameters(table.read_text("utf-8"), all_references())


def parameter(key: str) -> Parameter:
    """Return the default called `key`.

    Raises:
        InvalidInputError: If there is none.
    """
    try:
        return all_parameters()[key]
    except KeyError as error:
        raise InvalidInputError(f"key must name a parameter, got {key!r}") from error


def _parameter(row: Row, known: Mapping[str, Reference]) -> Parameter:
    """Return the default in one row; only our own choice may do without a source."""
    grade = row.one_of("grade", ParameterGrade)
    references = cited(row, "ref_keys", known)
    if not references and grade is not ParameterGrade.D:
        raise row.wrong("ref_keys", f"is empty, and grade {grade} needs a source")
    return Parameter(
        key=row.required("key"),
        value=row.required("value"),
        unit=row.text("unit"),
        plausible=row.text("range"),
        grade=grade,
        references=references,
        rationale=row.text("rationale"),
    )
