"""A result held against the very draw that was made."""

import numpy as np

from kith.core.analysis.asked import Asked, Sides, looked_at, sides
from kith.core.analysis.deriving import EVENT, NO_EVENT
from kith.core.analysis.drawing import drawn_by
from kith.core.analysis.missing import FILLED, SHIFTED
from kith.core.stats.randomisation import (
    Law,
    Statistic,
    adjusted,
    difference,
    law_of,
    randomisation_effect,
    studentised,
)
from kith.core.stats.results import Estimate
from kith.core.study.kinds import kind_named
from kith.core.study.words import GROUPED
from kith.errors import NoAnswerError

REDRAWS = 2_000
# So many people drawn so often still fit into memory.
MOST_REDRAWN = 10_000


def by_redrawing(asked: Asked, rule: str, shift: float) -> tuple[Estimate, Sides, tuple[str, ...]]:
    """Return the difference, with all effects that the real draw cannot rule out for an interval.

    Whoever has no answer is left out of every draw alike, which is right if the arm has no part in
    who answers; or, under another rule, has the mean of those who answered plus `shift`, whatever
    their arm: so what is filled in knows nothing of the draw, and the test stays one. Where whole
    circles were drawn the difference is held against its error between circles.

    Raises:
        NoAnswerError: If the draw cannot be thrown again, or there are too many people.
    """
    drawing = drawn_by(asked)
    if len(drawing.person) > MOST_REDRAWN:
        raise NoAnswerError(
            f"more than {MOST_REDRAWN:,} people take too long to draw again and again"
        )
    of, value = sides(asked), looked_at(asked)
    value = value[of.person]
    if kind_named(asked.plan, asked.outcome.measure) == "yes_no":
        value = np.where(np.isnan(value), np.nan, value > 0)
    if rule in {EVENT, NO_EVENT}:
        value = np.where(np.isnan(value), float(rule == EVENT), value)
    seen = np.isfinite(value)
    if rule not in {FILLED, SHIFTED}:
        of, value, seen = of.kept(seen), value[seen], seen[seen]
    if not seen.any():
        raise NoAnswerError("nobody answered")
    at = drawing.at(of.person)
    law = law_of(drawing.mechanism, redraws=REDRAWS, seed=asked.seed)
    law = Law(law.arms[:, at], law.probability, law.is_exact)
    is_whole = asked.plan.randomisation.unit in GROUPED and drawing.circle is not None
    inner = _grouped(drawing.circle[at]) if is_whole and drawing.circle is not None else difference
    if of.names:
        inner = adjusted(of.covariates, inner)
    start = np.where(seen, value, value[seen].mean() + shift)
    found = randomisation_effect(
        start, drawing.arm[at], law, _filling(seen, shift, inner), level=asked.level
    )
    how = "every draw that could come" if law.is_exact else f"{len(law.probability):,} more draws"
    said = f"{asked.outcome.key} is held against {how} by the plan's own mechanism"
    return turned(found, drawing.sign), of, (said,)


def turned(found: Estimate, sign: int) -> Estimate:
    """Return an estimate of arm 1 against arm 0, the other way round if `sign` is -1."""
    if sign == 1:
        return found
    return Estimate(
        found.name, -found.value, found.se, -found.upper, -found.lower, found.p, found.df, found.unit,
        found.level,
    )  # fmt: skip


def _grouped(circle: np.ndarray) -> Statistic:
    return studentised(np.unique(circle, return_inverse=True)[1].astype(np.int64))


def _filling(seen: np.ndarray, shift: float, inner: Statistic) -> Statistic:
    """Return a statistic of outcomes whose gaps hold the mean of the others plus `shift`."""
    if seen.all():
        return inner

    def of(outcome: np.ndarray, arms: np.ndarray) -> np.ndarray:
        return inner(np.where(seen, outcome, outcome[seen].mean() + shift), arms)

    return of
