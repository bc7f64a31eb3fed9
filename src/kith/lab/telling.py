"""Questions about all people of a study, answered with noise, and the ledger that counts them."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from kith.core.export.ledger import Ledger, Spent
from kith.core.export.public import Arms, Told, count, histogram, mean
from kith.core.records import StudyRecords
from kith.errors import InvalidInputError, RefusalError
from kith.lab.people_files import UnreadableError

_QUESTION = re.compile(r"(?:(count)|(mean|histogram):(\w+))")
# Bins of a histogram, for a measure without words.
_BINS = 10


class NoQuestionError(RefusalError):
    """What was asked is no question that can be answered in public."""


def read_ledger(path: Path, budget: float) -> Ledger:
    """Return the ledger in a file, or a new one with `budget` if there is none.

    A ledger keeps the budget it began with, whatever is asked for later.

    Raises:
        UnreadableError: If the file is no ledger.
    """
    if not path.exists():
        return Ledger(budget)
    try:
        held = orjson.loads(path.read_bytes())
        spent = tuple(Spent(str(one["what"]), float(one["epsilon"])) for one in held["spent"])
        return Ledger(float(held["budget"]), spent)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"{path.name} is no ledger: {error}") from error


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Write a ledger, before anybody sees what was bought: an answer that is lost is paid for."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(orjson.dumps(shown(ledger), option=orjson.OPT_INDENT_2))
    part.replace(path)


def shown(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as it is shown."""
    spent = [{"what": one.what, "epsilon": one.epsilon} for one in ledger.spent]
    return {"budget": ledger.budget, "total": ledger.total, "left": ledger.left, "spent": spent}


def as_json(told: Told) -> dict[str, Any]:
    """Return an answer with what each number is about, and how far from the truth it may be."""
    cells = zip(told.labels, told.values, told.within, strict=True)
    return {
        "what": told.what,
        "epsilon": told.epsilon,
        "cells": [{"of": of, "value": value, "within": within} for of, value, within in cells],
    }


def tell(
    questions: tuple[str, ...],
    records: StudyRecords,
    may: np.ndarray,
    ledger: Ledger,
    *,
    epsilon: float,
) -> tuple[list[Told], Ledger]:
    """Return answers to `questions`, each for `epsilon`, and the ledger after them.

    Questions are `count`, `mean:MEASURE` and `histogram:MEASURE`, of people who were drawn and
    `may` be counted: of each of them the last value of that measure.

    Raises:
        NoQuestionError: If one is none of these.
        BudgetSpentError: If they cost more than is left. Nothing is told then, and nothing spent.
    """
    asked = [_question(question, records) for question in questions]
    enough = ledger
    for kind, name in asked:
        enough = enough.after(f"{kind} {name}".strip(), epsilon)
    told = []
    for kind, name in asked:
        answer, ledger = _answer(kind, name, records, may, ledger, epsilon)
        told.append(answer)
    return told, ledger


def _question(question: str, records: StudyRecords) -> tuple[str, str]:
    found = _QUESTION.fullmatch(question)
    if found is None:
        raise NoQuestionError(
            f"{question}: ask for count, mean:MEASURE or histogram:MEASURE. Nothing else is told."
        )
    kind, name = found[1] or found[2], found[3] or ""
    try:
        if name:
            records.observations.named(name)
    except InvalidInputError as error:
        raise NoQuestionError(f"{question}: {error}") from error
    return kind, name


def _answer(
    kind: str, name: str, records: StudyRecords, may: np.ndarray, ledger: Ledger, epsilon: float
) -> tuple[Told, Ledger]:
    arm = np.full(records.people, -1)
    drawn = records.assignments
    arm[drawn.person[::-1]] = drawn.arm[::-1]
    people = np.flatnonzero(may & (arm >= 0))
    if kind == "count":
        return count(Arms(drawn.arms, arm[people]), ledger, epsilon=epsilon)
    seen = records.observations
    number = seen.named(name)
    measure = seen.measures[number]
    rows = np.flatnonzero((seen.measure == number) & np.isfinite(seen.value))
    rows = rows[np.argsort(seen.day[rows], kind="stable")]
    last = np.full(records.people, np.nan)
    last[seen.person[rows]] = seen.value[rows]
    people = people[np.isfinite(last[people])]
    arms = Arms(drawn.arms, arm[people])
    if not np.isfinite([measure.least, measure.most]).all():
        raise NoQuestionError(f"{kind}:{name}: it has no least and most, so noise has no size")
    if kind == "mean":
        return mean(name, arms, last[people], (measure.least, measure.most), ledger, epsilon=epsilon)  # fmt: skip
    edges = (
        np.arange(len(measure.words) + 1) - 0.5
        if measure.words
        else np.linspace(measure.least, measure.most, _BINS + 1)
    )
    return histogram(name, arms, last[people], edges, ledger, epsilon=epsilon)
