"""What was observed, who did what with whom, and who sat in which circle."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from kith.core.records import (
    NONE,
    ActLog,
    Assignments,
    Chairs,
    Help,
    Measure,
    Missing,
    Mode,
    Observations,
)
from kith.lab.importing.drawn import of_people
from kith.lab.importing.mapping import MappingError
from kith.lab.importing.tables import ROW, Tables, is_nothing, numbers, places, plain, refuse

_AGAIN = ("refuse", "first", "highest")


class _Rows(NamedTuple):
    """Values of people on days: columns of one length."""

    person: np.ndarray
    day: np.ndarray
    value: np.ndarray


def observations_of(
    tables: Tables, asked: Mapping[str, Any], ids: Sequence[str], drawn: Assignments
) -> Observations:
    """Return all values that the mapping finds; a cell that says nothing is no value."""
    measures = tuple(_measure(one) for one in asked["measures"])
    names = [one.name for one in measures]
    unknown = {one["measure"] for one in asked["observations"]} - set(names)
    if unknown:
        raise MappingError(f"observations: {min(unknown)} is none of the measures")
    found: list[tuple[int, _Rows]] = []
    for number, measure in enumerate(measures):
        blocks = [one for one in asked["observations"] if one["measure"] == measure.name]
        if blocks:
            found.append((number, _of_measure(tables, blocks, measure, ids, drawn)))
    whole = [
        np.concatenate([np.empty(0), *(getattr(rows, name) for _, rows in found)])
        for name in _Rows._fields
    ]
    which = np.concatenate(
        [np.empty(0, np.int16), *(np.full(len(rows.person), n, np.int16) for n, rows in found)]
    )
    n = len(which)
    return Observations(
        len(ids), measures, whole[0].astype(np.int32), which, whole[1], whole[2],
        np.full(n, Missing.THERE_IS_ONE, np.int8), np.full(n, NONE, np.int32), np.zeros(n, np.int16),
    )  # fmt: skip


def _measure(said: Mapping[str, Any]) -> Measure:
    return Measure(
        said["name"], said.get("unit", ""), tuple(said.get("words", ())),
        float(said.get("least", -np.inf)), float(said.get("most", np.inf)),
    )  # fmt: skip


def _of_measure(
    tables: Tables,
    blocks: Sequence[Mapping[str, Any]],
    measure: Measure,
    ids: Sequence[str],
    drawn: Assignments,
) -> _Rows:
    """Return all values of one measure; several blocks fill it, by the rule of the first."""
    again = blocks[0].get("again", "refuse")
    if again not in _AGAIN:
        raise MappingError(f"observations: again is {again!r}; it may be: {', '.join(_AGAIN)}")
    start = np.full(len(ids), np.nan)
    start[drawn.person] = drawn.day
    joined = pl.concat([_of_block(tables, one, measure, ids, start) for one in blocks])
    if again == "refuse":
        is_again = ~joined.select(pl.struct("person", "day").is_first_distinct()).to_series()
        refuse(blocks[0], joined, blocks[0]["day"], is_again.to_numpy(), "this person has a value for this day already; say in the mapping, with again, which one counts")  # fmt: skip
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


def _of_block(
    tables: Tables,
    asked: Mapping[str, Any],
    measure: Measure,
    ids: Sequence[str],
    start: np.ndarray,
) -> pl.DataFrame:
    columns = [asked["person"], asked["day"], asked["value"]]
    rows, who = of_people(asked, tables.rows(asked, columns), asked["person"], ids)
    value = _values(asked, rows, measure)
    is_there = np.isfinite(value)
    rows, who, value = rows.filter(pl.Series(is_there)), who[is_there], value[is_there]
    day = tables.days(asked, rows, asked["day"])
    if tables.is_dated and not isinstance(asked["day"], str):
        # A number among dates is of days since the draw of each.
        day, is_known = start[who] + day, np.isfinite(start[who])
        rows, who, value, day = rows.filter(pl.Series(is_known)), who[is_known], value[is_known], day[is_known]  # fmt: skip
    refuse(asked, rows, asked["day"], ~np.isfinite(day), "there is a value and no day")
    return pl.DataFrame({ROW: rows[ROW], "person": who, "day": day, "value": value})


def _values(asked: Mapping[str, Any], rows: pl.DataFrame, measure: Measure) -> np.ndarray:
    """Return numbers; words by the mapping, or by their places among the words of the measure."""
    said = asked["value"]
    words = asked.get("words") or {one.lower(): n for n, one in enumerate(measure.words)}
    if not isinstance(said, str) or not words:
        return numbers(asked, rows, said, may_lack=True)
    held = rows[said]
    texts = held if "words" in asked else held.str.to_lowercase()
    at = places(texts, [plain(one) for one in words])
    as_number = held.cast(pl.Float64, strict=False)
    wrong = (at < 0) & as_number.is_null().to_numpy() & ~is_nothing(rows, said)
    refuse(asked, rows, said, wrong, f"is no number and none of the words {', '.join(map(str, words))}")  # fmt: skip
    of_words = np.array([float(one) for one in words.values()])
    return np.where(at >= 0, of_words[np.maximum(at, 0)], as_number.fill_null(np.nan).to_numpy())


def acts_of(tables: Tables, asked: Mapping[str, Any] | None, ids: Sequence[str]) -> ActLog:
    """Return who did what with whom: rows of two people of the study."""
    if asked is None:
        return ActLog.of((), len(ids))
    mode, help_ = asked.get("mode", "in_person"), asked.get("help", "none")
    minutes = asked.get("minutes", 0)
    columns = {asked["actor"], asked["other"], *(one for one in (asked["day"], minutes) if isinstance(one, str))}  # fmt: skip
    columns |= {one for one in (mode, help_) if isinstance(one, str) and one not in _WORDS}
    rows, actor = of_people(asked, tables.rows(asked, sorted(columns)), asked["actor"], ids)
    other = places(rows[asked["other"]], ids)
    rows, actor, other = rows.filter(pl.Series(other >= 0)), actor[other >= 0], other[other >= 0]
    refuse(asked, rows, asked["other"], actor == other, "is the same person as the other end")
    day = tables.days(asked, rows, asked["day"])
    refuse(asked, rows, asked["day"], ~np.isfinite(day), "is empty")
    return ActLog(
        len(ids), day, actor, other.astype(np.int32), _worded(asked, rows, mode, Mode).astype(np.uint8),
        numbers(asked, rows, minutes).astype(np.float32), _worded(asked, rows, help_, Help).astype(np.int8),
    )  # fmt: skip


_WORDS = frozenset(one.name.lower() for kind in (Mode, Help) for one in kind)


def _worded(
    asked: Mapping[str, Any], rows: pl.DataFrame, said: str, kind: type[Mode] | type[Help]
) -> np.ndarray:
    known = [one.name.lower() for one in kind]
    if said in known:
        return np.full(len(rows), known.index(said))
    at = places(rows[said].str.to_lowercase(), known)
    refuse(asked, rows, said, at < 0, f"is none of: {', '.join(known)}")
    return at


def chairs_of(tables: Tables, asked: Mapping[str, Any] | None, ids: Sequence[str]) -> Chairs:
    """Return who sat in which circle: a row for each chair; without an end it lasts."""
    if asked is None:
        return Chairs.none(len(ids))
    ends = asked.get("ends")
    columns = [asked["person"], asked["circle"], asked["starts"], ends]
    rows, who = of_people(asked, tables.rows(asked, columns), asked["person"], ids)
    names = rows[asked["circle"]].drop_nulls().unique(maintain_order=True).to_list()
    circle = places(rows[asked["circle"]], names)
    refuse(asked, rows, asked["circle"], circle < 0, "is empty")
    starts = tables.days(asked, rows, asked["starts"])
    refuse(asked, rows, asked["starts"], ~np.isfinite(starts), "is empty")
    until = np.full(len(rows), np.nan) if ends is None else tables.days(asked, rows, ends)
    return Chairs(len(ids), who, circle.astype(np.int32), starts, until)
