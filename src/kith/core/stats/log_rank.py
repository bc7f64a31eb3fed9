"""Do groups differ in when an event comes to them?"""

import numpy as np
from jaxtyping import Int64
from scipy.stats import chi2

from kith.core.stats.results import Test
from kith.core.stats.times import Events, Times, exposed, refuse_bad_times
from kith.errors import InvalidInputError, NoAnswerError

Groups = Int64[np.ndarray, "rows"]


def log_rank(
    time: Times,
    event: Events,
    group: Groups,
    strata: Groups | None = None,
    *,
    entry: Times | None = None,
) -> Test:
    """Return whether events come to `group`s at different rates: each moment counts the same.

    At each event time of each stratum, d events fall among n at risk; group g, with n_g of them,
    would have had d n_g / n by chance, with hypergeometric covariance:

        z_g = sum (d_g - d n_g / n)
        v_gh = sum d (n - d) / (n - 1) n_g / n (1[g = h] - n_h / n)
        statistic = z' V^- z, chi-square with (groups - 1) degrees of freedom

    Mantel 1966; Peto & Peto 1972. Assumes that leaving says nothing about the event, in each
    group. It is the score test of Cox's model where no times are tied.

    Args:
        time: When each left, in any unit.
        event: Whether they left by the event.
        group: Of which group each is.
        strata: Whoever is in different strata is never compared.
        entry: When each entered, if not at 0.

    Raises:
        InvalidInputError: If somebody cannot have been followed so, or there is but one group.
        NoAnswerError: If no event came while two groups were at risk.
    """
    refuse_bad_times(time, entry)
    names, of = np.unique(group, return_inverse=True)
    if len(names) < 2:
        raise InvalidInputError("there must be two groups or more to compare")
    z, v = np.zeros(len(names)), np.zeros((len(names), len(names)))
    for stratum in [None] if strata is None else np.unique(strata):
        among = np.ones(len(time), np.bool_) if stratum is None else strata == stratum
        _add(z, v, time[among], event[among], of[among], None if entry is None else entry[among])
    rank = int(np.linalg.matrix_rank(v, hermitian=True))
    if rank == 0:
        raise NoAnswerError("no event came while people of two groups were followed")
    statistic = float(z @ np.linalg.pinv(v, hermitian=True) @ z)
    return Test(statistic, float(rank), float(chi2.sf(statistic, rank)))


def _add(
    z: np.ndarray,
    v: np.ndarray,
    time: np.ndarray,
    event: np.ndarray,
    of: np.ndarray,
    entry: np.ndarray | None,
) -> None:
    """Add what one stratum says to the sums `z` and `v`."""
    moments = np.unique(time[event])
    groups = range(len(z))
    at_risk = np.stack(
        [exposed(time[of == g], None if entry is None else entry[of == g], moments) for g in groups]
    )
    came = np.searchsorted(moments, time[event])
    events = np.stack(
        [np.bincount(came[of[event] == g], minlength=len(moments)) for g in groups]
    ).astype(float)
    n, d = at_risk.sum(axis=0), events.sum(axis=0)
    share = at_risk / n
    z += (events - d * share).sum(axis=1)
    # One who is alone at risk has no chance in it.
    weight = np.where(n > 1, d * (n - d) / np.maximum(n - 1, 1), 0.0)
    v += np.diag((weight * share).sum(axis=1)) - (weight * share) @ share.T
