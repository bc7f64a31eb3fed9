"""Tables of counts in which no cell is under eleven, and no total gives one back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int64
from scipy.optimize import linprog

# Left out below this, zero as well: that nobody is somewhere is known of everybody then.
LEAST = 11
# Two ends of what a cell may be are one number if they are no further apart.
_APART = 1e-6


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts with its totals, some of them left out.

    Args:
        rows, columns: What each row and column counts; the last of each is the total.
        count: How many, totals in the last row and column.
        is_shown: Whether that may leave.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    count: Int64[np.ndarray, "rows columns"]
    is_shown: Bool[np.ndarray, "rows columns"]

    def said(self) -> list[tuple[str, str, int | None]]:
        """Return row, column and count of each cell, without a count where it is left out."""
        return [
            (row, column, int(self.count[i, j]) if self.is_shown[i, j] else None)
            for i, row in enumerate(self.rows)
            for j, column in enumerate(self.columns)
        ]


def counts(rows: Sequence[str], columns: Sequence[str], *, least: int = LEAST) -> Counts:
    """Return how many people are in each row and column, without what would give too few away.

    First every count and total below `least` is left out. Then, until nothing changes:

    - a line (a row or column with its total) in which exactly one is left out, or in which those
      left out come to less than `least` together, loses its next smallest, the total last;
    - what is left out and could still be worked out exactly from what is shown, all lines taken
      together (two linear programs for each cell), takes the next smallest cell of its lines along.

    Args:
        rows: In which row each person is.
        columns: In which column, likewise.
        least: The smallest count that may leave.
    """
    row_words, row = np.unique(np.asarray(rows, dtype=str), return_inverse=True)
    column_words, column = np.unique(np.asarray(columns, dtype=str), return_inverse=True)
    inner = np.zeros((len(row_words), len(column_words)), np.int64)
    np.add.at(inner, (row, column), 1)
    whole = np.vstack([inner, inner.sum(0)])
    whole = np.hstack([whole, whole.sum(1, keepdims=True)])
    shown = _protected(whole, least)
    return Counts((*map(str, row_words), "all"), (*map(str, column_words), "all"), whole, shown)


def exact(
    count: Int64[np.ndarray, "rows columns"], shown: Bool[np.ndarray, "rows columns"]
) -> list[tuple[int, int]]:
    """Return which cells that are not shown can be worked out exactly from those that are.

    The attacker knows that counts are not negative and that each row and column adds up to its
    total. A cell is worked out where the least and the most it could be are the same.
    """
    equal, total = _lines(count.shape)
    cells = zip(count.ravel().tolist(), shown.ravel().tolist(), strict=True)
    bounds = [(float(n), float(n)) if is_shown else (0.0, None) for n, is_shown in cells]
    hidden = np.flatnonzero(~shown.ravel()).tolist()
    found = []
    for cell in hidden:
        least, most = (_end(cell, sign, equal, total, bounds) for sign in (1.0, -1.0))
        if most - least < _APART:
            found.append(divmod(cell, count.shape[1]))
    return found


def _end(
    cell: int,
    sign: float,
    equal: Float64[np.ndarray, "lines cells"],
    total: Float64[np.ndarray, "lines"],
    bounds: Sequence[tuple[float, float | None]],
) -> float:
    """Return the least (`sign` 1) or most (-1) that a cell could be; no end is infinity."""
    cost = np.zeros(equal.shape[1])
    cost[cell] = sign
    found = linprog(cost, A_eq=equal, b_eq=total, bounds=bounds, method="highs")
    return float(sign * found.fun) if found.success else float("inf")


def _lines(
    shape: tuple[int, ...],
) -> tuple[Float64[np.ndarray, "lines cells"], Float64[np.ndarray, "lines"]]:
    """Return that each row's and each column's cells less its total come to nothing."""
    n_rows, n_columns = shape
    lines = []
    for i in range(n_rows):
        line = np.zeros(shape)
        line[i, :-1], line[i, -1] = 1.0, -1.0
        lines.append(line.ravel())
    for j in range(n_columns):
        line = np.zeros(shape)
        line[:-1, j], line[-1, j] = 1.0, -1.0
        lines.append(line.ravel())
    return np.array(lines), np.zeros(len(lines))


def _protected(
    count: Int64[np.ndarray, "rows columns"], least: int
) -> Bool[np.ndarray, "rows columns"]:
    shown: np.ndarray = count >= least
    while True:
        _settle_lines(count, shown, least)
        given_away = exact(count, shown)
        if not given_away:
            return shown
        i, j = given_away[0]
        nearest = [(i, column) for column in range(count.shape[1])]
        nearest += [(row, j) for row in range(count.shape[0])]
        if not _hide_smallest(count, shown, nearest):
            shown[:] = False


def _settle_lines(
    count: Int64[np.ndarray, "rows columns"], shown: Bool[np.ndarray, "rows columns"], least: int
) -> None:
    """Leave out more until no line has one gap alone, or gaps that come to too little together."""
    is_settled = False
    while not is_settled:
        is_settled = True
        for line in _cells_of_lines(count.shape):
            hidden = [cell for cell in line if not shown[cell]]
            inner = [cell for cell in hidden if cell != line[-1]]
            is_alone = len(hidden) == 1
            is_little = (
                bool(inner) and bool(shown[line[-1]]) and sum(count[c] for c in inner) < least
            )
            if (is_alone or is_little) and _hide_smallest(count, shown, line):
                is_settled = False


def _cells_of_lines(shape: tuple[int, ...]) -> Iterator[list[tuple[int, int]]]:
    """Yield the cells of each row and column, the total last."""
    for i in range(shape[0]):
        yield [(i, j) for j in range(shape[1])]
    for j in range(shape[1]):
        yield [(i, j) for i in range(shape[0])]


def _hide_smallest(
    count: Int64[np.ndarray, "rows columns"],
    shown: Bool[np.ndarray, "rows columns"],
    cells: list[tuple[int, int]],
) -> bool:
    """Leave out the smallest of `cells` that is still shown, and say whether there was one."""
    last = (count.shape[0] - 1, count.shape[1] - 1)
    still = [cell for cell in cells if shown[cell]]
    if not still:
        return False
    # Totals are larger than what they add up, and the whole is the last to go.
    smallest = min(still, key=lambda cell: (cell == last, count[cell], cell))
    shown[smallest] = False
    return True
