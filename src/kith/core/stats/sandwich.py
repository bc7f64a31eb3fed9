"""Errors of coefficients when rows of one person (or circle) belong together."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64, Int, Int64

from kith.errors import NoAnswerError

# Of a column's square sum, what others must leave of it for it to say anything of its own.
_LEAST_LEFT = 1e-10
# Beyond this a person's leverage cannot be told from 1.
_MOST_CONDITION = 1e10


def numbered(who: Int[np.ndarray, "rows"]) -> tuple[Int64[np.ndarray, "rows"], int]:
    """Return each row's person as a number from 0 without gaps, and how many there are."""
    found, numbers = np.unique(who, return_inverse=True)
    return numbers.astype(np.int64), len(found)


def summed(
    rows: Float64[np.ndarray, "rows k"], who: Int64[np.ndarray, "rows"], people: int
) -> Float64[np.ndarray, "people k"]:
    """Return the sum of each person's rows."""
    columns = [np.bincount(who, column, minlength=people) for column in rows.T]
    return np.column_stack(columns).astype(np.float64)


def gained(
    left: Float64[np.ndarray, "rows k"],
    right: Float64[np.ndarray, "rows k"],
    who: Int64[np.ndarray, "rows"],
    people: int,
) -> Float64[np.ndarray, "people k k"]:
    """Return each person's left'right."""
    # Column by column: all at once would hold k * k numbers for each row.
    return np.stack([summed(column[:, None] * right, who, people) for column in left.T], axis=1)


def refuse_collinear(
    design: Float64[np.ndarray, "rows k"],
    weight: Float64[np.ndarray, "rows"],
    names: Sequence[str],
) -> None:
    """Refuse columns that say nothing beyond those before them.

    Raises:
        NoAnswerError: If there is one. It names the first.
    """
    gram = design.T @ (design * weight[:, None])
    size = np.sqrt(np.diag(gram))
    for at, name in enumerate(names):
        if size[at] == 0:
            raise NoAnswerError(f"{name} is 0 wherever it counts: it has no coefficient")
        alike = gram[: at + 1, : at + 1] / np.outer(size[: at + 1], size[: at + 1])
        told = alike[:at, at] @ np.linalg.lstsq(alike[:at, :at], alike[:at, at])[0] if at else 0.0
        if 1 - told < _LEAST_LEFT:
            raise NoAnswerError(f"{name} says nothing that {', '.join(names[:at])} do not say")


def corrected(
    scores: Float64[np.ndarray, "people k"],
    gains: Float64[np.ndarray, "people k k"],
    inverse: Float64[np.ndarray, "k k"],
) -> Float64[np.ndarray, "people k"]:
    """Return scores as if nobody had drawn the fit towards themselves (Mancl & DeRouen 2001).

        D' (I - E B D')^-1 r  =  (I - D'E B)^-1 D'r

    On the left is their correction: D are the weighted regressors of one person, E how far the
    fitted values of their rows move with the coefficients, B the inverse of the bread, r the
    residuals. On the right are `gains` (D'E) and `scores` (D'r): as small as the number of
    coefficients, however many rows a person has.

    Raises:
        NoAnswerError: If one person alone decides a coefficient.
    """
    left = np.eye(len(inverse)) - gains @ inverse
    if np.linalg.cond(left).max() > _MOST_CONDITION:
        raise NoAnswerError("one person alone decides a coefficient: it has no error")
    return np.asarray(np.linalg.solve(left, scores[:, :, None])[:, :, 0], np.float64)


def sandwich(
    scores: Float64[np.ndarray, "people k"], inverse: Float64[np.ndarray, "k k"]
) -> Float64[np.ndarray, "k k"]:
    """Return B (sum over people of s s') B': the covariance of the coefficients."""
    half = scores @ inverse.T
    return np.asarray(half.T @ half)
