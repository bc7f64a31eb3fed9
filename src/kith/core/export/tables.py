"""Tables as they leave: columns, and what each column means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Shaped

from kith.errors import InvalidInputError

# Each kind of field as Table Schema calls it.
KINDS = ("integer", "number", "string", "boolean")


@dataclass(frozen=True, slots=True)
class Field:
    """One column, and what it means.

    Args:
        name: Of the column.
        kind: One of KINDS.
        title: What it means, in words.
        words: What it may say, if those are few.
        least, most: The range of a number; None for no end.
        unit: Of a number.
        may_be_empty: Whether some rows say nothing.
    """

    name: str
    kind: str
    title: str
    words: tuple[str, ...] = ()
    least: float | int | None = None
    most: float | int | None = None
    unit: str = ""
    may_be_empty: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InvalidInputError(f"{self.name} must be one of {KINDS}, got {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that leave.

    Args:
        name: Of the table, and of its files.
        title: What a row is.
        fields: Its columns, in order.
        columns: The values of each; nan or None where there is none.
        key: The column in which no value comes twice, if there is one.
        belongs_to: For columns whose values are in another table's key: that table's name.

    Raises:
        InvalidInputError: If columns and fields differ, or columns are not of one length.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    columns: Mapping[str, Shaped[np.ndarray, "rows"]]
    key: str = ""
    belongs_to: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if names != list(self.columns):
            raise InvalidInputError(
                f"{self.name} must have columns {names}, got {list(self.columns)}"
            )
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise InvalidInputError(f"{self.name}: columns must be of one length, got {lengths}")

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(next(iter(self.columns.values()), ()))


# The columns of a dictionary, the same for every table.
DICTIONARY = ("table", "field", "kind", "meaning", "unit", "least", "most", "words")


def dictionary(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """Return what every column of every table means, a row for each."""
    return [
        {
            "table": table.name,
            "field": field.name,
            "kind": field.kind,
            "meaning": field.title,
            "unit": field.unit,
            "least": "" if field.least is None else f"{field.least:g}",
            "most": "" if field.most is None else f"{field.most:g}",
            "words": " | ".join(field.words),
        }
        for table in tables
        for field in table.fields
    ]
