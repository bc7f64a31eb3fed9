"""Who there is, what was known of them, what was drawn for them, and how long they were followed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from kith.core.records import NOBODY, NONE, Assignments, Decisions, End, FollowUp
from kith.lab.importing.mapping import MappingError
from kith.lab.importing.tables import Tables, is_nothing, numbers, places, plain, refuse


def ids_of(tables: Tables, asked: Mapping[str, Any]) -> list[str]:
    """Return who there is, in the order of their first rows."""
    rows = tables.rows(asked, [asked["id"]])
    refuse(asked, rows, asked["id"], is_nothing(rows, asked["id"]), "is empty")
    is_again = ~rows[asked["id"]].is_first_distinct().to_numpy()
    if asked.get("again") != "first":
        refuse(asked, rows, asked["id"], is_again, "is there twice; where each has many rows, say again = 'first'")  # fmt: skip
    return [str(one) for one in rows[asked["id"]].filter(~pl.Series(is_again))]


def of_people(
    asked: Mapping[str, Any], rows: pl.DataFrame, column: str, ids: Sequence[str]
) -> tuple[pl.DataFrame, np.ndarray]:
    """Return the rows that are about people of the study, and whom each is about.

    Raises:
        MappingError: If no row is about any of them: then the two tables call people differently.
    """
    who = places(rows[column], ids)
    if len(who) and (who < 0).all():
        raise MappingError(
            f"{asked['table']}: nobody in the column {column} is one of the people; do both tables "
            "call them alike?"
        )
    return rows.filter(pl.Series(who >= 0)), who[who >= 0].astype(np.int32)


def fact_of(tables: Tables, asked: Mapping[str, Any], ids: Sequence[str]) -> np.ndarray:
    """Return what a column says of each person: numbers if all of it are, else words."""
    rows = tables.rows(asked, [asked["id"], asked["column"]])
    rows, who = of_people(asked, rows, asked["id"], ids)
    rows, who = _each_once(asked, rows, who, [asked["id"], asked["column"]])
    found = np.full(len(ids), None, object)
    found[who] = rows[asked["column"]].to_numpy()
    words = asked.get("words")
    if words:
        known = {plain(one): word for one, word in words.items()}
        return np.array([known.get(one) for one in found], object)
    try:
        return np.array([np.nan if one is None else float(one) for one in found])
    except ValueError:
        return found


def assignments_of(
    tables: Tables, asked: Mapping[str, Any], ids: Sequence[str], name: str
) -> Assignments:
    """Return who was drawn into which arm; without an arm somebody was not drawn."""
    share, cluster = asked.get("probability"), asked.get("cluster")
    columns = [asked["person"], asked["arm"], asked["day"], share, cluster]
    rows, who = of_people(asked, tables.rows(asked, columns), asked["person"], ids)
    is_drawn = ~is_nothing(rows, asked["arm"])
    rows, who = rows.filter(pl.Series(is_drawn)), who[is_drawn]
    rows, who = _each_once(asked, rows, who, columns)
    values = [plain(one["value"]) for one in asked["arms"]]
    arm = places(rows[asked["arm"]], values).astype(np.int16)
    refuse(
        asked, rows, asked["arm"], arm < 0, f"is none of the arms in {name}: {', '.join(values)}"
    )
    day = tables.days(asked, rows, asked["day"])
    refuse(asked, rows, asked["day"], ~np.isfinite(day), "is empty")
    chance = numbers(asked, rows, 1 / len(values) if share is None else share)
    return Assignments(
        len(ids), tuple(str(one["key"]) for one in asked["arms"]), who, arm, day, chance,
        _strata(tables, asked, who, ids), _numbered(rows, cluster),
    )  # fmt: skip


def _each_once(
    asked: Mapping[str, Any], rows: pl.DataFrame, who: np.ndarray, columns: Sequence[object]
) -> tuple[pl.DataFrame, np.ndarray]:
    """Return one row for each person, out of a table that may say the same of them many times.

    Raises:
        MappingError: If two rows of one person differ.
    """
    said = list(dict.fromkeys(one for one in columns if isinstance(one, str)))
    is_new = rows.select(pl.struct(said).is_first_distinct()).to_series()
    rows, who = rows.filter(is_new), who[is_new.to_numpy()]
    is_again = ~pl.Series(who).is_first_distinct().to_numpy()
    refuse(asked, rows, said[0], is_again, "is there twice, and not alike")
    return rows, who


def _strata(
    tables: Tables, asked: Mapping[str, Any], who: np.ndarray, ids: Sequence[str]
) -> np.ndarray:
    if "strata" not in asked:
        return np.full(len(who), NONE, np.int32)
    said = fact_of(tables, asked["strata"], ids)
    _, stratum = np.unique(np.array([str(one) for one in said]), return_inverse=True)
    return np.asarray(stratum.astype(np.int32)[who])


def _numbered(rows: pl.DataFrame, column: str | None) -> np.ndarray:
    """Return a number for each word of a column, from 0; NONE where there is none."""
    if column is None:
        return np.full(len(rows), NONE, np.int32)
    names = rows[column].drop_nulls().unique(maintain_order=True).to_list()
    return places(rows[column], names).astype(np.int32)


def decisions_of(tables: Tables, asked: Mapping[str, Any] | None, ids: Sequence[str]) -> Decisions:
    """Return decisions of two ways; the mapping's probability is of the second, kith's of what came."""
    if asked is None:
        return Decisions.none(len(ids))
    given = {"available": 1, **asked}
    columns = [given[one] for one in ("person", "arm", "day", "available", "probability")]
    rows, who = of_people(asked, tables.rows(asked, columns), asked["person"], ids)
    arms = [plain(one["value"]) for one in asked["arms"]]
    if len(arms) != 2:
        raise MappingError("decisions: arms must be two: what is done otherwise, and what is drawn")
    is_open = numbers(asked, rows, given["available"]) > 0
    arm = places(rows[asked["arm"]], arms)
    refuse(asked, rows, asked["arm"], (arm < 0) & is_open, "is none of the arms in the mapping")
    arm = np.where(is_open, arm, 0).astype(np.int8)
    chance = numbers(asked, rows, asked["probability"], may_lack=True)
    is_dice = (chance > 0) & (chance < 1)
    refuse(asked, rows, asked["probability"], is_open & ~is_dice, "is no probability above 0 and below 1")  # fmt: skip
    came = np.where(is_open, np.where(arm == 1, chance, 1 - chance), 1.0)
    day = tables.days(asked, rows, asked["day"])
    refuse(asked, rows, asked["day"], ~np.isfinite(day), "is empty")
    n = len(who)
    return Decisions(
        len(ids), who, np.full(n, NOBODY, np.int32), day, is_open, np.zeros(n, np.bool_), arm, came,
        np.ones(n),
    )  # fmt: skip


def no_assignments(asked: Mapping[str, Any], people: int) -> Assignments:
    """Return that nobody was drawn for good: what was drawn were moments."""
    none, real = np.empty(0, np.int32), np.empty(0)
    keys = tuple(str(one["key"]) for one in asked["arms"])
    return Assignments(people, keys, none, np.empty(0, np.int16), real, real, none, none)


def follow_up_of(
    tables: Tables, asked: Mapping[str, Any], drawn: Assignments, decided: Decisions,
    ids: Sequence[str],
) -> FollowUp:  # fmt: skip
    """Return how long each was followed from their draw, or from their first decision.

    `days` is a number for all, or a column of so many days; `ends` a column of days or dates. Who has
    nothing there is followed for no time. `why` is a column, and `words` what each of its words means.
    """
    person, starts = _begins(drawn, decided)
    if "table" not in asked:
        why = np.full(len(person), End.STUDY_ENDED, np.int8)
        return FollowUp(len(ids), person, starts, starts + float(asked.get("days", 0)), why)
    for name in {"person"} - set(asked):
        raise MappingError(f"follow_up lacks the key {name}")
    columns = [asked["person"], *(asked.get(one) for one in ("days", "ends", "why"))]
    rows, who = of_people(asked, tables.rows(asked, columns), asked["person"], ids)
    rows, who = _each_once(asked, rows, who, columns)
    start = np.full(len(ids), np.nan)
    start[person] = starts
    if "ends" in asked:
        ends, column = tables.days(asked, rows, asked["ends"]), asked["ends"]
    else:
        column = asked.get("days", 0)
        ends = start[who] + numbers(asked, rows, column, may_lack=True)
    is_in = np.isfinite(start[who])
    refuse(asked, rows, column, is_in & (ends < start[who]), "is before the draw")
    why = _why(asked, rows)[is_in]
    begin, ends = start[who][is_in], ends[is_in]
    return FollowUp(len(ids), who[is_in], begin, np.where(np.isfinite(ends), ends, begin), why)


def _begins(drawn: Assignments, decided: Decisions) -> tuple[np.ndarray, np.ndarray]:
    if len(drawn.person):
        return drawn.person, drawn.day
    order = np.argsort(decided.day, kind="stable")
    person, first = np.unique(decided.person[order], return_index=True)
    return person, decided.day[order][first]


def _why(asked: Mapping[str, Any], rows: pl.DataFrame) -> np.ndarray:
    if "why" not in asked:
        return np.full(len(rows), End.STUDY_ENDED, np.int8)
    words, known = asked.get("words", {}), [one.name.lower() for one in End]
    words = {plain(one): word for one, word in words.items()}
    said = [words.get(one, one) for one in rows[asked["why"]]]
    at = places(pl.Series(said, dtype=pl.String), known)
    refuse(asked, rows, asked["why"], at < 0, f"is none of: {', '.join(known)}; say what its words mean in words")  # fmt: skip
    return at.astype(np.int8)
