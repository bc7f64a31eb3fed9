"""When a study may stop early: boundaries that spend the error of chance bit by bit."""

from math import e
from typing import Literal

import numpy as np
from jaxtyping import Float64
from scipy.optimize import brentq
from scipy.stats import norm

from kith.errors import InvalidInputError

Spending = Literal["obrien_fleming", "pocock"]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)
# No boundary is farther out: beyond it a double knows no tail.
_FARTHEST = 37.0


def spent(
    fractions: Float64[np.ndarray, "looks"], *, alpha: float = 0.05, spending: Spending
) -> Float64[np.ndarray, "looks"]:
    """Return how much of `alpha` is spent, both sides together, by each look (Lan & DeMets 1983).

        O'Brien-Fleming:  2 * 2 (1 - Phi(z(1 - alpha / 4) / sqrt(t)))
        Pocock:           alpha ln(1 + (e - 1) t)

    Raises:
        InvalidInputError: If fractions of all information do not rise from above 0 to at most 1, or
            `alpha` is not between 0 and 1.
    """
    if not 0 < alpha < 1:
        raise InvalidInputError(f"alpha must be between 0 and 1, got {alpha}")
    is_rising = len(fractions) > 0 and bool((np.diff(fractions, prepend=0.0) > 0).all())
    if not (is_rising and fractions[-1] <= 1):
        raise InvalidInputError(f"fractions must rise from above 0 to at most 1, got {fractions}")
    if spending == "pocock":
        return np.asarray(alpha * np.log1p((e - 1) * fractions), np.float64)
    return np.asarray(4 * norm.sf(norm.isf(alpha / 4) / np.sqrt(fractions)), np.float64)


def boundaries(
    fractions: Float64[np.ndarray, "looks"],
    *,
    alpha: float = 0.05,
    spending: Spending = "obrien_fleming",
) -> Float64[np.ndarray, "looks"]:
    """Return the |z| at each look beyond which a study may stop.

    b_k is where P(|Z_1| < b_1, ..., |Z_k| >= b_k) is what look k may spend. The density of those
    not stopped, on the scale of Brownian motion B(t) = sqrt(t) Z, goes from look to look by
    quadrature (Armitage, McPherson & Rowe 1969). Looks need not be evenly spaced, nor be known
    beforehand. Assumes two sides alike, and increments that are independent.

    Raises:
        InvalidInputError: As `spent`.
    """
    owed = np.diff(spent(fractions, alpha=alpha, spending=spending), prepend=0.0)
    bounds = [float(min(norm.isf(owed[0] / 2), _FARTHEST))]
    edge = bounds[0] * np.sqrt(fractions[0])
    x, weights = edge * _NODES, edge * _WEIGHTS
    mass = weights * norm.pdf(x, scale=np.sqrt(fractions[0]))
    for at in range(1, len(fractions)):
        root, step = np.sqrt(fractions[at]), np.sqrt(fractions[at] - fractions[at - 1])
        bounds.append(
            float(brentq(_over, 0.0, _FARTHEST, (x, mass, root, step, owed[at]), xtol=1e-12))
        )
        edge = bounds[-1] * root
        then, weights = edge * _NODES, edge * _WEIGHTS
        mass = weights * (norm.pdf((then[:, None] - x) / step) / step @ mass)
        x = then
    return np.array(bounds)


def _over(
    b: float,
    x: Float64[np.ndarray, "nodes"],
    mass: Float64[np.ndarray, "nodes"],
    root: float,
    step: float,
    owed: float,
) -> float:
    """Return by how much more is spent than owed, if a study stops beyond `b`."""
    tails = norm.sf((b * root - x) / step) + norm.cdf((-b * root - x) / step)
    return float(mass @ tails - owed)
