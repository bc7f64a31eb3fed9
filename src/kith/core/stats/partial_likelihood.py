"""The likelihood of who, of those at risk, had each event: what Cox's model is fitted by.

All sums run over events in one pass, whatever the number of strata: the times of a stratum are put
after those of the one before, and a row is at risk at moment u where entry < u <= time.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int64

Rows = Float64[np.ndarray, "rows"]
Table = Float64[np.ndarray, "rows k"]
Square = Float64[np.ndarray, "k k"]
# A count of events: without ties, of moments too.
PerEvent = Float64[np.ndarray, "events"]


class _Sums(NamedTuple):
    """What one beta makes of the data.

    Args:
        risk: exp(x . beta) of each row.
        denominator: Of each event: the risk of all who could have had it.
        mean: Of each event: the mean of x among them, weighted by risk.
    """

    risk: Rows
    denominator: PerEvent
    mean: Float64[np.ndarray, "events k"]


@dataclass(frozen=True, slots=True)
class PartialLikelihood:
    """Cox's likelihood of given data, to be asked about any beta.

        log L = sum over events of (x_i . beta - log sum over j at risk of exp(x_j . beta))

    Where d events are tied, Breslow lets each choose among all at risk; Efron takes a share
    k / d of the tied away from the kth of them, k from 0.

    Args:
        x: Covariates, less the mean of their stratum (which changes nothing but rounding).
        event: Whether each row ends by the event.
        moments: Distinct moments of events on the common line, in order.
        by_time, by_entry: Rows in order of leaving, and of entering.
        left, came: For each moment, how many rows left, and entered, before it.
        first, last: For each row, the moments at which it is at risk: first to before last.
        row: For each event, in order of moments, its row.
        at: Its moment.
        taken: What share of the tied it does not compete with.
    """

    x: Table
    event: Bool[np.ndarray, "rows"]
    moments: Int64[np.ndarray, "moments"]
    by_time: Int64[np.ndarray, "rows"]
    by_entry: Int64[np.ndarray, "rows"]
    left: Int64[np.ndarray, "moments"]
    came: Int64[np.ndarray, "moments"]
    first: Int64[np.ndarray, "rows"]
    last: Int64[np.ndarray, "rows"]
    row: Int64[np.ndarray, "events"]
    at: Int64[np.ndarray, "events"]
    taken: PerEvent

    def loglik(self, beta: Float64[np.ndarray, "k"]) -> float:
        """Return the logarithm of the likelihood."""
        log_risk = self.x @ beta
        highest = log_risk.max(initial=0.0)
        risk = np.exp(log_risk - highest)
        denominator = self._less_tied(self._at_risk(risk), risk)
        with np.errstate(divide="ignore", invalid="ignore"):
            return float((log_risk[self.row] - highest - np.log(denominator)).sum())

    def sums(self, beta: Float64[np.ndarray, "k"]) -> _Sums:
        """Return what the score, the information and the residuals are made of."""
        log_risk = self.x @ beta
        risk = np.exp(log_risk - log_risk.max(initial=0.0))
        denominator = self._less_tied(self._at_risk(risk), risk)
        weighted = risk[:, None] * self.x
        total = self._less_tied(self._at_risk(weighted), weighted)
        return _Sums(risk, denominator, total / denominator[:, None])

    def score(self, sums: _Sums, weight: PerEvent | None = None) -> Float64[np.ndarray, "k"]:
        """Return the slope of the likelihood; `weight` counts some events more than others."""
        off = self.x[self.row] - sums.mean
        return np.asarray(off.sum(axis=0) if weight is None else weight @ off, np.float64)

    def information(self, sums: _Sums, weight: PerEvent | None = None) -> Square:
        """Return the sum over events of the covariance of x among those at risk."""
        weight = np.ones(len(self.row)) if weight is None else weight
        hazard = sums.risk * self._met(weight / sums.denominator)
        inner = self.x.T @ (hazard[:, None] * self.x)
        return np.asarray(inner - sums.mean.T @ (weight[:, None] * sums.mean), np.float64)

    def residuals(self, sums: _Sums) -> Table:
        """Return what each row adds to the score: x less its mean, summed over its martingale."""
        tied = np.bincount(self.at)
        average = np.zeros((len(tied), self.x.shape[1]))
        np.add.at(average, self.at, sums.mean)
        found = np.zeros_like(self.x)
        found[self.row] = self.x[self.row] - (average / tied[:, None])[self.at]
        met = self._met(1 / sums.denominator)
        expected = self._met(sums.mean / sums.denominator[:, None])
        return np.asarray(found - sums.risk[:, None] * (self.x * met[:, None] - expected))

    def _at_risk(self, values: np.ndarray) -> np.ndarray:
        """Return the sum of `values` over who is at risk, for each moment."""
        leaving = _sums_from(values[self.by_time])[self.left]
        return np.asarray(leaving - _sums_from(values[self.by_entry])[self.came])

    def _less_tied(self, total: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Return `total` of each event's moment, less the share that Efron takes of the tied."""
        of_tied = np.zeros_like(total)
        np.add.at(of_tied, self.at, values[self.row])
        taken = self.taken.reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray(total[self.at] - taken * of_tied[self.at])

    def _met(self, each: np.ndarray) -> np.ndarray:
        """Return for each row the sum of `each` event that it could have had."""
        taken = self.taken.reshape(-1, *[1] * (each.ndim - 1))
        shape = (len(self.moments), *each.shape[1:])
        whole, less = np.zeros(shape), np.zeros(shape)
        np.add.at(whole, self.at, each)
        np.add.at(less, self.at, taken * each)
        until = np.concatenate([np.zeros((1, *each.shape[1:])), np.cumsum(whole, axis=0)])
        met = until[self.last] - until[self.first]
        met[self.row] -= less[self.at]
        return np.asarray(met)


