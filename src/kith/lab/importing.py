"""Data from elsewhere as kith's records, by a mapping file in TOML.

docs/science/analysis.md says what may stand in one. Every rule of it is in the file, none in here,
so that another data set needs another file and no other code.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from kith.core.records import (
    NOBODY,
    NONE,
    ActLog,
    Assignments,
    Decisions,
    End,
    FollowUp,
    Measure,
    Missing,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.errors import InvalidInputError, KithError
from kith.lab.records_columns import Names

_KEYS: Mapping[str, frozenset[str]] = {
    "people": frozenset({"table", "id", "where", "facts", "again"}),
    "facts": frozenset({"table", "id", "column", "words", "where"}),
    "assignments": frozenset(
        {"table", "person", "arm", "day", "where", "arms", "probability", "strata"}
    ),
    "decisions": frozenset(
        {"table", "person", "day", "where", "arm", "arms", "available", "probability"}
    ),
    "follow_up": frozenset({"days"}),
    "measures": frozenset({"name", "unit", "words", "least", "most"}),
    "observations": frozenset(
        {"measure", "table", "person", "day", "value", "where", "again", "otherwise"}
    ),
}
_AGAIN = ("refuse", "first", "highest")


class MappingError(KithError):
    """A mapping, or a table that it reads, is not right: the text says where, and why."""


class _Rows(NamedTuple):
    """Values of people on days: columns of one length."""

    person: np.ndarray
    day: np.ndarray
    value: np.ndarray


def import_records(mapping: Path, source: Path) -> tuple[StudyRecords, Names]:
    """Return the records that a mapping finds in the CSV tables of a folder.

    Raises:
        MappingError: If the mapping or a table is not right: the table, row, column and reason.
    """
    asked = _read(mapping)
    tables = _Tables(source)
    people = asked["people"]
    ids = _ids(tables, people)
    number = {name: n for n, name in enumerate(ids)}
    try:
        decisions = _decisions(tables, asked.get("decisions"), number)
        assignments = (
            _assignments(tables, asked["assignments"], number)
            if "assignments" in asked
            else _no_assignments(asked["decisions"], len(ids))
        )
        observations = _observations(tables, asked, number, assignments)
        records = StudyRecords(
            len(ids), _no_acts(len(ids)), assignments, decisions,
            _no_prompts(len(ids)), observations, _follow_up(asked["follow_up"], assignments, decisions),
        )  # fmt: skip
    except InvalidInputError as error:
        raise MappingError(f"{mapping.name}: {error}") from error
    facts = {name: _fact(tables, fact, number) for name, fact in people.get("facts", {}).items()}
    return records, Names(np.array(ids, object), facts, is_dated=False)


class _Tables:
    """The CSV tables of a folder, each read once, every value as its text."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._read: dict[str, pl.DataFrame] = {}

    def rows(self, asked: Mapping[str, Any], columns: Sequence[str]) -> pl.DataFrame:
        """Return `columns` of the rows that `asked` wants, with `row`: where each stands."""
        name = asked["table"]
        table = self._table(name)
        where = asked.get("where", {})
        for column in (*columns, *where):
            if column not in table.columns:
                known = ", ".join(one for one in table.columns if one != "row")
                raise MappingError(f"{name}: there is no column {column}; there are: {known}")
        for column, words in where.items():
            table = table.filter(pl.col(column).is_in([str(word) for word in words]))
        return table.select("row", *dict.fromkeys(columns))

    def _table(self, name: str) -> pl.DataFrame:
        if name not in self._read:
            paths = [self._source / f"{name}{end}" for end in (".csv", ".csv.gz")]
            path = next((one for one in paths if one.is_file()), None)
            if path is None:
                raise MappingError(f"{name}: there is no {name}.csv or {name}.csv.gz")
            try:
                table = pl.read_csv(path, infer_schema=False)
            except (pl.exceptions.PolarsError, OSError) as error:
                raise MappingError(f"{path.name} cannot be read as CSV") from error
            self._read[name] = table.with_row_index("row", offset=2)
        return self._read[name]


