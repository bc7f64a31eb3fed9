"""An export read back: kith's records, as coarse as they left.

Who is handed a de-identified export may analyse it by the study's own plan. Each value stands on the
first day of its period, so that what the plan looks at in a week is the same as in the records that
the export was made of, for whoever is in it. What did not leave is not there: acts, chairs, strata,
hours, and everybody who did not agree to share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import polars as pl
from jaxtyping import Float64, Int64

from kith.core.export.hierarchies import ANY, NOT_SAID
from kith.core.export.known import NOT_DRAWN
from kith.core.export.release import RESERVED
from kith.core.records import (
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
from kith.core.study import StudyPlan, locked_hash
from kith.core.study.words import REAL_DRAW
from kith.lab.export_files import ACCOUNT
from kith.lab.records_columns import Names, RecordsError

# What is asked twice in a period stands so far apart; in which order, nobody is told.
_APART: Final = 1 / 1024
# Why somebody's time ended, where an export is coarser than that: before the study did, or not said.
_ENDS: Final[Mapping[str, End]] = {
    **{end.name.lower(): end for end in End}, "before": End.LOST, NOT_SAID: End.STUDY_ENDED
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FromExport:
    """Records out of an export, and what has to be said of whatever comes of them."""

    records: StudyRecords
    names: Names
    said: tuple[str, ...]


def is_export(folder: Path) -> bool:
    """Return whether a folder is an export."""
    return (folder / ACCOUNT).is_file()


def read_export(folder: Path, plan: StudyPlan) -> FromExport:
    """Return what left of a study of this plan.

    Raises:
        RecordsError: If a file is missing or damaged, an arm is none of the plan's, or the plan asks
            for what never leaves: moments, runs of days, and the order of the draw.
    """
    _refuse_unanswerable(plan)
    account = _account(folder)
    days = int(account["days_of_a_period"])
    people = _table(folder, "people", ("id", "arm"))
    answers = _table(folder, "answers", ("id", "measure", "period", "value", "missing", "version"))
    ids = people["id"].to_numpy()
    try:
        seen = _observations(answers, ids, days)
        followed = _followed(people, days, seen)
    except (KeyError, ValueError, pl.exceptions.PolarsError) as error:
        # A word that no export has: somebody else wrote into it.
        raise RecordsError(ACCOUNT, f"its tables hold what no export does: {error}") from error
    records = StudyRecords(
        people=len(ids),
        acts=ActLog.of((), len(ids)),
        assignments=_assignments(people, plan),
        decisions=Decisions.none(len(ids)),
        prompts=Prompts.none(len(ids)),
        observations=seen,
        follow_up=followed,
    )
    return FromExport(records, Names(ids.astype(str), _facts(people)), _said(account, plan, days))


def _refuse_unanswerable(plan: StudyPlan) -> None:
    what = ""
    if plan.randomisation.unit == "decisions":
        what = "the plan draws moments"
    elif any(one.settings.get("derive") == "runs" for one in plan.outcomes):
        what = "the plan counts runs of days"
    elif any(one.estimator in REAL_DRAW for one in plan.outcomes):
        # Blocks are of people in the order in which they came, and an export has them shuffled.
        what = "the plan throws the dice of the draw again"
    if what:
        raise RecordsError(
            ACCOUNT,
            f"{what}, and an export has whole periods of people in no order: analyse the records",
        )


def _account(folder: Path) -> dict[str, Any]:
    try:
        account: dict[str, Any] = orjson.loads((folder / ACCOUNT).read_bytes())
        int(account["days_of_a_period"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordsError(ACCOUNT, "is no account of an export: it is damaged") from error
    return account


def _table(folder: Path, name: str, needs: tuple[str, ...]) -> pl.DataFrame:
    path = folder / f"{name}.parquet"
    try:
        table = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        why = "cannot be read as Parquet" if path.is_file() else "is not here"
        raise RecordsError(
            path.name, f"{why}: of an export with totals only, nothing can be analysed"
        ) from error
    for column in needs:
        if column not in table.columns:
            raise RecordsError(path.name, f"has no column {column}")
    return table


def _assignments(people: pl.DataFrame, plan: StudyPlan) -> Assignments:
    """Return who was drawn into which arm. How likely each was did not leave: as if all were alike.

    What hangs on that draws anew, which is refused.
    """
    keys = [arm.key for arm in plan.arms]
    words = people["arm"].cast(pl.String).to_list()
    if odd := sorted(set(words) - {*keys, NOT_DRAWN}):
        raise RecordsError("people.parquet", f"has the arm {odd[0]!r}, the plan has {keys}")
    person = np.flatnonzero(np.array([word != NOT_DRAWN for word in words], np.bool_))
    none = np.full(len(person), NONE, np.int32)
    return Assignments(
        len(words), tuple(keys), person.astype(np.int32),
        np.array([keys.index(words[one]) for one in person], np.int16),
        np.zeros(len(person)), np.full(len(person), 1 / max(len(keys), 1)), none, none,
    )  # fmt: skip


def _observations(
    answers: pl.DataFrame, ids: Int64[np.ndarray, "people"], days: int
) -> Observations:
    names = answers["measure"].cast(pl.String)
    measures = sorted(set(names.to_list()))
    person = np.searchsorted(ids, answers["id"].to_numpy())
    is_nobody = (person >= len(ids)) | (ids[np.minimum(person, len(ids) - 1)] != answers["id"].to_numpy())  # fmt: skip
    if is_nobody.any():
        row = int(np.flatnonzero(is_nobody)[0])
        raise RecordsError("answers.parquet", f"row {row + 1} is of nobody in people.parquet")
    measure = np.searchsorted(measures, names.to_numpy()).astype(np.int16)
    period = answers["period"].to_numpy().astype(np.float64)
    reasons = {one.name.lower(): one for one in Missing}
    missing = [reasons[word] for word in answers["missing"].cast(pl.String).to_list()]
    return Observations(
        len(ids), tuple(Measure(name) for name in measures), person.astype(np.int32), measure,
        period * days + _APART * _turn(person, measure, period),
        answers["value"].cast(pl.Float64).fill_null(np.nan).to_numpy().copy(),
        np.array(missing, np.int8), np.full(len(person), NONE, np.int32),
        answers["version"].to_numpy().astype(np.int16),
    )  # fmt: skip


def _turn(*columns: np.ndarray) -> Int64[np.ndarray, "rows"]:
    """Return for each row how many before it have the same in all columns."""
    order = np.lexsort(columns[::-1])
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = np.any([column[order[1:]] != column[order[:-1]] for column in columns], axis=0)
    first = np.maximum.accumulate(np.where(is_new, np.arange(len(order)), 0))
    turn = np.empty(len(order), np.int64)
    turn[order] = np.arange(len(order)) - first
    return turn


def _followed(people: pl.DataFrame, days: int, seen: Observations) -> FollowUp:
    """Return how long each is known to have been followed: as said, or to their last answer."""
    many = len(people)
    last = np.zeros(many)
    is_there = np.isfinite(seen.value)
    np.maximum.at(last, seen.person[is_there], seen.day[is_there])
    said = np.array([_least(word) for word in _words(people, "followed")], np.float64)
    ends = np.maximum(np.where(said >= 0, (said + 1) * days - 1, 0.0), last)
    why = np.array([_ENDS[word] for word in _words(people, "ended")], np.int8)
    return FollowUp(many, np.arange(many, dtype=np.int32), np.zeros(many), ends, why)


def _least(word: str) -> int:
    """Return the least of a number of periods, or of a band of them; -1 where it was not said."""
    return int(word.partition("-")[0]) if word != NOT_SAID else -1


def _words(people: pl.DataFrame, name: str) -> list[str]:
    if name not in people.columns:
        return [NOT_SAID] * len(people)
    words = people[name].cast(pl.String).to_list()
    return [NOT_SAID if word in {ANY, None} else word for word in words]


def _facts(people: pl.DataFrame) -> dict[str, np.ndarray]:
    facts = {}
    for name in people.columns:
        if name not in RESERVED:
            said = [None if word == NOT_SAID else word for word in _words(people, name)]
            facts[name] = _numbers(said) if any(said) else np.array(said, object)
    return facts


def _numbers(said: list[str | None]) -> Float64[np.ndarray, "people"] | np.ndarray:
    """Return words as numbers if all of them are, else as they are."""
    try:
        return np.array([np.nan if one is None else float(one) for one in said], np.float64)
    except ValueError:
        return np.array(said, object)


def _said(account: Mapping[str, Any], plan: StudyPlan, days: int) -> tuple[str, ...]:
    many = account.get("people")
    of = f", {many} of them" if many else ""
    said = [
        f"This was read out of an export: only those who agreed to share are in it{of}.",
        f"Times are whole periods of {days} days. Strata, circles, acts and hours did not leave.",
    ]
    if account.get("plan") not in {None, locked_hash(plan)}:
        said.append("The export was made by another plan than this one.")
    return tuple(said)
