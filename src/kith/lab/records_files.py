"""What a study leaves behind, in a folder of Parquet or CSV files.

    people          id, and any facts about them
    measures        name unit words least most
    arms            name; the first is the one others are held against
    acts            day actor other mode minutes help
    assignments     person arm day probability stratum cluster
    decisions       person helper day is_available is_helper_available treated probability
                    helper_probability
    prompts         person intended delivered shown answered expires decision
    observations    person measure day value missing prompt version
    follow_up       person starts ends why
    chairs          person circle starts ends

They are the columns of kith.core.records; docs/science/study-documents.md says what each holds.
People, arms and measures have their names there. `decision` and `prompt` are rows of the other file,
from 0. A file that is not there is one without rows; only people and what they need must be.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from kith.core.records import (
    NOBODY,
    NONE,
    ActLog,
    Assignments,
    Chairs,
    Decisions,
    End,
    FollowUp,
    Help,
    Measure,
    Missing,
    Mode,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.errors import InvalidInputError
from kith.lab.records_columns import (
    AbstractKind,
    Day,
    Named,
    Names,
    Number,
    RecordsError,
    Table,
    Whole,
    Word,
    YesNo,
    as_numbers,
    as_texts,
    is_dated,
    is_null,
)
from kith.lab.records_writing import TABLES, write_records

__all__ = ["Names", "RecordsError", "read_records", "write_records"]
_DAYS = frozenset(
    {"day", "intended", "delivered", "shown", "answered", "expires", "starts", "ends"}
)
# What need not be there, and what it then is.
_DEFAULTS: Mapping[str, Any] = {
    "stratum": NONE, "cluster": NONE, "decision": NONE, "prompt": NONE, "version": 0,
    "helper": NOBODY, "is_helper_available": False, "helper_probability": 1.0,
    "delivered": np.nan, "shown": np.nan, "answered": np.nan, "help": Help.NONE,
}  # fmt: skip
_TWICE = "this person has an answer to this measure for this very moment already"


def read_records(folder: Path) -> tuple[StudyRecords, Names]:
    """Return the records in a folder of Parquet or CSV files, and who is who in them.

    Raises:
        RecordsError: At the first thing that is not right: the file, the column, the row, and why.
    """
    files = _files(folder)
    ids, facts = _people(files)
    kinds = _kinds(ids, files)
    measures = _measures(files)
    kinds["observations"]["measure"] = Named(
        pa.array([one.name for one in measures], pa.string()), "the names in measures", np.int16
    )
    arms = _arms(files)
    kinds["assignments"]["arm"] = Named(pa.array(arms, pa.string()), "the arms", np.int16)
    columns = {name: _columns(name, files, kinds[name]) for name in TABLES}
    dated = _is_dated(files)
    people = len(ids)
    made: dict[str, Any] = {
        "acts": _made(files, "acts", lambda: ActLog(people, **columns["acts"])),
        "assignments": _made(
            files, "assignments", lambda: Assignments(people, arms, **columns["assignments"])
        ),
        "decisions": _made(files, "decisions", lambda: Decisions(people, **columns["decisions"])),
        "prompts": _made(files, "prompts", lambda: Prompts(people, **columns["prompts"])),
        "observations": _made(
            files, "observations", lambda: Observations(people, measures, **columns["observations"])
        ),
        "follow_up": _made(files, "follow_up", lambda: FollowUp(people, **columns["follow_up"])),
        "chairs": _made(files, "chairs", lambda: Chairs(people, **columns["chairs"])),
    }
    records = _made(files, "observations", lambda: StudyRecords(people, **made))
    return records, Names(ids.to_numpy(zero_copy_only=False), facts, is_dated=dated)


def _files(folder: Path) -> dict[str, Table]:
    """Return the tables of a folder as they were read, by name."""
    if not folder.is_dir():
        raise RecordsError(folder.name, "this is no folder of records")
    found: dict[str, Table] = {}
    for name in ("people", "measures", "arms", *TABLES):
        paths = [
            path for path in (folder / f"{name}.parquet", folder / f"{name}.csv") if path.is_file()
        ]
        if len(paths) > 1:
            raise RecordsError(f"{name}.csv", f"{name}.parquet is here too; leave only one")
        if paths:
            found[name] = Table(paths[0].name, _read(paths[0]))
    if "people" not in found:
        raise RecordsError("people.parquet", f"must be in {folder.name}: it says who there is")
    return found


def _read(path: Path) -> pa.Table:
    try:
        return _read_csv(path) if path.suffix == ".csv" else pq.read_table(path)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise RecordsError(path.name, _unreadable(path, str(error))) from error


def _unreadable(path: Path, error: str) -> str:
    """Return why a file cannot be read, without the line of it that the library would show."""
    if path.suffix == ".parquet":
        return "cannot be read as Parquet: it is damaged, or another kind of file"
    uneven = re.search(r"Expected (\d+) columns, got (\d+)", error)
    if uneven:
        return f"cannot be read as CSV: a line has {uneven[2]} values for {uneven[1]} columns"
    return "cannot be read as CSV: it must be UTF-8 text with commas, the names in the first line"


def _read_csv(path: Path) -> pa.Table:
    """Return a CSV file as texts, so that what is wrong in it can be shown by its row."""
    with path.open(encoding="utf-8-sig") as file:
        names = [name.strip().strip('"') for name in file.readline().rstrip("\r\n").split(",")]
    as_text = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    return pa_csv.read_csv(path, convert_options=as_text)


def _people(files: Mapping[str, Table]) -> tuple[pa.Array, dict[str, np.ndarray]]:
    table = files["people"]
    if "id" not in table.rows.column_names:
        raise RecordsError(table.file, "the column id is missing")
    column = table.column("id")
    table.refuse(is_null(column), "id", "there is nothing; a value must be there")
    ids = as_texts(table, "id", column)
    _refuse_again(table, "id", ids)
    others = [name for name in table.rows.column_names if name != "id"]
    return ids, {name: table.column(name).to_numpy(zero_copy_only=False) for name in others}


def _refuse_again(table: Table, name: str, texts: pa.Array) -> None:
    codes = texts.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    _, first = np.unique(codes, return_index=True)
    is_again = np.ones(len(codes), np.bool_)
    is_again[first] = False
    table.refuse(is_again, name, "this is there twice")


def _measures(files: Mapping[str, Table]) -> tuple[Measure, ...]:
    if "measures" not in files:
        return ()
    table = files["measures"]
    _refuse_columns(table, {"name"}, {"name", "unit", "words", "least", "most"})
    texts = as_texts(table, "name", table.column("name"))
    _refuse_again(table, "name", texts)
    ends = {
        name: as_numbers(table, name, table.column(name), is_null(table.column(name)))
        if name in table.rows.column_names
        else np.full(len(table), np.nan)
        for name in ("least", "most")
    }
    made = []
    for row, said in enumerate(table.rows.to_pylist()):
        words = said.get("words") or ()
        split = words.split("|") if isinstance(words, str) else words
        least, most = ends["least"][row], ends["most"][row]
        try:
            made.append(
                Measure(
                    texts[row].as_py() or "", said.get("unit") or "", tuple(split),
                    -np.inf if np.isnan(least) else float(least),
                    np.inf if np.isnan(most) else float(most),
                )
            )  # fmt: skip
        except InvalidInputError as error:
            raise RecordsError(table.file, str(error), row=row + 1) from error
    return tuple(made)


def _arms(files: Mapping[str, Table]) -> tuple[str, ...]:
    """Return the arms: as the file of arms has them, or else as they first come up."""
    table = files.get("arms") or files.get("assignments")
    if table is None:
        return ()
    name = "name" if "arms" in files else "arm"
    _refuse_columns(table, {name}, set(table.rows.column_names))
    texts = as_texts(table, name, table.column(name))
    if "arms" in files:
        _refuse_again(table, name, texts)
    return tuple(text for text in texts.unique().to_pylist() if text is not None)


def _kinds(ids: pa.Array, files: Mapping[str, Table]) -> dict[str, dict[str, AbstractKind]]:
    def who(nothing: Any = None) -> Named:
        return Named(ids, f"the people in {files['people'].file}", np.int32, nothing=nothing)

    def row_of() -> Whole:
        return Whole(np.int32, nothing=NONE)

    return {
        "acts": {
            "day": Day(), "actor": who(), "other": who(), "mode": Word(Mode, np.uint8),
            "minutes": Number(np.float32), "help": Word(Help, np.int8),
        },
        "assignments": {
            "person": who(), "arm": who(), "day": Day(), "probability": Number(np.float64),
            "stratum": row_of(), "cluster": row_of(),
        },
        "decisions": {
            "person": who(), "helper": who(NOBODY), "day": Day(), "is_available": YesNo(np.bool_),
            "is_helper_available": YesNo(np.bool_, nothing=False), "treated": Whole(np.int8),
            "probability": Number(np.float64), "helper_probability": Number(np.float64, nothing=1.0),
        },
        "prompts": {
            "person": who(), "intended": Day(), "delivered": Day(nothing=np.nan),
            "shown": Day(nothing=np.nan), "answered": Day(nothing=np.nan), "expires": Day(),
            "decision": row_of(),
        },
        "observations": {
            "person": who(), "measure": who(), "day": Day(),
            "value": Number(np.float64, nothing=np.nan), "missing": Word(Missing, np.int8),
            "prompt": row_of(), "version": Whole(np.int16),
        },
        "follow_up": {
            "person": who(), "starts": Day(), "ends": Day(), "why": Word(End, np.int8),
        },
        "chairs": {
            "person": who(), "circle": Whole(np.int32), "starts": Day(), "ends": Day(nothing=np.nan),
        },
    }  # fmt: skip


def _columns(
    name: str, files: Mapping[str, Table], kinds: Mapping[str, AbstractKind]
) -> dict[str, np.ndarray]:
    """Return the columns of one table, checked one by one."""
    if name not in files:
        return {key: np.empty(0, kind.dtype) for key, kind in kinds.items()}
    table = files[name]
    there = set(table.rows.column_names)
    may_lack = set(_DEFAULTS) | ({"missing"} if name == "observations" else set())
    _refuse_columns(table, set(kinds) - may_lack, set(kinds))
    found = {
        key: kind.read(table, key)
        if key in there
        else np.full(len(table), _DEFAULTS.get(key, Missing.THERE_IS_ONE), kind.dtype)
        for key, kind in kinds.items()
    }
    if name == "observations" and "missing" not in there:
        reason = "there is nothing, and no column missing that says why"
        table.refuse(np.isnan(found["value"]), "value", reason)
    return found


def _refuse_columns(table: Table, needed: set[str], known: set[str]) -> None:
    there = set(table.rows.column_names)
    lacking, foreign = sorted(needed - there), sorted(there - known)
    if lacking:
        raise RecordsError(table.file, f"the columns {', '.join(lacking)} are missing")
    if foreign:
        raise RecordsError(
            table.file, f"nothing is known of the columns {', '.join(foreign)}; leave them out"
        )


def _is_dated(files: Mapping[str, Table]) -> bool:
    """Return whether days are dates, refusing a folder in which some are and others are not."""
    dated: dict[bool, str] = {}
    for name in TABLES:
        if name not in files or not len(files[name]):
            continue
        for column in _DAYS & set(files[name].rows.column_names):
            held = files[name].column(column)
            if not is_null(held).all():
                dated[is_dated(held)] = f"{files[name].file}, column {column}"
    if len(dated) > 1:
        raise RecordsError(
            dated[True].partition(",")[0],
            f"days are dates here ({dated[True]}) and numbers elsewhere ({dated[False]}); "
            "write all of them alike",
        )
    return dated.get(True) is not None


_HAS = re.compile(r"^row (\d+) has (.*): must be (.*?) \(\d+ of \d+ rows are not\)$", re.DOTALL)


def _made(files: Mapping[str, Table], name: str, make: Any) -> Any:
    """Return what `make` makes, or say of which row of the file of `name` it cannot be made."""
    try:
        return make()
    except InvalidInputError as error:
        file = files[name].file if name in files else name
        found = _HAS.match(str(error))
        if found is None:
            raise RecordsError(file, str(error)) from error
        row, held, must_be = found.groups()
        columns = re.findall(r"(?:^| and )(\w+) ", held)
        column = next(one for one in columns if must_be != f"no sooner than {one}")
        reason = _reason(name, must_be)
        if column == "decision":
            file = files["prompts"].file
        elif name == "observations" and column not in files[name].rows.column_names:
            column, reason = "value", f"{column} {reason}"
        raise RecordsError(file, reason, column=column, row=int(row) + 1) from error


def _reason(name: str, must_be: str) -> str:
    if must_be == "there once":
        again = {
            "observations": _TWICE,
            "chairs": "this person sits down there on that day already",
        }
        return again.get(name, "this person is there twice")
    return f"must be {must_be}"