def partial_likelihood(
    time: Rows,
    event: Bool[np.ndarray, "rows"],
    x: Table,
    entry: Rows | None,
    strata: Int64[np.ndarray, "rows"] | None,
    *,
    is_efron: bool,
) -> PartialLikelihood:
    """Return the likelihood of rows that all leave after they enter."""
    begin, end, stratum = _on_one_line(time, entry, strata)
    moments = np.unique(end[event])
    row = np.flatnonzero(event)
    row = row[np.argsort(end[row], kind="stable")]
    at = np.searchsorted(moments, end[row])
    tied = np.bincount(at, minlength=len(moments))
    place = np.arange(len(row)) - np.searchsorted(at, at)
    by_time, by_entry = np.argsort(end, kind="stable"), np.argsort(begin, kind="stable")
    return PartialLikelihood(
        x=x - _means(x, stratum),
        event=event,
        moments=moments,
        by_time=by_time,
        by_entry=by_entry,
        left=np.searchsorted(end[by_time], moments, side="left"),
        came=np.searchsorted(begin[by_entry], moments, side="left"),
        first=np.searchsorted(moments, begin, side="right"),
        last=np.searchsorted(moments, end, side="right"),
        row=row,
        at=at,
        taken=place / tied[at] if is_efron else np.zeros(len(row)),
    )


def _on_one_line(
    time: Rows, entry: Rows | None, strata: Int64[np.ndarray, "rows"] | None
) -> tuple[Int64[np.ndarray, "rows"], Int64[np.ndarray, "rows"], Int64[np.ndarray, "rows"]]:
    """Return when rows begin and end, as whole numbers, one stratum after the other; and theirs."""
    n = len(time)
    stratum = np.zeros(n, np.int64)
    if strata is not None:
        stratum = np.unique(strata, return_inverse=True)[1].astype(np.int64)
    known, place = np.unique(time if entry is None else np.append(time, entry), return_inverse=True)
    place = place + 1
    start = stratum * (len(known) + 2)
    begin = start if entry is None else start + place[n:]
    return begin.astype(np.int64), (start + place[:n]).astype(np.int64), stratum


def _means(x: Table, stratum: Int64[np.ndarray, "rows"]) -> Table:
    sums = np.zeros((int(stratum.max()) + 1, x.shape[1]))
    np.add.at(sums, stratum, x)
    return np.asarray((sums / np.bincount(stratum)[:, None])[stratum])


def _sums_from(values: np.ndarray) -> np.ndarray:
    """Return, for each place, the sum of all from it on; 0 after the last."""
    backwards = np.cumsum(values[::-1], axis=0)[::-1]
    return np.concatenate([backwards, np.zeros((1, *values.shape[1:]))])
