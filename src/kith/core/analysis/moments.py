"""Decisions that were drawn one by one, with what was seen soon after each."""

import numpy as np

from kith.core.analysis.asked import Asked
from kith.core.analysis.deriving import values_of
from kith.core.stats.emee import emee
from kith.core.stats.micro_randomised import MicroRandomised
from kith.core.stats.results import Estimate
from kith.core.stats.wcls import wcls
from kith.errors import NoAnswerError


def by_moments(asked: Asked, fill: float | None) -> tuple[Estimate, np.ndarray, tuple[str, ...]]:
    """Return what a prompt does soon after, who it rests on, and what to say of it.

    Only decisions of the two ways that are compared count, at which somebody was available and dice
    were thrown: where nobody could be brought in, what came was certain (its probability is 1), and
    nothing can be learnt of it. The probability in the records is of what came; an estimator wants
    that of the first way. `settings`: `controls` and `moderators` are measures whose last value
    before a decision counts.

    Args:
        asked: The outcome.
        fill: What stands for an answer that is missing; None leaves its decision out.

    Raises:
        NoAnswerError: If there is nothing to compare.
    """
    a, b = asked.contrast
    told = asked.records.decisions
    is_one = (told.treated == a) | (told.treated == b) | ~told.is_available
    rows = np.flatnonzero(is_one & asked.only[told.person])
    if not len(rows):
        raise NoAnswerError(f"{asked.outcome.key}: the records have no decisions")
    outcome = after(asked, asked.outcome.measure)[rows]
    gone = np.isnan(outcome)
    if fill is not None:
        outcome = np.where(gone, fill, outcome)
    treated, came = told.treated[rows] == a, told.probability[rows]
    chance = np.where(treated, came, 1 - came)
    # Where nobody was there to bring in nothing was drawn, and what came was certain.
    is_drawn = told.is_available & (told.probability < 1)
    available = is_drawn[rows] & np.isfinite(outcome)
    controls, moderators = (
        {name: before(asked, name)[rows] for name in asked.words(what)}
        for what in ("controls", "moderators")
    )
    for column in (*controls.values(), *moderators.values()):
        available &= np.isfinite(column)
    trial = MicroRandomised(
        told.person[rows].astype(np.int64), outcome, treated, chance, available,
        _table(moderators, len(rows)), _table(controls, len(rows)), tuple(moderators), tuple(controls),
    )  # fmt: skip
    centre = _centre(chance[available])
    by = wcls if asked.outcome.estimator == "wcls" else emee
    fit = by(trial, centre=centre, level=asked.level)
    n = int(available.sum())
    missed = int((is_drawn[rows] & gone).sum())
    said = (
        f"{asked.outcome.key} rests on {n} decisions; nobody answered after {missed} more that "
        "were drawn"
    )
    return fit.named("treatment"), np.unique(told.person[rows][available]), (said,)


def after(asked: Asked, name: str) -> np.ndarray:
    """Return for each decision the value that followed: of its own prompt, or else the next one.

    The next is the first value of that person after the decision and before their next decision.
    """
    told, seen = asked.records.decisions, asked.records.observations
    rows = values_of(seen, name)
    value = np.full(len(told.person), np.nan)
    prompt = seen.prompt[rows]
    own = np.full(len(rows), -1)
    own[prompt >= 0] = asked.records.prompts.decision[prompt[prompt >= 0]]
    value[own[own >= 0]] = seen.value[rows[own >= 0]]
    left = rows[own < 0]
    if len(left):
        order = np.lexsort((told.day, told.person))
        place = _last_before(told.person[order], told.day[order], seen.person[left], seen.day[left])
        is_after = place >= 0
        at, found = order[place[is_after]], left[is_after]
        # The earliest is written last, and stays.
        late = np.argsort(-seen.day[found], kind="stable")
        value[at[late]] = np.where(
            np.isnan(value[at[late]]), seen.value[found[late]], value[at[late]]
        )
    return value


def before(asked: Asked, name: str) -> np.ndarray:
    """Return for each decision the last value of a measure up to it; nan if there is none."""
    told, seen = asked.records.decisions, asked.records.observations
    rows = values_of(seen, name)
    rows = rows[np.lexsort((seen.day[rows], seen.person[rows]))]
    place = _last_before(seen.person[rows], seen.day[rows], told.person, told.day)
    value = np.full(len(told.person), np.nan)
    value[place >= 0] = seen.value[rows[place[place >= 0]]]
    return value


def _last_before(
    who: np.ndarray, day: np.ndarray, person: np.ndarray, moment: np.ndarray
) -> np.ndarray:
    """Return where in rows sorted by person and day the last of each person up to a moment is, or -1."""
    if not len(who):
        return np.full(len(person), -1)
    both = np.append(who, person)
    # People and then moments in one order; at the same moment the row comes first.
    is_asked = np.arange(len(both)) >= len(who)
    order = np.lexsort((is_asked, np.append(day, moment), both))
    last = np.maximum.accumulate(np.where(is_asked[order], -1, order))
    found = np.full(len(both), -1)
    found[order] = last
    place = found[len(who) :]
    is_own = (place >= 0) & (who[np.maximum(place, 0)] == person)
    return np.where(is_own, place, -1)


def _table(columns: dict[str, np.ndarray], n: int) -> np.ndarray:
    return np.stack(list(columns.values()), axis=1) if columns else np.zeros((n, 0))


def _centre(chance: np.ndarray) -> float | None:
    """Return the one probability that all decisions had; None, to estimate it, if they differ."""
    return float(chance[0]) if len(chance) and np.ptp(chance) < 1e-9 and 0 < chance[0] < 1 else None
