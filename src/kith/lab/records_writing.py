"""Records written down as a folder of Parquet or CSV files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from kith.core.records import End, Help, Missing, Mode, StudyRecords
from kith.lab.records_columns import Names

TABLES = ("acts", "assignments", "decisions", "prompts", "observations", "follow_up", "chairs")
_WORDS: Mapping[str, Any] = {"mode": Mode, "help": Help, "missing": Missing, "why": End}


def write_records(
    folder: Path, records: StudyRecords, names: Names, *, is_csv: bool = False
) -> None:
    """Write records as `read_records` reads them, one file for each table, days as numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables_of(records, names).items():
        if is_csv:
            pa_csv.write_csv(_flat(table), folder / f"{name}.csv")
        else:
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def tables_of(records: StudyRecords, names: Names) -> dict[str, pa.Table]:
    """Return records as the tables that `write_records` writes, by name."""
    ids = pa.array(names.people.astype(str), pa.string())
    measures = records.observations.measures
    made = {
        "people": pa.table(
            {"id": ids, **{key: pa.array(fact) for key, fact in names.facts.items()}}
        ),
        "measures": pa.table(
            {
                "name": pa.array([one.name for one in measures], pa.string()),
                "unit": pa.array([one.unit for one in measures], pa.string()),
                "words": pa.array([list(one.words) for one in measures], pa.list_(pa.string())),
                "least": pa.array([one.least for one in measures], pa.float64()),
                "most": pa.array([one.most for one in measures], pa.float64()),
            }
        ),
        "arms": pa.table({"name": pa.array(records.assignments.arms, pa.string())}),
    }
    said: dict[str, pa.Array] = {
        "arm": pa.array(records.assignments.arms, pa.string()),
        "measure": made["measures"]["name"].combine_chunks(),
        **dict.fromkeys(("actor", "other", "person", "helper"), ids),
    }
    for name in TABLES:
        record = getattr(records, name)
        columns = [key for key in record.__slots__ if key not in {"people", "arms", "measures"}]
        made[name] = pa.table({key: _written(key, getattr(record, key), said) for key in columns})
    return made


def _written(key: str, column: np.ndarray, said: Mapping[str, pa.Array]) -> pa.Array:
    """Return a column as a file has it: names and words, and nothing where there is none."""
    if key in _WORDS:
        words = pa.array([word.name.lower() for word in _WORDS[key]], pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(column, pa.int8()), words)
    if key in said:
        at = pa.array(column.astype(np.int32), mask=column < 0)
        return pa.DictionaryArray.from_arrays(at, said[key])
    if key in {"stratum", "cluster", "decision", "prompt"}:
        return pa.array(column, mask=column < 0)
    if column.dtype == np.float64:
        return pa.array(column, mask=np.isnan(column))
    return pa.array(column)


def _flat(table: pa.Table) -> pa.Table:
    """Return a table as CSV can hold it: words joined by a bar, no dictionaries."""
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_list(column.type):
            column = pa.array(["|".join(words) for words in column.to_pylist()], pa.string())
        columns[name] = (
            column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        )
    return pa.table(columns)
