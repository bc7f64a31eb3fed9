"""The CSV tables of a folder, a column at a time, and what their cells say."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from kith.lab.importing.mapping import MappingError

# What stands for nothing wherever it stands, whatever else a mapping names.
NOTHING: Final = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", ".")
# Where a row stands in its file; no column is called so.
ROW: Final = "\0row"
_SEPARATORS: Final = (",", ";", "\t")
_DAY_S: Final = 86_400
# A whole number is the same however a program wrote it: 1 or 1.0.
_WHOLE: Final = r"^([-+]?\d+)\.0+$"


class Tables:
    """The CSV tables of a folder: only the columns that are asked for are ever held.

    Args:
        source: The folder.
        missing: Words that stand for nothing, besides NOTHING.
        separator: Between cells; empty to take the one that stands in the first line.
    """

    def __init__(self, source: Path, *, missing: Sequence[str] = (), separator: str = "") -> None:
        self._source, self._separator = source, separator
        self._nothing = [*NOTHING, *(plain(one) for one in missing)]
        self._dated: dict[bool, str] = {}

    def rows(self, asked: Mapping[str, Any], columns: Sequence[object]) -> pl.DataFrame:
        """Return `columns` of the rows that `asked` wants, as texts, with ROW: where each stands.

        Columns that are no text stand for themselves and are in no table. Cells are trimmed, and
        those that say nothing are null.
        """
        name, where = str(asked["table"]), asked.get("where", {})
        table, names = self._table(name)
        wanted = list(dict.fromkeys(one for one in columns if isinstance(one, str)))
        for column in (*wanted, *where):
            if column not in names:
                known = ", ".join(names)
                raise MappingError(f"{name}: there is no column {column}; there are: {known}")
        cells = [self._cells(names[one]).alias(one) for one in dict.fromkeys((*wanted, *where))]
        table = table.select(ROW, *cells)
        for column, words in where.items():
            table = table.filter(pl.col(column).is_in([plain(word) for word in words]))
        try:
            return table.select(ROW, *wanted).collect(engine="streaming")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise MappingError(self._unreadable(name, str(error))) from error

    def days(self, asked: Mapping[str, Any], rows: pl.DataFrame, said: object) -> np.ndarray:
        """Return days out of numbers, or out of dates: since 1970 began. nan where there is nothing.

        Raises:
            MappingError: If one is neither, or some columns are dates and others numbers.
        """
        if not isinstance(said, str):
            return np.full(len(rows), float(str(said)))
        known = rows[said].drop_nulls()
        # Of dates with a slip among them, or numbers with one, most are what they are meant to be.
        is_dated = 2 * known.cast(pl.Float64, strict=False).null_count() > len(known)
        if len(known):
            self._dated[is_dated] = f"{asked['table']}, column {said}"
        if len(self._dated) > 1:
            raise MappingError(
                f"days are dates in one table ({self._dated[True]}) and numbers in another "
                f"({self._dated[False]}); they must all be alike"
            )
        return dates(asked, rows, said) if is_dated else numbers(asked, rows, said, may_lack=True)

    @property
    def is_dated(self) -> bool:
        """Whether days are days since 1970, out of dates."""
        return True in self._dated

    def _cells(self, column: str) -> pl.Expr:
        trimmed = pl.col(column).str.strip_chars().str.replace(_WHOLE, "${1}")
        return pl.when(trimmed.is_in(self._nothing)).then(None).otherwise(trimmed)

    def _table(self, name: str) -> tuple[pl.LazyFrame, dict[str, str]]:
        """Return a table, and what each of its columns is called in the file."""
        path = self._path(name)
        try:
            separator = self._separator or _separator(path)
            table = pl.scan_csv(path, infer_schema=False, separator=separator)
            found = table.collect_schema().names()
        except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
            raise MappingError(self._unreadable(name, str(error))) from error
        trimmed = {one.strip().strip('"'): one for one in found}
        names = trimmed if len(trimmed) == len(found) else {one: one for one in found}
        return table.with_row_index(ROW, offset=2), names

    def _path(self, name: str) -> Path:
        ends = (".csv", ".csv.gz", ".tsv", ".txt")
        paths = [self._source / f"{name}{end}" for end in ends]
        path = next((one for one in paths if one.is_file()), None)
        if path is None:
            raise MappingError(f"{name}: there is no {name}.csv or {name}.csv.gz")
        return path

    def _unreadable(self, name: str, error: str) -> str:
        """Return why a table cannot be read, without the line of it that the library would show."""
        file = self._path(name).name
        if "utf" in error.lower():
            return f"{file} cannot be read as CSV: it is no UTF-8 text; save it as UTF-8"
        if "empty" in error.lower():
            return f"{file} cannot be read as CSV: it is empty"
        if "fields" in error.lower():
            return f"{file} cannot be read as CSV: a line has more values than there are columns"
        return f"{file} cannot be read as CSV"


def _separator(path: Path) -> str:
    """Return what parts the names in the first line."""
    if path.suffix == ".gz":
        return ","
    with path.open(encoding="utf-8-sig") as file:
        first = file.readline()
    return max(_SEPARATORS, key=first.count)


def refuse(
    asked: Mapping[str, Any], rows: pl.DataFrame, column: object, is_wrong: np.ndarray, why: str
) -> None:
    """Refuse the first row that is wrong, without its value: it may be somebody's.

    Raises:
        MappingError: If there is one.
    """
    if is_wrong.any():
        row = rows[ROW][int(np.argmax(is_wrong))]
        raise MappingError(f"{asked['table']}: row {row}, column {column}: {why}")


def plain(word: object) -> str:
    """Return a word of a mapping as cells are read."""
    return re.sub(_WHOLE, r"\1", str(word).strip())


def is_nothing(rows: pl.DataFrame, column: str) -> np.ndarray:
    """Return where a column says nothing."""
    return rows[column].is_null().to_numpy()


def numbers(
    asked: Mapping[str, Any], rows: pl.DataFrame, said: object, *, may_lack: bool = False
) -> np.ndarray:
    """Return a column as numbers; a number in the mapping stands for itself in each row.

    Raises:
        MappingError: If one is no number; or is not there, unless it `may_lack`: then it is nan.
    """
    if isinstance(said, (int, float)):
        return np.full(len(rows), float(said))
    column = str(said)
    values = rows[column].cast(pl.Float64, strict=False)
    is_number = values.is_finite().fill_null(value=False).to_numpy()
    gap = is_nothing(rows, column)
    refuse(asked, rows, column, ~is_number & ~(gap & may_lack), "is no number")
    return values.fill_null(np.nan).to_numpy().astype(np.float64)


def dates(asked: Mapping[str, Any], rows: pl.DataFrame, column: str) -> np.ndarray:
    """Return ISO dates and times as days since 1970 began, UTC unless they say a zone; nan for none.

    Raises:
        MappingError: If one is no date that there is.
    """
    held = rows[column]
    each = held.unique().drop_nulls()
    days = pl.Series([_day(text) for text in each], dtype=pl.Float64)
    found = held.replace_strict(each, days, default=None, return_dtype=pl.Float64).to_numpy()
    wrong = ~np.isfinite(found) & ~is_nothing(rows, column)
    refuse(
        asked,
        rows,
        column,
        wrong,
        "is no such date; dates are as 2026-11-27 or 2026-11-27T18:30:00Z",
    )
    return np.asarray(found, np.float64)


def _day(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / _DAY_S


def places(column: pl.Series, names: Sequence[str]) -> np.ndarray:
    """Return the place in `names` of each text of a column, -1 for one that is not there."""
    known = pl.Series(list(names), dtype=pl.String)
    at = pl.Series(range(len(names)), dtype=pl.Int64)
    if not len(known):
        return np.full(len(column), -1)
    return (
        column.replace_strict(known, at, default=-1, return_dtype=pl.Int64).fill_null(-1).to_numpy()
    )
