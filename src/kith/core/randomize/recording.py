"""What was drawn, as the records of a study hold it."""

import numpy as np
from jaxtyping import Float64, Int32, Int64

from kith.core.randomize.mechanism import Drawn
from kith.core.records import NONE, Assignments
from kith.errors import InvalidInputError


def recorded(
    drawn: Drawn,
    arms: tuple[str, ...],
    *,
    day: Float64[np.ndarray, "units"],
    stratum: Int64[np.ndarray, "units"] | None = None,
    cluster: Int64[np.ndarray, "units"] | None = None,
) -> Assignments:
    """Return a draw as Assignments: person i is unit i.

    Args:
        drawn: What came.
        arms: What the arms are called.
        day: When each was drawn.
        stratum: Among whom.
        cluster: With whom.

    Raises:
        InvalidInputError: If columns are not as long as the draw.
    """
    n = len(drawn.arm)
    if len(day) != n:
        raise InvalidInputError(f"day must have {n} rows, got {len(day)}")
    return Assignments(
        people=n,
        arms=arms,
        person=np.arange(n, dtype=np.int32),
        arm=drawn.arm.copy(),
        day=day.copy(),
        probability=drawn.probability.copy(),
        stratum=_column(stratum, n),
        cluster=_column(cluster, n),
    )


def _column(values: Int64[np.ndarray, "_"] | None, n: int) -> Int32[np.ndarray, "_"]:
    return np.full(n, NONE, np.int32) if values is None else values.astype(np.int32)
