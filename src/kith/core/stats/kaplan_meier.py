"""The share that has had no event yet, as time goes by."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64
from scipy.special import ndtri

from kith.core.stats.times import Events, Times, exposed, refuse_bad_times
from kith.errors import InvalidInputError

Column = Float64[np.ndarray, "moments"]


@dataclass(frozen=True, slots=True)
class Curve:
    """A share that falls at moments; between two of them it is what it was at the first.

    Args:
        times: 0, and every moment at which somebody had an event or left, in order.
        survival: The share without an event after that moment.
        lower, upper: Its interval at that moment; nan where nothing can be said.
        at_risk: How many were followed just before it.
        events: How many events came at it.
        level: Of the intervals.
    """

    times: Column
    survival: Column
    lower: Column
    upper: Column
    at_risk: Column
    events: Column
    level: float = 0.95

    def at(self, time: float) -> float:
        """Return the share without an event at `time`."""
        return float(self.survival[np.searchsorted(self.times, time, side="right") - 1])

    @property
    def median(self) -> float:
        """The first moment at which no more than half are without an event; inf if there is none."""
        is_half = self.survival <= 0.5 + 1e-12
        return float(self.times[np.argmax(is_half)]) if is_half.any() else float("inf")


def kaplan_meier(
    time: Times, event: Events, entry: Times | None = None, *, level: float = 0.95
) -> Curve:
    """Return the share without an event over time, with intervals moment by moment.

        S(t) = product over event times u <= t of (1 - d(u) / n(u))
        var(log(-log S)) = sum of d / (n (n - d)) / log(S)^2                  (Greenwood)
        interval: S ** exp(-/+ z sqrt(var)), which stays between 0 and 1

    Kaplan & Meier 1958; the scale of the interval is Kalbfleisch & Prentice's log(-log). Assumes
    that whoever leaves without an event is no likelier to have one than whoever stays.

    Args:
        time: When each left, days or any unit.
        event: Whether they left by the event.
        entry: When each entered, if not at 0: they are at risk only after it.
        level: Of the intervals.

    Raises:
        InvalidInputError: If somebody cannot have been followed so, or `level` is not between 0
            and 1.
    """
    if not 0 < level < 1:
        raise InvalidInputError(f"level must be between 0 and 1, got {level}")
    refuse_bad_times(time, entry)
    times = np.unique(np.append(time, 0.0))
    at_risk = exposed(time, entry, times)
    at_risk[0] = exposed(time, entry, np.array([np.nextafter(0.0, 1.0)]))[0]
    events = np.bincount(np.searchsorted(times, time[event]), minlength=len(times)).astype(float)
    has = events > 0
    share, hazard = np.ones(len(times)), np.zeros(len(times))
    share[has] = 1 - events[has] / at_risk[has]
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard[has] = events[has] / (at_risk[has] * (at_risk[has] - events[has]))
        survival = np.cumprod(share)
        spread = ndtri(0.5 + level / 2) * np.sqrt(np.cumsum(hazard)) / np.log(survival)
        lower, upper = survival ** np.exp(-spread), survival ** np.exp(spread)
    # Nobody had an event yet: the share is 1. Everybody had: nothing can be said of how sure 0 is.
    is_whole = survival == 1
    lower[is_whole], upper[is_whole] = 1.0, 1.0
    lower[survival == 0], upper[survival == 0] = np.nan, np.nan
    return Curve(times, survival, lower, upper, at_risk, events, level)
