"""What somebody's own ties are like, in bands; never with whom."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int64

from kith.core.records import ActLog, Help


class Egos(NamedTuple):
    """Each person's own ties.

    Args:
        degree: With how many others they did something.
        mutual: With how many of them help went both ways.
        breadth: Over how many others their time was spread, exp(-sum of p log p) with p the share
            of minutes with each (Hill 1973, order 1); 0 for nobody.
    """

    degree: Int64[np.ndarray, "people"]
    mutual: Int64[np.ndarray, "people"]
    breadth: Float64[np.ndarray, "people"]

    def of(self, chosen: Int64[np.ndarray, "some"]) -> "Egos":
        """Return those of `chosen` people, in that order."""
        return Egos(self.degree[chosen], self.mutual[chosen], self.breadth[chosen])


def egos(log: ActLog, may: Bool[np.ndarray, "people"]) -> Egos:
    """Return what the ties of each person are like, as acts between people who `may` say.

    An act is of two people, so it counts only if both agreed. Somebody without such acts has none:
    their numbers are too small wherever others did not agree, and the export says so.
    """
    counts = may[log.actor] & may[log.other]
    actor, other = log.actor[counts].astype(np.int64), log.other[counts].astype(np.int64)
    minutes, help_ = log.minutes[counts].astype(np.float64), log.help[counts]
    low, high = np.minimum(actor, other), np.maximum(actor, other)
    pair, place = np.unique(low * max(log.people, 1) + high, return_inverse=True)
    is_low = actor == low
    given, received = (help_ & Help.GIVEN) > 0, (help_ & Help.RECEIVED) > 0
    up = np.bincount(place, np.where(is_low, given, received), len(pair)) > 0
    down = np.bincount(place, np.where(is_low, received, given), len(pair)) > 0
    time = np.bincount(place, minutes, len(pair))
    ends = np.concatenate(np.divmod(pair, max(log.people, 1)))
    twice = np.concatenate([time, time]).astype(np.float64)
    return Egos(
        np.bincount(ends, minlength=log.people),
        np.bincount(ends, np.tile(up & down, 2), log.people).astype(np.int64),
        _spread(ends, twice, log.people),
    )


def _spread(
    ego: Int64[np.ndarray, "ends"], time: Float64[np.ndarray, "ends"], people: int
) -> Float64[np.ndarray, "people"]:
    total = np.bincount(ego, time, people).astype(np.float64)
    share = np.divide(time, total[ego], out=np.zeros_like(time), where=total[ego] > 0)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return np.where(total > 0, np.exp(np.bincount(ego, -share * logs, people)), 0.0)
