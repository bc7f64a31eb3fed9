"""Does calibration know what it does not know? Simulation-based calibration of it (Talts 2018).

Numbers are drawn from the priors, people live by them, and calibration is asked for those numbers
back from the counts alone. Of each number, the rank of the true one among the draws that are kept
must be as likely to be one as another. Ranks that crowd at the ends say that too much is claimed;
ranks that crowd in the middle say that less is claimed than is known.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int64
from scipy.stats import chisquare

from kith.core.model.calibration import PRIORS, Draw, Posterior, targets
from kith.errors import InvalidInputError

# A flat prior from 0 to 1 has this standard deviation.
_FLAT_SD = 12**-0.5


class Evenness(NamedTuple):
    """How even ranks are.

    Args:
        chi2, p: Pearson's test of equal bins.
        within_half, within_90: The share of truths within the middle 50 % and 90 % of kept draws.
    """

    chi2: float
    p: float
    within_half: float
    within_90: float


class Learned(NamedTuple):
    """What counts have taught of a number.

    Args:
        left: Standard deviation of kept draws, by that of the flat prior: 1 is nothing learned.
        tied_to: The other number that it goes together with most.
        together: Spearman's correlation with that one.
    """

    left: float
    tied_to: str
    together: float


def ranks(
    truths: Sequence[Draw], table: Sequence[Draw], keep: int
) -> Int64[np.ndarray, "truths numbers"]:
    """Return how many of the kept draws lie below each true number: 0 to `keep`.

    Args:
        truths: Draws whose counts stand for what was counted.
        table: Other draws from the same priors, out of which the `keep` nearest are kept, by the
            distance of `calibration`.

    Raises:
        InvalidInputError: If the table has fewer than `keep`.
    """
    if not 0 < keep <= len(table):
        raise InvalidInputError(f"keep must be 1 to {len(table)} draws, got {keep}")
    values = np.array([draw.values for draw in table])
    counts = np.array([draw.counts for draw in table], np.float64) / _scale()
    found = []
    for truth in truths:
        far = np.sum((counts - np.array(truth.counts) / _scale()) ** 2, axis=1)
        kept = values[np.argsort(far, kind="stable")[:keep]]
        found.append(np.sum(kept < np.array(truth.values), axis=0))
    return np.array(found, np.int64)


def evenness(rank: Int64[np.ndarray, "truths"], keep: int, bins: int = 9) -> Evenness:
    """Return how even the ranks of one number are.

    Raises:
        InvalidInputError: If keep + 1 ranks do not fall into equal `bins`.
    """
    if (keep + 1) % bins:
        raise InvalidInputError(f"{keep + 1} ranks do not fall into {bins} equal bins")
    held = np.bincount(rank * bins // (keep + 1), minlength=bins)
    test = chisquare(held)
    away = np.abs((rank + 0.5) / (keep + 1) - 0.5)
    return Evenness(
        float(test.statistic), float(test.pvalue), float(np.mean(away < 0.25)),
        float(np.mean(away < 0.45)),
    )  # fmt: skip


def learned(posterior: Posterior) -> dict[str, Learned]:
    """Return by name what counts have taught of each number, and with which other it trades."""
    names = list(PRIORS)
    together = correlations(posterior.values)
    found = {}
    for at, (name, (low, high)) in enumerate(PRIORS.items()):
        left = float(posterior.values[:, at].std(ddof=1) / ((high - low) * _FLAT_SD))
        other = np.abs(np.where(np.arange(len(names)) == at, 0.0, together[at])).argmax()
        found[name] = Learned(left, names[other], float(together[at, other]))
    return found


def correlations(values: Float64[np.ndarray, "kept numbers"]) -> Float64[np.ndarray, "_ _"]:
    """Return Spearman's correlation of each number with each other."""
    place = values.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return np.corrcoef(place.astype(np.float64), rowvar=False)


def _scale() -> Float64[np.ndarray, "targets"]:
    """Return the standard deviations by which `calibration.distance` counts."""
    count = np.array([t.count for t in targets()], np.float64)
    return np.sqrt(count * (1 - count / np.array([t.people for t in targets()])))