def _read(mapping: Path) -> dict[str, Any]:
    try:
        asked = tomllib.loads(mapping.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{mapping.name} cannot be read as TOML: {error}") from error
    for name in ("people", "follow_up", "measures", "observations"):
        if name not in asked:
            raise MappingError(f"{mapping.name}: the section {name} is missing")
    if "assignments" not in asked and "decisions" not in asked:
        raise MappingError(f"{mapping.name}: the section assignments or decisions is missing")
    for where, kind, table in _sections(asked):
        for key in sorted(set(table) - _KEYS[kind]):
            known = ", ".join(sorted(_KEYS[kind]))
            raise MappingError(f"{mapping.name}: {where} has no key {key}; it may have: {known}")
    return asked


def _sections(asked: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for name in ("people", "assignments", "decisions", "follow_up"):
        if name in asked:
            yield name, name, asked[name]
    for name in ("measures", "observations"):
        for n, one in enumerate(asked[name]):
            yield f"{name}[{n}]", name, one
    for name, one in asked["people"].get("facts", {}).items():
        yield f"people.facts.{name}", "facts", one


def _ids(tables: _Tables, asked: Mapping[str, Any]) -> list[str]:
    rows = tables.rows(asked, [asked["id"]])
    _refuse(asked, rows, asked["id"], rows[asked["id"]].is_null(), "is empty")
    if asked.get("again") == "first":
        rows = rows.filter(rows[asked["id"]].is_first_distinct())
    _refuse(asked, rows, asked["id"], ~rows[asked["id"]].is_first_distinct(), "is there twice")
    return [str(one) for one in rows[asked["id"]]]


def _refuse(
    asked: Mapping[str, Any], rows: pl.DataFrame, column: str, is_wrong: pl.Series, why: str
) -> None:
    """Refuse the first row that is wrong, without its value: it may be somebody's."""
    if is_wrong.any():
        row = rows.filter(is_wrong)["row"][0]
        raise MappingError(f"{asked['table']}: row {row}, column {column}: {why}")


def _numbers(asked: Mapping[str, Any], rows: pl.DataFrame, said: object) -> np.ndarray:
    """Return a column as numbers; a number in the mapping stands for itself in each row."""
    if isinstance(said, (int, float)):
        return np.full(len(rows), float(said))
    column = str(said)
    values = rows[column].cast(pl.Float64, strict=False)
    is_wrong = values.is_null() | ~values.is_finite()
    _refuse(asked, rows, column, is_wrong.fill_null(value=True), "is no number")
    return values.to_numpy().astype(np.float64)


def _of_people(rows: pl.DataFrame, column: str, number: Mapping[str, int]) -> np.ndarray:
    """Return who each row is about; -1 for those who are not in the study."""
    return np.array([number.get(one, -1) for one in rows[column]], np.int32)


def _fact(tables: _Tables, asked: Mapping[str, Any], number: Mapping[str, int]) -> np.ndarray:
    rows = tables.rows(asked, [asked["id"], asked["column"]])
    who = _of_people(rows, asked["id"], number)
    is_again = pl.Series(who >= 0) & ~rows[asked["id"]].is_first_distinct()
    _refuse(asked, rows, asked["id"], is_again, "is there twice")
    found = np.full(len(number), None, object)
    words = asked.get("words")
    for n, said in zip(who, rows[asked["column"]], strict=True):
        if n >= 0:
            found[n] = words.get(said) if words else said
    if words:
        return found
    try:
        return np.array([np.nan if one is None else float(one) for one in found])
    except ValueError:
        return found


def _assignments(
    tables: _Tables, asked: Mapping[str, Any], number: Mapping[str, int]
) -> Assignments:
    rows = tables.rows(asked, [asked["person"], asked["arm"], asked["day"]])
    who = _of_people(rows, asked["person"], number)
    rows, who = rows.filter(pl.Series(who >= 0)), who[who >= 0]
    arms = [str(one["value"]) for one in asked["arms"]]
    arm = np.array([arms.index(one) if one in arms else -1 for one in rows[asked["arm"]]], np.int16)
    _refuse(asked, rows, asked["arm"], pl.Series(arm < 0), "is none of the arms in the mapping")
    _refuse(asked, rows, asked["person"], ~rows[asked["person"]].is_first_distinct(), "is there twice")  # fmt: skip
    probability = float(asked.get("probability", 1 / len(arms)))
    n = len(rows)
    return Assignments(
        len(number), tuple(str(one["key"]) for one in asked["arms"]), who, arm,
        _numbers(asked, rows, asked["day"]), np.full(n, probability), _strata(tables, asked, who, number),
        np.full(n, NONE, np.int32),
    )  # fmt: skip


def _decisions(
    tables: _Tables, asked: Mapping[str, Any] | None, number: Mapping[str, int]
) -> Decisions:
    """Return decisions of two ways; the mapping's probability is of the second, kith's of what came."""
    if asked is None:
        return _no_decisions(len(number))
    said = ("person", "arm", "day", "available", "probability")
    given = {"available": 1, **asked}
    rows = tables.rows(asked, [given[name] for name in said if isinstance(given[name], str)])
    who = _of_people(rows, asked["person"], number)
    rows, who = rows.filter(pl.Series(who >= 0)), who[who >= 0]
    arms = [str(one["value"]) for one in asked["arms"]]
    if len(arms) != 2:
        raise MappingError("decisions: arms must be two: what is done otherwise, and what is drawn")
    is_open = _numbers(asked, rows, given["available"]) > 0
    arm = np.array([arms.index(one) if one in arms else -1 for one in rows[asked["arm"]]], np.int8)
    _refuse(asked, rows, asked["arm"], pl.Series((arm < 0) & is_open), "is none of the arms in the mapping")  # fmt: skip
    arm = np.where(is_open, arm, 0).astype(np.int8)
    chance = _numbers(asked, rows, asked["probability"])
    is_dice = (chance > 0) & (chance < 1)
    _refuse(asked, rows, str(asked["probability"]), pl.Series(is_open & ~is_dice), "is no probability above 0 and below 1")  # fmt: skip
    came = np.where(is_open, np.where(arm == 1, chance, 1 - chance), 1.0)
    n = len(who)
    return Decisions(
        len(number), who, np.full(n, NOBODY, np.int32), _numbers(asked, rows, asked["day"]), is_open,
        np.zeros(n, np.bool_), arm, came, np.ones(n),
    )  # fmt: skip


def _no_assignments(asked: Mapping[str, Any], people: int) -> Assignments:
    """Return that nobody was drawn for good: what was drawn were moments."""
    none, real = np.empty(0, np.int32), np.empty(0)
    keys = tuple(str(one["key"]) for one in asked["arms"])
    return Assignments(people, keys, none, np.empty(0, np.int16), real, real, none, none)


def _strata(
    tables: _Tables, asked: Mapping[str, Any], who: np.ndarray, number: Mapping[str, int]
) -> np.ndarray:
    if "strata" not in asked:
        return np.full(len(who), NONE, np.int32)
    said = _fact(tables, asked["strata"], number)
    _, stratum = np.unique(np.array([str(one) for one in said]), return_inverse=True)
    return np.asarray(stratum.astype(np.int32)[who])


def _observations(
    tables: _Tables, asked: Mapping[str, Any], number: Mapping[str, int], drawn: Assignments
) -> Observations:
    measures = tuple(
        Measure(
            one["name"], one.get("unit", ""), tuple(one.get("words", ())),
            float(one.get("least", -np.inf)), float(one.get("most", np.inf)),
        )
        for one in asked["measures"]
    )  # fmt: skip
    names = [one.name for one in measures]
    found: list[tuple[int, _Rows]] = []
    for name in names:
        blocks = [one for one in asked["observations"] if one["measure"] == name]
        if blocks:
            found.append((names.index(name), _of_measure(tables, blocks, number, drawn)))
    unknown = {one["measure"] for one in asked["observations"]} - set(names)
    if unknown:
        raise MappingError(f"observations: {min(unknown)} is none of the measures")
    whole = [np.concatenate([getattr(rows, name) for _, rows in found]) for name in _Rows._fields]
    measure = np.concatenate([np.full(len(rows.person), n, np.int16) for n, rows in found])
    n = len(measure)
    return Observations(
        len(number), measures, whole[0].astype(np.int32), measure, whole[1], whole[2],
        np.full(n, Missing.THERE_IS_ONE, np.int8), np.full(n, NONE, np.int32), np.zeros(n, np.int16),
    )  # fmt: skip


def _of_measure(
    tables: _Tables,
    blocks: Sequence[Mapping[str, Any]],
    number: Mapping[str, int],
    drawn: Assignments,
) -> _Rows:
    """Return all values of one measure; several blocks fill it, by the rule of the first."""
    parts = []
    for asked in blocks:
        columns = [
            asked["person"],
            *(v for v in (asked["day"], asked["value"]) if isinstance(v, str)),
        ]
        rows = tables.rows(asked, columns)
        who = _of_people(rows, asked["person"], number)
        rows, who = rows.filter(pl.Series(who >= 0)), who[who >= 0]
        day, value = (_numbers(asked, rows, asked[name]) for name in ("day", "value"))
        parts.append(pl.DataFrame({"row": rows["row"], "person": who, "day": day, "value": value}))
    again = blocks[0].get("again", "refuse")
    if again not in _AGAIN:
        raise MappingError(f"observations: again is {again!r}; it may be: {', '.join(_AGAIN)}")
    joined = pl.concat(parts)
    if again == "refuse":
        is_again = ~joined.select("person", "day").is_duplicated()
        _refuse(blocks[0], joined, str(blocks[0]["day"]), ~is_again, "this person has a value for this day already; say in the mapping, with again, which one counts")  # fmt: skip
    elif again == "first":
        joined = joined.sort("person", "day", maintain_order=True).unique("person", keep="first", maintain_order=True)  # fmt: skip
    else:
        joined = joined.group_by("person", "day", maintain_order=True).agg(pl.col("value").max())
    joined = joined.select("person", "day", "value")
    if "otherwise" in blocks[0]:
        is_left = ~np.isin(drawn.person, joined["person"].to_numpy())
        rest = {"person": drawn.person[is_left], "day": drawn.day[is_left], "value": np.full(int(is_left.sum()), float(blocks[0]["otherwise"]))}  # fmt: skip
        joined = pl.concat([joined, pl.DataFrame(rest)])
    return _Rows(*(joined[name].to_numpy() for name in _Rows._fields))


def _follow_up(asked: Mapping[str, Any], drawn: Assignments, decided: Decisions) -> FollowUp:
    """Return that each was followed for some days from their draw, or from their first decision."""
    person, starts = drawn.person, drawn.day
    if not len(person):
        order = np.argsort(decided.day, kind="stable")
        person, first = np.unique(decided.person[order], return_index=True)
        starts = decided.day[order][first]
    why = np.full(len(person), End.STUDY_ENDED, np.int8)
    return FollowUp(drawn.people, person, starts, starts + float(asked["days"]), why)


def _no_acts(people: int) -> ActLog:
    return ActLog.of((), people)


def _no_decisions(people: int) -> Decisions:
    none, real = np.empty(0, np.int32), np.empty(0)
    no = np.empty(0, np.bool_)
    return Decisions(people, none, none, real, no, no, np.empty(0, np.int8), real, real)


def _no_prompts(people: int) -> Prompts:
    none, real = np.empty(0, np.int32), np.empty(0)
    return Prompts(people, none, real, real, real, real, real, none)
