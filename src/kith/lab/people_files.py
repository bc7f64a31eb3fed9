"""People and circles in Parquet files."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kith.core.matching import NOBODY, Circles, People
from kith.core.matching.chance import Propensities
from kith.core.matching.people import COLUMNS, DEFAULTS, REQUIRED, WORDS
from kith.core.rng import key
from kith.errors import InvalidInputError, KithError

_PAIRS = ("ties", "exclusions")


class UnreadableError(KithError):
    """A file is not what it should be; the text says where, and what is wrong with it."""


class PeopleFile(NamedTuple):
    """People, and what the file calls each of them: numbers or texts."""

    people: People
    name: np.ndarray


def read_people(path: Path) -> PeopleFile:
    """Return the people in a Parquet file; the columns are in docs/science/matching.md.

    Raises:
        UnreadableError: If it is no such file, or a value in it is not allowed.
    """
    table = _table(path)
    wrong = sorted(set(table.column_names) - {*COLUMNS, *_PAIRS})
    missing = sorted(set(REQUIRED) - set(table.column_names))
    if wrong or missing:
        raise UnreadableError(
            f"{path.name}: columns {wrong} are not known, columns {missing} are missing;"
            f" those that may be left out are {sorted([*DEFAULTS, *_PAIRS])}"
        )
    try:
        name = _plain(table, "id")
        ids = _ids(name)
        columns = {
            column: _week(table) if column == "week" else _plain(table, column)
            for column in COLUMNS
            if column in table.column_names and column != "id"
        }
        pairs = {
            column: _pairs(table, column, ids) for column in _PAIRS if column in table.column_names
        }
        return PeopleFile(People.of({"id": ids, **columns, **pairs}), name)
    except InvalidInputError as error:
        raise UnreadableError(f"{path.name}: {error}") from error


def _table(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableError(f"{path.name} cannot be read as Parquet: {error}") from error


def _plain(table: pa.Table, name: str) -> np.ndarray:
    """Return a column of single values, refusing a gap anywhere but in a place."""
    column = table.column(name).combine_chunks()
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or (is_text and name == "id")):
        allowed = "whole numbers or texts" if name == "id" else "numbers"
        raise InvalidInputError(f"column {name}: {kind} is not allowed; {allowed}")
    if column.null_count and name not in {"latitude", "longitude"}:
        row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
        raise InvalidInputError(f"row {row}, column {name}: nothing is not allowed; say a value")
    if column.null_count:
        column = column.cast(pa.float64()).fill_null(float("nan"))
    numbers: np.ndarray = column.to_numpy(zero_copy_only=False)
    return numbers


def _ids(name: np.ndarray) -> np.ndarray:
    """Return whole numbers for ids: the numbers they are, or 63 bits for a text."""
    if name.dtype.kind in "iu":
        return name
    if name.dtype.kind == "f":
        raise InvalidInputError("column id: fractions are not allowed; whole numbers or texts")
    return np.array([key(0, "id", text) >> 1 for text in name], np.int64)


def _week(table: pa.Table) -> np.ndarray:
    column, lengths = _lists(table, "week", gaps=False)
    short = np.flatnonzero(lengths != WORDS)
    if len(short):
        row = int(short[0])
        raise InvalidInputError(
            f"row {row}, column week: {lengths[row]} numbers are not allowed; {WORDS} of 64 bits each"
        )
    return column.reshape(-1, WORDS)


def _lists(table: pa.Table, name: str, *, gaps: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return all values of a column of lists one after another, and how many each row has."""
    column = table.column(name).combine_chunks()
    kind = column.type
    if pa.types.is_fixed_size_list(kind):
        column = column.cast(pa.list_(kind.value_type))
    elif not (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        raise InvalidInputError(f"column {name}: {kind} is not allowed; lists")
    empty = column.is_null().to_numpy(zero_copy_only=False)
    if empty.any() and not gaps:
        row = int(empty.argmax())
        raise InvalidInputError(f"row {row}, column {name}: nothing is not allowed; say a list")
    values = column.flatten()
    lengths = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    if values.null_count:
        at = int(np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False))[0])
        row = int(np.searchsorted(np.cumsum(lengths), at, side="right"))
        raise InvalidInputError(f"row {row}, column {name}: a gap in a list is not allowed")
    return values.to_numpy(zero_copy_only=False), lengths


