"""Columns of a table of records: from what a file holds to what the records hold, cell by cell."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from typing_extensions import override

from kith.errors import KithError

_NUMBER = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")
# A day further than this from its epoch is a slip: 273 years, or a date before 1900 or after 2199.
FURTHEST_DAY = 100_000.0
_FIRST, _LAST = -25_567.0, 84_006.0
_DAY_US = 86_400_000_000


class RecordsError(KithError):
    """A file of records is not right. Rows count from 1; in a CSV file the names are line 1."""

    def __init__(self, file: str, reason: str, *, column: str = "", row: int | None = None) -> None:
        line = f" (line {row + 1})" if row is not None and file.endswith(".csv") else ""
        where = [
            file,
            f"row {row}{line}" if row is not None else "",
            f"column {column}" if column else "",
        ]
        super().__init__(f"{', '.join(part for part in where if part)}: {reason}")
        self.file, self.column, self.row, self.reason = file, column, row, reason


@dataclass(frozen=True, slots=True)
class Table:
    """One file, as it was read; every column of a CSV file is text."""

    file: str
    rows: pa.Table

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def column(self, name: str) -> pa.Array:
        """Return a column in one piece, texts as texts."""
        found = self.rows.column(name).combine_chunks()
        if isinstance(found, pa.ChunkedArray):
            found = pa.concat_arrays(found.chunks) if found.num_chunks else pa.array([], found.type)
        return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found

    def refuse(self, is_wrong: Any, column: str, reason: str) -> None:
        """Refuse the first row where `is_wrong`."""
        wrong = np.flatnonzero(is_wrong)
        if len(wrong):
            more = f" (and {len(wrong) - 1} rows more)" if len(wrong) > 1 else ""
            raise RecordsError(self.file, reason + more, column=column, row=int(wrong[0]) + 1)


@dataclass(frozen=True, slots=True)
class Names:
    """Who the numbers are.

    Args:
        people: The id of each person, by number, as text.
        facts: Other columns of the table of people, by name.
        is_dated: Whether days are days since 1970 began (UTC), out of dates in the files.
    """

    people: np.ndarray
    facts: Mapping[str, np.ndarray] = field(default_factory=dict)
    is_dated: bool = False


def is_null(column: pa.Array) -> np.ndarray:
    """Return where a column has nothing."""
    return np.asarray(
        column.is_null(nan_is_null=pa.types.is_floating(column.type)).to_numpy(zero_copy_only=False)
    )


def is_text(column: pa.Array) -> bool:
    """Return whether a column holds texts."""
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


class AbstractKind(ABC):
    """What a column may hold."""

    def __init__(self, dtype: Any, *, nothing: Any = None) -> None:
        self.dtype, self.nothing = np.dtype(dtype), nothing

    def read(self, table: Table, name: str) -> np.ndarray:
        """Return the column called `name`, nothing filled with `nothing` where that may be.

        Raises:
            RecordsError: At the first cell that it may not hold.
        """
        column = table.column(name)
        gap = is_null(column)
        if self.nothing is None:
            table.refuse(gap, name, "there is nothing; a value must be there")
        if pa.types.is_null(column.type):
            return np.full(len(table), self.nothing, self.dtype)
        found = self.cells(table, name, column, gap)
        return np.where(gap, self.nothing, found).astype(self.dtype) if gap.any() else found

    @abstractmethod
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        """Return the column; what stands where there is a `gap` does not matter."""


class Number(AbstractKind):
    """Plain numbers."""

    @override
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        numbers = as_numbers(table, name, column, gap)
        table.refuse(~gap & np.isinf(numbers), name, "this is no number that can be worked with")
        return numbers.astype(self.dtype, copy=False)


class Whole(AbstractKind):
    """Whole numbers that fit."""

    @override
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        numbers = np.where(gap, 0, as_numbers(table, name, column, gap))
        ends = np.iinfo(self.dtype)
        is_whole = (numbers == np.rint(numbers)) & (numbers >= ends.min) & (numbers <= ends.max)
        table.refuse(~gap & ~is_whole, name, f"must be a whole number, {ends.min} to {ends.max}")
        return numbers.astype(self.dtype)


class YesNo(AbstractKind):
    """Yes or no."""

    @override
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        if pa.types.is_boolean(column.type):
            return np.asarray(column.fill_null(fill_value=False).to_numpy(zero_copy_only=False))
        words = pc.utf8_lower(pc.utf8_trim_whitespace(column.cast(pa.string())))
        at = _places(words, [*_YES, *_NO])
        table.refuse(~gap & (at < 0), name, "must be true or false")
        return at < len(_YES)


class Word(AbstractKind):
    """Words of an IntEnum, in small letters, or their numbers."""

    def __init__(self, words: type[IntEnum], dtype: Any) -> None:
        super().__init__(dtype)
        self.words = words

    @override
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        names = [word.name.lower() for word in self.words]
        if is_text(column):
            at = _places(pc.utf8_lower(pc.utf8_trim_whitespace(column)), names)
            numbers = _places(column, [str(int(word)) for word in self.words])
            at = np.where(at < 0, numbers, at)
        else:
            numbers = as_numbers(table, name, column, gap)
            at = np.where(np.isin(numbers, list(self.words)), numbers, -1).astype(np.int64)
        table.refuse(at < 0, name, f"must be one of: {', '.join(names)}")
        return np.asarray(np.array(list(self.words), self.dtype)[at])


class Named(AbstractKind):
    """Names out of a list, such as the ids of people; their places in it."""

    def __init__(self, names: pa.Array, of: str, dtype: Any, *, nothing: Any = None) -> None:
        super().__init__(dtype, nothing=nothing)
        self.names, self.of = names, of

    @override
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        at = _places(as_texts(table, name, column), self.names)
        table.refuse(~gap & (at < 0), name, f"this is not one of {self.of}")
        return at.astype(self.dtype)


class Day(AbstractKind):
    """Days since an epoch, or dates and times: days since 1970 began, in UTC."""

    def __init__(self, *, nothing: Any = None) -> None:
        super().__init__(np.float64, nothing=nothing)

    @override
    def cells(self, table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
        if is_dated(column):
            days = _days(table, name, column, gap)
            is_day = (days >= _FIRST) & (days <= _LAST)
            table.refuse(~gap & ~is_day, name, "no such date: must be in the years 1900 to 2199")
            return days
        days = as_numbers(table, name, column, gap)
        is_day = np.abs(days) <= FURTHEST_DAY
        table.refuse(~gap & ~is_day, name, f"no such day: at most {FURTHEST_DAY:,.0f} from day 0")
        return days


def is_dated(column: pa.Array) -> bool:
    """Return whether a column holds dates rather than numbers of days."""
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return True
    if not is_text(column):
        return False
    is_number = pc.match_substring_regex(column, _NUMBER).fill_null(fill_value=True)
    return bool(pc.any(pc.invert(is_number)).as_py())


def as_numbers(table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
    """Return a column as float64, whatever kind of number the file has; nan in a gap."""
    if is_text(column):
        is_number = pc.match_substring_regex(column, _NUMBER)
        wrong = ~np.asarray(is_number.fill_null(fill_value=False).to_numpy(zero_copy_only=False))
        table.refuse(~gap & wrong, name, "must be a number")
        column = pc.utf8_trim_whitespace(column)
    elif not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise RecordsError(table.file, f"holds {column.type}; it must hold numbers", column=name)
    return np.asarray(column.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False))


def as_texts(table: Table, name: str, column: pa.Array) -> pa.Array:
    """Return a column as texts: names may be whole numbers in a file."""
    if not (is_text(column) or pa.types.is_integer(column.type)):
        raise RecordsError(table.file, f"holds {column.type}; it must hold names", column=name)
    return column.cast(pa.string())


def _days(table: Table, name: str, column: pa.Array, gap: np.ndarray) -> np.ndarray:
    if is_text(column):
        coded = column.fill_null("").dictionary_encode()
        each = np.array([_day(text) for text in coded.dictionary.to_pylist()], np.float64)
        days = np.asarray(each[coded.indices.to_numpy(zero_copy_only=False)])
        reason = "no such date; write 2026-11-27 or 2026-11-27T18:30:00Z"
        table.refuse(~gap & np.isnan(days), name, reason)
        return days
    moments = column.cast(pa.timestamp("us", tz=getattr(column.type, "tz", None)), safe=False)
    return (
        np.asarray(moments.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)) / _DAY_US
    )


def _day(text: str) -> float:
    """Return days since 1970 of an ISO date or time, nan if it is none; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return float("nan")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / 86_400


def _places(column: pa.Array, names: Any) -> np.ndarray:
    """Return the place in `names` of each text of a column, -1 for one that is not there."""
    found = pc.index_in(
        column.cast(pa.string()), value_set=pa.array(names, pa.string()), skip_nulls=True
    )
    return np.asarray(found.fill_null(-1).to_numpy(zero_copy_only=False))
