"""Those who may be rung, as columns, and the one who asks."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int16, Int64, UInt8, UInt64

from kith.errors import InvalidInputError

# To whom somebody is open: nobody but those whose plan they agreed to be in, those of their
# circles too, or anybody here.
NOBODY, KNOWN, ANYBODY = 0, 1, 2

_KINDS: dict[str, type[np.generic]] = {
    "open_to": np.uint8,
    "is_new": np.bool_,
    "is_in_hours": np.bool_,
    "is_awake": np.bool_,
    "languages": np.uint64,
    "most_a_day": np.int16,
    "most_a_week": np.int16,
    "rung_today": np.int16,
    "rung_this_week": np.int16,
    "last_rung_s": np.float64,
    "busy_until_s": np.float64,
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who may be rung at all, one a row. Whoever keeps it may change it between two choices.

    Args:
        open_to: NOBODY, KNOWN or ANYBODY.
        is_new: Within their first ninety days.
        is_in_hours: Whether this is an hour at which they let themselves be rung.
        is_awake: Whether they painted this hour as one in which they have time.
        languages: One bit for each that they speak.
        most_a_day, most_a_week: How often they let themselves be rung.
        rung_today, rung_this_week: How often they were.
        last_rung_s: When they were rung last, in seconds; -inf if never.
        busy_until_s: Until when they are being rung, or talk; -inf if they are not.

    Raises:
        InvalidInputError: If a column is of another kind or length.
    """

    open_to: UInt8[np.ndarray, "_"]
    is_new: Bool[np.ndarray, "_"]
    is_in_hours: Bool[np.ndarray, "_"]
    is_awake: Bool[np.ndarray, "_"]
    languages: UInt64[np.ndarray, "_"]
    most_a_day: Int16[np.ndarray, "_"]
    most_a_week: Int16[np.ndarray, "_"]
    rung_today: Int16[np.ndarray, "_"]
    rung_this_week: Int16[np.ndarray, "_"]
    last_rung_s: Float64[np.ndarray, "_"]
    busy_until_s: Float64[np.ndarray, "_"]

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            column = getattr(self, name)
            if column.dtype != kind or column.shape != self.open_to.shape or column.ndim != 1:
                raise InvalidInputError(
                    f"{name} must be one row of {np.dtype(kind)}, as long as open_to, "
                    f"got {column.dtype} of {column.shape}"
                )

    @classmethod
    def of(cls, people: int) -> "Crowd":
        """Return `people` of whom nothing is known: nobody may ring them."""
        columns = {name: np.zeros(people, kind) for name, kind in _KINDS.items()}
        for name in ("last_rung_s", "busy_until_s"):
            columns[name] = np.full(people, -np.inf)
        return cls(**columns)

    def __len__(self) -> int:
        return len(self.open_to)


@dataclass(frozen=True, slots=True)
class Asker:
    """The one who needs a voice, and who of the crowd is what to them, as rows of it.

    Args:
        now_s: The moment, on the clock of the crowd.
        languages: One bit for each language they speak.
        plan: Who agreed to be in their plan and may be rung now by what they agreed to, in order.
        circle: Who sits in a circle with them.
        tied: Who is tied to them.
        strength: How strongly, each from 0 to below 1.
        apart: Whom they must not meet, and they themselves.

    Raises:
        InvalidInputError: If there is not one strength for each who is tied.
    """

    now_s: float
    languages: int
    plan: Int64[np.ndarray, "_"]
    circle: Int64[np.ndarray, "_"]
    tied: Int64[np.ndarray, "_"]
    strength: Float64[np.ndarray, "_"]
    apart: Int64[np.ndarray, "_"]

    def __post_init__(self) -> None:
        if len(self.tied) != len(self.strength):
            raise InvalidInputError(
                f"each who is tied has one strength, got {len(self.tied)} and {len(self.strength)}"
            )
