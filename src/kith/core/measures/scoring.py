"""Scores out of answers."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, Float64, Int8

from kith.core.measures.instrument import TOTAL, Instrument, Item, Scale
from kith.core.records import Missing
from kith.errors import InvalidInputError


def score(
    of: Instrument, answers: Mapping[str, int | float | Missing], scale: str = TOTAL
) -> float | Missing:
    """Return what one person's answers to an instrument come to, or why they come to nothing.

    An item that `answers` says nothing of was not asked. See `scores` for the formula.

    Raises:
        InvalidInputError: If there is no such item or scale, or an answer nobody could give.
    """
    unknown = sorted(set(answers) - {item.key for item in of.items})
    if unknown:
        raise InvalidInputError(f"{of.key} has no items {unknown}")
    given = [answers.get(key, Missing.NOT_ASKED) for key in of.scale(scale).items]
    is_gone = [isinstance(answer, Missing) for answer in given]
    value = np.array(
        [[np.nan if gone else float(a) for a, gone in zip(given, is_gone, strict=True)]]
    )
    missing = np.array(
        [[int(a) if gone else 0 for a, gone in zip(given, is_gone, strict=True)]], np.int8
    )
    values, reasons = scores(of, value, missing, scale)
    return float(values[0]) if reasons[0] == Missing.THERE_IS_ONE else Missing(reasons[0])


def scores(
    of: Instrument,
    value: Float64[np.ndarray, "people items"],
    missing: Int8[np.ndarray, "people items"],
    scale: str = TOTAL,
) -> tuple[Float64[np.ndarray, "people"], Int8[np.ndarray, "people"]]:
    """Return a score for each person, nan where there is none, and a Missing that says why.

    Columns are the items of the scale in its order. With x the answers, turned round where an item
    is reversed (least + most - x), and k of n answered:

        mean = sum of the k / k,      sum = n * mean      if k >= needs, else there is none

    So a sum of which an item may be missing takes it for the mean of the others (prorating), which
    supposes that items say much the same. A scale that "equals" is 1 where its item has that value
    and 0 where it has another. Where there is no score, the reason is the one that most of the
    missing items have; of equals, the first in Missing.

    Raises:
        InvalidInputError: If there is no such scale, or an answer that nobody could give.
    """
    chosen = of.scale(scale)
    items = [of.item(key) for key in chosen.items]
    if value.shape[1] != len(items):
        raise InvalidInputError(
            f"{of.key}, {scale}: must have {len(items)} columns, got {value.shape[1]}"
        )
    is_there = missing == Missing.THERE_IS_ONE
    for column, item in enumerate(items):
        _refuse_no_answer(of, item, value[is_there[:, column], column])
    k = is_there.sum(axis=1)
    is_scored = k >= chosen.needs
    score_ = np.where(is_scored, _combined(chosen, _turned(items, value), is_there), np.nan)
    return score_, np.where(is_scored, 0, _reason(missing)).astype(np.int8)


def _refuse_no_answer(of: Instrument, item: Item, given: Float64[np.ndarray, "_"]) -> None:
    allowed = np.array([answer.value for answer in item.answers], float)
    is_allowed = (
        np.isin(given, allowed) if len(allowed) else (given >= item.least) & (given <= item.most)
    )
    if not is_allowed.all():
        wrong = given[~is_allowed][0]
        raise InvalidInputError(
            f"{of.key}, item {item.key}: {wrong:g} is no answer to it; "
            f"it has {item.least:g} to {item.most:g}"
        )


def _turned(items: list[Item], value: Float64[np.ndarray, "p i"]) -> Float64[np.ndarray, "p i"]:
    ends = np.array([item.least + item.most for item in items])
    turned: np.ndarray = np.where([item.is_reversed for item in items], ends - value, value)
    return turned


def _combined(
    chosen: Scale, value: Float64[np.ndarray, "p i"], is_there: Bool[np.ndarray, "p i"]
) -> Float64[np.ndarray, "p"]:
    if chosen.how == "equals":
        return np.asarray(value[:, 0] == chosen.equals, float)
    total = np.where(is_there, value, 0.0).sum(axis=1)
    k = np.maximum(is_there.sum(axis=1), 1)
    return np.asarray(total / k if chosen.how == "mean" else total * len(chosen.items) / k)


def _reason(missing: Int8[np.ndarray, "p i"]) -> Int8[np.ndarray, "p"]:
    """Return the reason that most of a row's missing items have."""
    reasons = [reason for reason in Missing if reason != Missing.THERE_IS_ONE]
    counts = np.stack([(missing == reason).sum(axis=1) for reason in reasons], axis=1)
    return np.asarray(np.array(reasons, np.int8)[counts.argmax(axis=1)])
