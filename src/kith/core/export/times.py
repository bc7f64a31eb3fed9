"""Times as whole periods since each person's own start: no hour, no date."""

import numpy as np
from jaxtyping import Float64, Int32

from kith.core.export.scope import NEVER, BeyondConsentError
from kith.core.records import Assignments, FollowUp
from kith.errors import InvalidInputError

DAYS_MOST = 365


def refuse_fine(days: int) -> None:
    """Refuse periods finer than a day.

    Raises:
        BeyondConsentError: If `days` is below 1: exact times do not leave.
        InvalidInputError: If it is more than a year.
    """
    if days < 1:
        raise BeyondConsentError(f"times: {NEVER['times']}. Ask for 1 day or more, got {days}.")
    if days > DAYS_MOST:
        raise InvalidInputError(f"days must be at most {DAYS_MOST}, got {days}")


def starts(
    follow_up: FollowUp, assignments: Assignments, people: int
) -> Float64[np.ndarray, "people"]:
    """Return the day on which each person's own time begins; nan for who never began.

    It is the start of follow-up; for somebody without one, the first draw.
    """
    start = np.full(people, np.inf)
    np.minimum.at(start, assignments.person, assignments.day)
    start[follow_up.person] = follow_up.starts
    return np.where(np.isfinite(start), start, np.nan)


def periods(
    day: Float64[np.ndarray, "rows"],
    person: Int32[np.ndarray, "rows"],
    start: Float64[np.ndarray, "people"],
    days: int,
) -> Int32[np.ndarray, "rows"]:
    """Return in which period since their own start each row falls, the first being 0.

        floor((day - start of that person) / days)

    What comes before a start is in period -1, however long before: how long somebody was here
    already is nobody's business. Rows of people without a start are in -1 too.
    """
    since = np.floor((day - start[person]) / days)
    period: np.ndarray = np.maximum(np.nan_to_num(since, nan=-1.0), -1.0).astype(np.int32)
    return period
