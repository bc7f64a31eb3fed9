"""Packaged tables: text in, rows out, and the place of every mistake."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import TypeVar

from kith.errors import InvalidInputError

Code = TypeVar("Code", bound=StrEnum)


class MalformedTableError(InvalidInputError):
    """A packaged table breaks its own rules; says in which row (the header is 1) and column."""

    def __init__(self, *, table: str, row: int, column: str, problem: str) -> None:
        super().__init__(f"{table}, row {row}, column {column}: {problem}")
        self.table = table
        self.row = row
        self.column = column


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells stripped of outer blanks."""

    table: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return what the cell says, which may be nothing."""
        return self.cells[column]

    def required(self, column: str) -> str:
        """Return what the cell says; it must say something."""
        text = self.cells[column]
        if not text:
            raise self.wrong(column, "is empty")
        return text

    def one_of(self, column: str, codes: type[Code]) -> Code:
        """Return the member of `codes` that the cell names."""
        text = self.cells[column]
        try:
            return codes(text)
        except ValueError as error:
            allowed = ", ".join(codes)
            raise self.wrong(column, f"must be one of {allowed}, got {text!r}") from error

    def whole_number(self, column: str, *, highest: int) -> int:
        """Return the whole number in the cell, from 0 to `highest`."""
        text = self.cells[column]
        if text not in {str(number) for number in range(highest + 1)}:
            raise self.wrong(column, f"must be a whole number from 0 to {highest}, got {text!r}")
        return int(text)

    def several(self, column: str) -> tuple[str, ...]:
        """Return the parts of the cell between semicolons; none if it is empty."""
        text = self.cells[column]
        return tuple(part.strip() for part in text.split(";")) if text else ()

    def wrong(self, column: str, problem: str) -> MalformedTableError:
        """Return the error that says what is wrong with `column` of this row."""
        return MalformedTableError(
            table=self.table, row=self.number, column=column, problem=problem
        )


def packaged(table: str) -> str:
    """Return the text of a table that ships with this package."""
    return resources.files("kith.core.recipe").joinpath("data", table).read_text("utf-8")


def read(text: str, *, table: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows of a CSV `text` whose header is exactly `columns`.

    Raises:
        MalformedTableError: If the header differs, or a row has too few or too many cells.
    """
    lines = list(csv.reader(io.StringIO(text, newline="")))
    _check_header(lines[0] if lines else [], table=table, columns=columns)
    return tuple(
        _row(cells, table=table, number=number, columns=columns)
        for number, cells in enumerate(lines[1:], start=2)
    )


def refuse_repeats(rows: Iterable[Row], column: str) -> None:
    """Raise MalformedTableError at the first row whose `column` an earlier row already has."""
    seen: set[str] = set()
    for row in rows:
        key = row.required(column)
        if key in seen:
            raise row.wrong(column, f"{key!r} appears twice")
        seen.add(key)


def _check_header(header: Sequence[str], *, table: str, columns: Sequence[str]) -> None:
    """Raise MalformedTableError unless `header` is `columns`."""
    for place, wanted in enumerate(columns):
        found = header[place] if place < len(header) else "nothing"
        if found != wanted:
            raise MalformedTableError(
                table=table, row=1, column=wanted, problem=f"header says {found!r} here"
            )
    if len(header) > len(columns):
        extra = header[len(columns)]
        raise MalformedTableError(
            table=table, row=1, column=extra, problem="is not a column of this table"
        )


def _row(cells: Sequence[str], *, table: str, number: int, columns: Sequence[str]) -> Row:
    """Return one row, or raise MalformedTableError if its cells do not fit `columns`."""
    if len(cells) != len(columns):
        raise MalformedTableError(
            table=table,
            row=number,
            column=columns[min(len(cells), len(columns) - 1)],
            problem=f"row has {len(cells)} cells, must have {len(columns)}",
        )
    stripped = (cell.strip() for cell in cells)
    return Row(table=table, number=number, cells=dict(zip(columns, stripped, strict=True)))
