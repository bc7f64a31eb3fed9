"""An export as a folder of files that others know how to read."""

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import numpy as np
import orjson
import polars as pl

from kith.core.export import fhir, redcap
from kith.core.export.notice import NOTICE
from kith.core.export.package import package
from kith.core.export.questions import Question
from kith.core.export.release import Release
from kith.core.export.tables import DICTIONARY, Field, Table, dictionary
from kith.errors import RefusalError

# By this file a folder is known to be an export, and only such a one is ever replaced.
ACCOUNT = "export.json"
_COUNTS = ("table", "arm", "what", "count")


class OccupiedError(RefusalError):
    """There is something already where an export was to go."""


class Study(NamedTuple):
    """What the files say of the study.

    Args:
        key: Its name in addresses: lower-case letters, digits and dashes.
        title: For people.
        question: What it asks.
        questions: What was observed, and how it was asked.
    """

    key: str
    title: str
    question: str
    questions: tuple[Question, ...]

    @property
    def url(self) -> str:
        """The lasting name of its questions."""
        return f"urn:kith:study:{self.key}"


def write(
    made: Release,
    study: Study,
    out: Path,
    *,
    is_replaced: bool = False,
    is_fhir: bool = True,
    beside: Mapping[str, Any] | None = None,
) -> None:
    """Write an export to the folder `out`, all of it or nothing.

    Args:
        made: What leaves.
        study: What the files say of the study.
        out: A folder that is not there yet, or is empty.
        is_replaced: Whether an earlier export there goes away first.
        is_fhir: Whether responses are written as FHIR too; they are large.
        beside: More JSON files, by name.

    Raises:
        OccupiedError: If there is something in the folder that is not to be replaced.
    """
    refuse_occupied(out, is_replaced=is_replaced)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=".export-", dir=out.parent))
    try:
        _write_all(made, study, part, is_fhir=is_fhir, beside=beside or {})
        part.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        part.rename(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def refuse_occupied(out: Path, *, is_replaced: bool) -> None:
    """Refuse a folder in which there is something that is not to be replaced.

    Raises:
        OccupiedError: If there is.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    is_export = (out / ACCOUNT).is_file()
    if is_replaced and is_export:
        return
    why = (
        "holds an earlier export, perhaps with somebody who has taken their consent back since. "
        "Say --replace to put this one in its place"
        if is_export
        else "holds something else: choose a folder that is not there yet"
    )
    raise OccupiedError(f"{out.name} {why}.")


def _write_all(
    made: Release, study: Study, part: Path, *, is_fhir: bool, beside: Mapping[str, Any]
) -> None:
    for table in made.tables:
        frame = _frame(table)
        frame.write_parquet(part / f"{table.name}.parquet")
        frame.write_csv(part / f"{table.name}.csv")
    (part / "NOTICE.txt").write_text(NOTICE, "utf-8")
    counted = _counted(made)
    _frame(counted).write_csv(part / "counts.csv")
    _frame(counted).write_parquet(part / "counts.parquet")
    tables = (*made.tables, counted)
    _write_rows(part / "dictionary.csv", DICTIONARY, dictionary(tables))
    described = package(study.key, study.title, NOTICE, tables)
    questions = fhir.questionnaire(study.url, study.title, study.questions)  # fmt: skip
    _write_json(part / "datapackage.json", described)
    _write_json(part / "questionnaire.json", questions)
    text = redcap.written(study.questions, form="kith")
    (part / "redcap_dictionary.csv").write_text(text, "utf-8")
    if is_fhir and made.tables:
        _write_responses(part / "responses.ndjson", made.tables, study)
    account = {"study": study.title, "question": study.question, **made.account, "notice": NOTICE}
    _write_json(part / ACCOUNT, account)
    for name, value in beside.items():
        _write_json(part / name, value)


def _frame(table: Table) -> pl.DataFrame:
    return pl.DataFrame([_series(field, table.columns[field.name]) for field in table.fields])


def _series(field: Field, column: np.ndarray) -> pl.Series:
    """Return a column as files hold it: words for their numbers, nothing where there is nothing."""
    if field.kind == "string":
        codes = pl.Series(field.name, column.astype(np.uint32))
        return codes.cat.to(pl.Enum(list(field.words)))
    values = pl.Series(field.name, column)
    if field.may_be_empty and field.kind == "integer":
        return values.set(values < 0, None)
    return values.fill_nan(None) if field.kind == "number" else values


def _counted(made: Release) -> Table:
    """Return all tables of counts as one, a cell in each row."""
    cells = [(name, *cell) for name, table in made.counts.items() for cell in table.said()]
    fields, columns = [], {}
    titles = ("which table", "arm; all for the total", "what was counted; all for the total")
    for n, (name, title) in enumerate(zip(_COUNTS, titles, strict=False)):
        known, code = np.unique([cell[n] for cell in cells], return_inverse=True)
        fields.append(Field(name, "string", title, tuple(map(str, known))))
        columns[name] = code
    least = made.account.get("least_count")
    empty = f"people; empty where they are fewer than {least}, or would tell where they are"
    fields.append(Field("count", "integer", empty, least=0, may_be_empty=True))
    columns["count"] = np.array([-1 if cell[3] is None else cell[3] for cell in cells], np.int64)
    return Table("counts", "how many people of an arm are what", tuple(fields), columns)


def _write_rows(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_json(path: Path, value: object) -> None:
    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def _write_responses(path: Path, tables: Iterable[Table], study: Study) -> None:
    with path.open("wb") as file:
        for table in tables:
            if table.name == "answers":
                for one in fhir.responses(study.url, table, study.questions):
                    file.write(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE))
