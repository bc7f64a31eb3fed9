"""What every estimator of times asks of its input, said once."""

import numpy as np
from jaxtyping import Bool, Float64

from kith.core.records import refuse_where
from kith.errors import InvalidInputError

Times = Float64[np.ndarray, "rows"]
Events = Bool[np.ndarray, "rows"]


def refuse_bad_times(time: Times, entry: Times | None = None) -> None:
    """Refuse times that nobody can have been followed for.

    Raises:
        InvalidInputError: If there are none, one is not finite or below 0, or somebody enters no
            sooner than they leave. It names the first row that is wrong.
    """
    if len(time) == 0:
        raise InvalidInputError("nobody was followed: there are no times")
    refuse_where(~(np.isfinite(time) & (time >= 0)), "finite and not below 0", time=time)
    if entry is not None:
        is_entry = np.isfinite(entry) & (entry >= 0) & (entry < time)
        refuse_where(~is_entry, "entered before they left", entry=entry, time=time)


def exposed(
    time: Times, entry: Times | None, at: Float64[np.ndarray, "moments"]
) -> Float64[np.ndarray, "moments"]:
    """Return how many were followed and had no event just before each moment of `at`.

    Whoever enters at a moment is not yet at risk then; whoever leaves at it still is.
    """
    left = np.searchsorted(np.sort(time), at, side="left")
    came = len(time) if entry is None else np.searchsorted(np.sort(entry), at, side="left")
    return np.asarray(came - left, np.float64)