def _pairs(table: pa.Table, name: str, ids: np.ndarray) -> np.ndarray:
    """Return pairs of rows out of lists of ids. Ids of nobody here are people who left."""
    values, lengths = _lists(table, name, gaps=True)
    if not len(values):
        return np.empty((0, 2), np.int32)
    return _known(np.repeat(np.arange(len(ids)), lengths), _ids(values), ids, name)


def _known(one: np.ndarray, other: np.ndarray, ids: np.ndarray, name: str) -> np.ndarray:
    row = rows_of(other, ids)
    here = row >= 0
    pairs = np.stack([one[here], row[here]], axis=1).astype(np.int32)
    own = np.flatnonzero(pairs[:, 0] == pairs[:, 1])
    if len(own):
        raise InvalidInputError(
            f"row {pairs[own[0], 0]}, column {name}: the person's own id is not allowed; others'"
        )
    return pairs


def rows_of(wanted: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Return at which row each wanted id stands, -1 where nobody has it."""
    if not len(ids):
        return np.full(len(wanted), -1)
    order = np.argsort(ids, kind="stable")
    at = np.minimum(np.searchsorted(ids[order], wanted), len(ids) - 1)
    return np.where(ids[order][at] == wanted, order[at], -1)


def write_people(people: People, path: Path) -> None:
    """Write people as `read_people` reads them."""
    columns: dict[str, Any] = {name: getattr(people, name) for name in COLUMNS if name != "week"}
    columns["week"] = pa.FixedSizeListArray.from_arrays(pa.array(people.week.ravel()), WORDS)
    for name in _PAIRS:
        pairs = getattr(people, name)
        order = np.argsort(pairs[:, 0], kind="stable")
        start = np.searchsorted(pairs[order, 0], np.arange(len(people) + 1))
        others = pa.array(people.id[pairs[order, 1]])
        columns[name] = pa.ListArray.from_arrays(pa.array(start, pa.int32()), others)
    pq.write_table(pa.table(columns), path)


def read_circles(path: Path, ids: np.ndarray) -> Circles:
    """Return the circles in a file that `write_circles` wrote, without those who left.

    Raises:
        UnreadableError: If it is no such file.
    """
    table = _table(path)
    wanted = {"circle", "id", "hour", "mode"}
    if not wanted <= set(table.column_names):
        raise UnreadableError(f"{path.name}: it must have the columns {sorted(wanted)}")
    try:
        circle, hour, mode = (_plain(table, name) for name in ("circle", "hour", "mode"))
        row = rows_of(_ids(_plain(table, "id")), ids)
        members: dict[int, list[int]] = {}
        how: dict[int, tuple[int, int]] = {}
        for g, i, h, m in zip(
            circle.tolist(), row.tolist(), hour.tolist(), mode.tolist(), strict=True
        ):
            if i >= 0:
                members.setdefault(g, []).append(i)
                how[g] = h, m
        return Circles.of(list(members.values()), *([v[x] for v in how.values()] for x in (0, 1)))
    except InvalidInputError as error:
        raise UnreadableError(f"{path.name}: {error}") from error


def write_circles(circles: Circles, name: np.ndarray, path: Path, about: dict[str, str]) -> None:
    """Write one row for each person in a circle: circle, id, hour, mode; and `about` the run."""
    circle, seat = np.nonzero(circles.member != NOBODY)
    table = pa.table(
        {
            "circle": circle.astype(np.int32),
            "id": name[circles.member[circle, seat]],
            "hour": circles.hour[circle],
            "mode": circles.mode[circle],
        }
    )
    pq.write_table(table.replace_schema_metadata(about), path)


def write_propensities(
    likely: Propensities, name: np.ndarray, path: Path, about: dict[str, str]
) -> None:
    """Write one row for each two who sit together: circle, id, other, propensity, error."""
    table = pa.table(
        {
            "circle": likely.circle,
            "id": name[likely.one],
            "other": name[likely.other],
            "propensity": likely.share,
            "error": likely.error,
        }
    )
    pq.write_table(table.replace_schema_metadata(about), path)
