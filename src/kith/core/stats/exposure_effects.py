"""Means and effects by exposure, where people reach each other (Aronow and Samii 2017)."""

from math import sqrt
from typing import Literal

import numpy as np
from jaxtyping import Float64, Int64
from scipy.stats import norm

from kith.core.randomize.exposure import Cell, Chances
from kith.core.stats.results import Estimate, Fit
from kith.errors import InvalidInputError, NoAnswerError


class NeverExposedError(NoAnswerError):
    """Nobody has an exposure, or nobody could have both that are compared.

    Args:
        kind: Which exposure.
    """

    def __init__(self, kind: int) -> None:
        self.kind = kind
        super().__init__(f"nobody to tell exposure {kind} from: compare others, or draw otherwise")


def exposure_means(
    outcome: Float64[np.ndarray, "units"],
    exposure: Int64[np.ndarray, "units"],
    chances: Chances,
    kinds: tuple[int, ...],
    *,
    by: Literal["hajek", "horvitz_thompson"] = "hajek",
    spread: Literal["cells", "pairs"] = "cells",
) -> Fit:
    """Return the mean outcome if everybody had each of some exposures.

    Among the N people who could have each of `kinds`, with pi[i] the chance of exposure k:

        Horvitz-Thompson  (1/N) sum over i exposed to k of y[i] / pi[i]
        Hajek             sum of y[i] / pi[i]  over  sum of 1 / pi[i]

    Two variances, both conservative. By cells, which are drawn apart from each other: with
    t[c] the part of cell c in the error,

        var = C / (C - 1) * sum over C cells of t[c]^2

    too large only by how much the effect differs between cells. By pairs, where all hang together
    in one cell: Aronow and Samii, Ann Appl Stat 11:1912 (2017), equations 7 to 11, which bound
    pairs that can never both be exposed so by Young's inequality; in circles that are drawn to all
    or nothing it is far too wide. Its covariance is a lower bound: good for a difference only.
    For Hajek's both are of y less its mean (linearised).
    Assumes that the exposures say all that matters of the draw; the interval, that many
    independent cells make the mean about normal. Unit: that of the outcome.

    Args:
        outcome: Of each person.
        exposure: That which came, of each.
        chances: By the law of the draw.
        kinds: Exposures to take the mean for.
        by: Hajek's moves little when the outcome is far from 0; Horvitz-Thompson's has no bias.
        spread: By which variance; a single cell is always told by pairs.

    Raises:
        NeverExposedError: If nobody could have all `kinds`, or nobody has one of them.
        InvalidInputError: If columns are not as long as each other.
    """
    n_all = chances.single.shape[1]
    if len(outcome) != n_all or len(exposure) != n_all or not np.all(np.isfinite(outcome)):
        raise InvalidInputError(f"outcome and exposure must be {n_all} finite rows")
    could = np.all(chances.single[list(kinds)] > 0, axis=0)
    totals = [_weights(exposure, chances, kind, could) for kind in kinds]
    n = int(could.sum())
    sizes = [float(w.sum()) if by == "hajek" else float(n) for w in totals]
    means = [float(w @ outcome) / size for w, size in zip(totals, sizes, strict=True)]
    centre = means if by == "hajek" else [0.0] * len(kinds)
    scaled = [w * (outcome - c) / s for w, c, s in zip(totals, centre, sizes, strict=True)]
    is_by_cells = spread == "cells" and len(chances.cells) > 1
    covariance = (
        _by_cells(chances, scaled) if is_by_cells else _by_pairs(chances, kinds, scaled, could)
    )
    names = [str(kind) for kind in kinds]
    found = zip(names, means, np.diag(covariance), strict=True)
    return Fit(
        tuple(_estimate(name, mean, float(v), 0.95) for name, mean, v in found),
        covariance,
        None,
        n,
    )


def exposure_effect(fit: Fit, kind: int, against: int, *, level: float = 0.95) -> Estimate:
    """Return how much higher the mean is under exposure `kind` than under `against`.

    Its variance is var(kind) + var(against) - 2 cov, which is conservative.

    Raises:
        InvalidInputError: If one of them was not estimated.
    """
    names = [estimate.name for estimate in fit.estimates]
    high, low = fit.named(str(kind)), fit.named(str(against))
    i, j = names.index(high.name), names.index(low.name)
    variance = fit.covariance[i, i] + fit.covariance[j, j] - 2 * fit.covariance[i, j]
    return _estimate(f"{kind} - {against}", high.value - low.value, float(variance), level)


def _weights(
    exposure: Int64[np.ndarray, "units"], chances: Chances, kind: int, could: np.ndarray
) -> Float64[np.ndarray, "units"]:
    """Return 1/pi for who has the exposure, 0 for who has not."""
    has = could & (exposure == kind)
    if not has.any():
        raise NeverExposedError(kind)
    weights = np.zeros(len(exposure))
    weights[has] = 1 / chances.single[kind, has]
    return weights


def _by_cells(
    chances: Chances, scaled: list[Float64[np.ndarray, "units"]]
) -> Float64[np.ndarray, "kinds kinds"]:
    parts = np.array([[row[cell.units].sum() for row in scaled] for cell in chances.cells])
    return np.asarray(parts.T @ parts * (len(parts) / (len(parts) - 1)))


def _by_pairs(
    chances: Chances,
    kinds: tuple[int, ...],
    scaled: list[Float64[np.ndarray, "units"]],
    could: np.ndarray,
) -> Float64[np.ndarray, "kinds kinds"]:
    found = np.zeros((len(kinds), len(kinds)))
    for cell in chances.cells:
        here = could[cell.units]
        for a, k in enumerate(kinds):
            for b, other in enumerate(kinds[: a + 1]):
                left, right = scaled[a][cell.units], scaled[b][cell.units]
                found[a, b] += _of_cell(cell, (k, other), left, right, here)
    return np.asarray(np.tril(found) + np.tril(found, -1).T)


def _of_cell(
    cell: Cell,
    kinds: tuple[int, int],
    left: Float64[np.ndarray, "units"],
    right: Float64[np.ndarray, "units"],
    here: np.ndarray,
) -> float:
    """Return a cell's part of a (co)variance; left and right are y / pi where exposed, else 0."""
    kind, other = kinds
    p, q = (np.einsum("ii->i", cell.joint[k, :, k, :]) for k in kinds)
    joint = cell.joint[kind, :, other, :]
    can = joint > 0
    factor = np.where(can, 1 - np.outer(p, q) / np.where(can, joint, 1), 0.0)
    main = float(left @ factor @ right)
    never = ~can & np.outer(here, here)
    # Young: 2 |a b| <= a^2 + b^2, each square estimated by y^2 / pi where it is seen.
    bound = (never.sum(axis=1) * p) @ left**2 / 2 + (never.sum(axis=0) * q) @ right**2 / 2
    return main + float(bound) if kind == other else main - float(bound)


def _estimate(name: str, value: float, variance: float, level: float) -> Estimate:
    se = sqrt(max(variance, 0.0))
    reach = float(norm.ppf(0.5 + level / 2)) * se
    p = float(2 * norm.sf(abs(value) / se)) if se > 0 else float(value == 0)
    return Estimate(name, value, se, value - reach, value + reach, p, level=level)
