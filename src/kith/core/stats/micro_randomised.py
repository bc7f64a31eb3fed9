"""A micro-randomised trial: people, and decisions that dice made for each of them many times."""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int, Int64

from kith.core.records import refuse_where
from kith.core.stats.convergence import DidNotConvergeError
from kith.core.stats.sandwich import numbered, refuse_collinear
from kith.errors import InvalidInputError, NoAnswerError

_STEPS, _NEAR = 50, 1e-12


@dataclass(frozen=True, slots=True)
class MicroRandomised:
    """A row for each decision. Where nobody was available, all but `person` may be anything.

    Args:
        person: Whose decision it was.
        outcome: What was seen in the window after it.
        treated: Whether it was done.
        probability: That it would be done, known beforehand: above 0 and below 1.
        available: Whether it could be done.
        moderators: By what the effect may differ, without a column of ones: known before the dice.
        controls: What else tells the outcome beforehand, without a column of ones.
        moderator_names, control_names: What their columns are called.

    Raises:
        InvalidInputError: If columns differ in length, a row that counts is not finite, or its
            probability is 0 or 1. It names the first row that is wrong.
        NoAnswerError: If nobody was ever available, or all were treated alike.
    """

    person: Int[np.ndarray, "_"]
    outcome: Float64[np.ndarray, "_"]
    treated: Bool[np.ndarray, "_"]
    probability: Float64[np.ndarray, "_"]
    available: Bool[np.ndarray, "_"]
    moderators: Float64[np.ndarray, "_ _"]
    controls: Float64[np.ndarray, "_ _"]
    moderator_names: tuple[str, ...] = ()
    control_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns = {one.name: getattr(self, one.name) for one in fields(self)[:7]}
        if len(found := {len(column) for column in columns.values()}) != 1:
            raise InvalidInputError(f"columns must be of one length, got {sorted(found)}")
        for names, table in (
            (self.moderator_names, self.moderators),
            (self.control_names, self.controls),
        ):
            if len(names) != table.shape[1]:
                raise InvalidInputError(f"{table.shape[1]} columns have the names {names}")
        counts = self.available
        refuse_where(counts & ~np.isfinite(self.outcome), "finite", outcome=self.outcome)
        for name, table in (("moderators", self.moderators), ("controls", self.controls)):
            is_bad = counts & ~np.isfinite(table).all(axis=1)
            if is_bad.any():
                raise InvalidInputError(f"{name} must be finite, row {int(is_bad.argmax())} is not")
        is_dice = (self.probability > 0) & (self.probability < 1)
        refuse_where(counts & ~is_dice, "above 0 and below 1", probability=self.probability)
        if not counts.any():
            raise NoAnswerError("nobody was ever available: there was nothing to decide")
        if len(np.unique(self.treated[counts])) == 1:
            raise NoAnswerError("everybody available was treated alike: nothing can be compared")


class Centred(NamedTuple):
    """The rows that count, as the estimators need them: with ones, weights and a centre."""

    names: tuple[str, ...]
    who: Int64[np.ndarray, "rows"]
    people: int
    outcome: Float64[np.ndarray, "rows"]
    treated: Float64[np.ndarray, "rows"]
    weight: Float64[np.ndarray, "rows"]
    controls: Float64[np.ndarray, "rows p"]
    moderators: Float64[np.ndarray, "rows q"]
    design: Float64[np.ndarray, "rows k"]
    centre: Float64[np.ndarray, "rows"]
    is_estimated: bool


def centred(trial: MicroRandomised, centre: float | Float64[np.ndarray, "rows"] | None) -> Centred:
    """Return the rows of `trial` that count, with the weights that centre it.

        weight = centre / p  where treated,  (1 - centre) / (1 - p)  where not

    `centre` may depend on the moderators and on nothing else. Without one it is estimated: by
    logistic regression of the treatment on the moderators.

    Raises:
        InvalidInputError: If `centre` is not above 0 and below 1.
        NoAnswerError: If there are too few people, or a column says nothing of its own.
    """
    on = trial.available
    ones = np.ones((int(on.sum()), 1))
    controls = np.hstack([ones, trial.controls[on]])
    moderators = np.hstack([ones, trial.moderators[on]])
    treated, p = trial.treated[on].astype(np.float64), trial.probability[on]
    who, people = numbered(trial.person[on])
    effects = ("treatment", *(f"treatment x {name}" for name in trial.moderator_names))
    names = ("intercept", *trial.control_names, *effects)
    if people <= len(names):
        raise NoAnswerError(f"{people} people cannot carry {len(names)} coefficients")
    middle = _logistic(moderators, treated) if centre is None else _given(centre, on)
    weight = np.where(treated == 1, middle / p, (1 - middle) / (1 - p))
    design = np.hstack([controls, (treated - middle)[:, None] * moderators])
    refuse_collinear(design, weight, names)
    return Centred(
        names, who, people, trial.outcome[on], treated, weight, controls, moderators, design,
        middle, centre is None,
    )  # fmt: skip


def for_estimated_centre(
    rows: Centred,
    residual: Float64[np.ndarray, "rows"],
    drift: Float64[np.ndarray, "rows"],
) -> Float64[np.ndarray, "people k"]:
    """Return what an estimated centre adds to each person's score.

        (sum of dU/drho) (sum of c (1 - c) S S')^-1 (sum over a person's rows of (a - c) S)
        dU/drho = w {r D (a - c) + (drift D - r [0; S]) c (1 - c)} S'

    With U = w r D the score of a row, c its centre by logistic regression on the moderators S with
    coefficients rho, a the treatment, and `drift` how fast the residual r moves with c.
    """
    off, spread = rows.treated - rows.centre, rows.centre * (1 - rows.centre)
    slope = (residual * off + drift * spread)[:, None] * rows.design
    slope[:, rows.controls.shape[1] :] -= (residual * spread)[:, None] * rows.moderators
    moved = (slope * rows.weight[:, None]).T @ rows.moderators
    told = (rows.moderators * spread[:, None]).T @ rows.moderators
    own = rows.moderators * off[:, None]
    sums = np.column_stack([np.bincount(rows.who, column, rows.people) for column in own.T])
    return sums @ np.linalg.solve(told, moved.T)


def _given(
    centre: float | Float64[np.ndarray, "rows"], on: Bool[np.ndarray, "rows"]
) -> Float64[np.ndarray, "counting"]:
    middle = np.broadcast_to(np.asarray(centre, np.float64), on.shape)[on]
    if not ((middle > 0) & (middle < 1)).all():
        raise InvalidInputError("centre must be above 0 and below 1 wherever somebody is available")
    return np.asarray(middle)


def _logistic(
    x: Float64[np.ndarray, "rows q"], treated: Float64[np.ndarray, "rows"]
) -> Float64[np.ndarray, "rows"]:
    refuse_collinear(x, np.ones(len(x)), [f"moderator {at}" for at in range(x.shape[1])])
    rho = np.zeros(x.shape[1])
    step = np.inf
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(x @ rho)))
        spread = chance * (1 - chance)
        if step < _NEAR or spread.max() < _NEAR:
            break
        move = np.linalg.lstsq((x * spread[:, None]).T @ x, x.T @ (treated - chance))[0]
        rho, step = rho + move, float(np.abs(move).max())
    else:
        raise DidNotConvergeError("the centre", iterations=_STEPS, residual=step)
    if step >= _NEAR or not ((chance > 0) & (chance < 1)).all():
        raise DidNotConvergeError("the centre", iterations=_STEPS, residual=step)
    return chance
