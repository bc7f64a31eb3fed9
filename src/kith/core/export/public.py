"""Totals for everybody, with noise that hides whether any one person is in them: opendp.

The unit that is hidden is one person: two sets of people are neighbours if one has one person
more. Each question takes at most one value of each person, and each person is in at most one arm.

    Pr[answer with that person] <= exp(epsilon) * Pr[answer without]

The noise is drawn by opendp from the operating system, not from a seed of ours, although the core
has no dice of its own otherwise: noise that somebody could draw again would hide nothing.
"""

from dataclasses import dataclass
from math import ceil, exp, isfinite, log
from typing import Any, NamedTuple

import numpy as np
import opendp.prelude as dp
from jaxtyping import Float64, Int64, Shaped

from kith.core.export.ledger import Ledger
from kith.errors import InvalidInputError

dp.enable_features("contrib")

# A range is cut into so many steps, so that all noise is on whole numbers: noise on fractions
# gives away by its last digits what it is to hide (Mironov 2012).
_STEPS = 10_000


class Arms(NamedTuple):
    """Who is in which arm.

    Args:
        names: What they are called.
        arm: The number of each person's.
    """

    names: tuple[str, ...]
    arm: Int64[np.ndarray, "people"]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told in public.

    Args:
        what: The question.
        labels: What each answer is about.
        values: The answers, with noise; counts may be below 0.
        within: So far from the truth at most, in 95 of 100 answers; of a mean only roughly.
        epsilon: What it cost.
    """

    what: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    within: tuple[float, ...]
    epsilon: float


def laplace_within(scale: float, *, level: float = 0.95) -> int:
    """Return w so that noise on whole numbers is -w to w in at least `level` of all draws.

    Two-sided geometric noise (opendp's Laplace on integers): with a = exp(-1/scale)

        Pr[|noise| > w] = 2 a^(w+1) / (1 + a)
    """
    a = exp(-1.0 / scale)
    return max(0, ceil(scale * -log((1 - level) * (1 + a) / 2)) - 1)


def count(arms: Arms, ledger: Ledger, *, epsilon: float) -> tuple[Told, Ledger]:
    """Return how many people are in each arm, and the ledger after it.

    One person more changes one count by one, so noise of scale 1/epsilon is enough for all.

    Raises:
        BudgetSpentError: If it costs more than is left.
    """
    what = "people by arm"
    after = ledger.after(what, epsilon)
    true = np.bincount(arms.arm, minlength=len(arms.names))
    values = _noisy(true, 1, epsilon)
    within = (float(laplace_within(1 / epsilon)),) * len(arms.names)
    return Told(what, arms.names, tuple(map(float, values)), within, epsilon), after


def histogram(
    name: str,
    arms: Arms,
    values: Float64[np.ndarray, "people"],
    edges: Float64[np.ndarray, "edges"],
    ledger: Ledger,
    *,
    epsilon: float,
) -> tuple[Told, Ledger]:  # fmt: skip
    """Return how many people of each arm have a value in each bin, and the ledger after it.

    A bin holds its lower edge, the last one both. What lies outside of them counts in the nearest.
    Edges must not be chosen by looking at the values.

    Raises:
        BudgetSpentError: If it costs more than is left.
        InvalidInputError: If edges do not rise, or somebody has no value.
    """
    _refuse_gaps(values)
    if len(edges) < 2 or not (np.diff(edges) > 0).all():
        raise InvalidInputError(f"edges must rise, got {edges.tolist()}")
    what = f"{name} by arm"
    after = ledger.after(what, epsilon)
    n = len(edges) - 1
    place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, n - 1)
    true = np.bincount(arms.arm * n + place, minlength=len(arms.names) * n)
    labels = tuple(
        f"{word}: {edges[b]:g} to {edges[b + 1]:g}" for word in arms.names for b in range(n)
    )
    within = (float(laplace_within(1 / epsilon)),) * len(true)
    return Told(what, labels, tuple(map(float, _noisy(true, 1, epsilon))), within, epsilon), after


def mean(
    name: str,
    arms: Arms,
    values: Float64[np.ndarray, "people"],
    limits: tuple[float, float],
    ledger: Ledger,
    *,
    epsilon: float,
) -> tuple[Told, Ledger]:  # fmt: skip
    """Return the mean of each arm, and the ledger after it.

    Half of epsilon goes to the sum of what each value is above the middle m of its limits, half to
    how many there are, and the mean is put within its limits:

        m + (sum + noise of scale (most - least)/epsilon) / max(1, n + noise of scale 2/epsilon)

    (Dwork and Roth 2014, section 3.3.) A mean of few people is mostly noise: see `within`.

    Args:
        name: Of the measure.
        arms: Who is in which.
        values: One value of each person.
        limits: The least and most a value may be, known without looking at them.
        ledger: Of the people.
        epsilon: What it may cost.

    Raises:
        BudgetSpentError: If it costs more than is left.
        InvalidInputError: If limits are none, or somebody has no value.
    """
    least, most = limits
    if not (isfinite(least) and isfinite(most) and least < most):
        raise InvalidInputError(f"limits of {name} must be two numbers that rise, got {limits}")
    _refuse_gaps(values)
    what = f"mean {name} by arm"
    after = ledger.after(what, epsilon)
    step = (most - least) / _STEPS
    middle = (least + most) / 2
    above = np.rint((np.clip(values, least, most) - middle) / step).astype(np.int64)
    sums = np.zeros(len(arms.names), np.int64)
    np.add.at(sums, arms.arm, above)
    people = np.maximum(1, _noisy(np.bincount(arms.arm, minlength=len(arms.names)), 1, epsilon / 2))
    noisy = _noisy(sums, _STEPS // 2, epsilon / 2)
    means = np.clip(middle + step * noisy / people, least, most)
    # The count's own noise moves the mean by less than the sum's, and towards the middle or away.
    away = np.abs(means - middle) * laplace_within(2 / epsilon, level=0.975)
    ends = (step * laplace_within(_STEPS / epsilon, level=0.975) + away) / people
    return Told(what, arms.names, tuple(map(float, means)), tuple(map(float, ends)), epsilon), after


def _refuse_gaps(values: Float64[np.ndarray, "people"]) -> None:
    if not np.isfinite(values).all():
        raise InvalidInputError("everybody must have one value: leave out who has none, before")


def _noisy(
    true: Shaped[np.ndarray, "cells"], moves: int, epsilon: float
) -> Int64[np.ndarray, "cells"]:
    """Return whole numbers with noise, if one person changes their sum by at most `moves`.

    opendp proves the cost; it is checked here to be no more than epsilon.
    """
    space: Any = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    measurement = space >> dp.m.then_laplace(scale=moves / epsilon)
    if measurement.map(moves) > epsilon * (1 + 1e-9):
        raise InvalidInputError(f"noise for {moves} costs {measurement.map(moves)}, not {epsilon}")
    return np.array(measurement([int(n) for n in true]), np.int64)
