"""All that changes: people, a row for each number of theirs, and ties, a record for each end."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np
from jaxtyping import Float32, Int16, Int32, UInt8

from kith.core.model.numbers import Numbers
from kith.core.model.tied import Tied

# Rows of `State.brain`.
TONE: Final = 0
LOAD: Final = 5
TOLERANCE: Final = 6
RESOLVE: Final = 7
VALUE: Final = 8
GO: Final = 12
NOGO: Final = 16
HABIT: Final = 20  # and N_OVERT * cue + act
DUE_AT_CUE: Final = 32
DUE_OFF_CUE: Final = 33
USUAL: Final = 34
# From here on they stay as they begin.
RATE: Final = 35
DOSE: Final = 36
OWN: Final = 37
N_ROWS: Final = 38

# What an epoch leaves in `State.act`: the act, then which moment it was, then two bits.
ACT_BITS: Final = 7
CUE_SHIFT: Final = 3
OFFERED: Final = 32
FATAL: Final = 64
# What became of reaching, in `State.met`: nobody, a tie, a contact had, a contact given; and
# whether the other was in a lapse.
NOBODY_MET, TIE_MET, HEARD, HELPED, IN_LAPSE = 0, 1, 2, 3, 4
# No end of a tie.
NO_END: Final = -1
# Somebody who has never.
NEVER: Final = -1
# On so many of the last seven days: a relapse.
RELAPSE_DAYS: Final = 3


@dataclass(slots=True)
class State:
    """People and ties at the end of an epoch; engines change it in place.

    Args:
        numbers: Of the epoch, under this arm.
        key: Of the dice.
        step: Epochs lived.
        brain: A row for each number of a brain, a column for each person.
        act: What each did, as bits: see above.
        met: What became of reaching.
        answered: The end of the tie that answered, NO_END for none.
        helped, near: Whether somebody was helped by them, or used close to them, this epoch.
        apart: Who lives apart.
        today, week: Uses today; which of the last seven days had one, as bits.
        first_use, relapse: The day of the first use, and of the third use day within seven.
        use_days, contacts: How many so far.
        tied: Ties.
    """

    numbers: Numbers
    key: tuple[int, int]
    step: int
    brain: Float32[np.ndarray, "38 people"]
    act: UInt8[np.ndarray, "people"]
    met: UInt8[np.ndarray, "people"]
    answered: Int32[np.ndarray, "people"]
    helped: UInt8[np.ndarray, "people"]
    near: UInt8[np.ndarray, "people"]
    apart: UInt8[np.ndarray, "people"]
    today: UInt8[np.ndarray, "people"]
    week: UInt8[np.ndarray, "people"]
    first_use: Int16[np.ndarray, "people"]
    relapse: Int16[np.ndarray, "people"]
    use_days: Int16[np.ndarray, "people"]
    contacts: Int16[np.ndarray, "people"]
    tied: Tied

    @property
    def people(self) -> int:
        """How many there are."""
        return self.brain.shape[1]


_COLUMNS: Final = (
    "brain", "act", "met", "answered", "helped", "near", "apart", "today", "week",
    "first_use", "relapse", "use_days", "contacts",
)  # fmt: skip


def digest(state: State) -> str:
    """Return the SHA-256 of all that `state` is: the same for any engine, threads and chunks."""
    made = sha256(f"{state.step}:{state.people}".encode())
    for column in (*(getattr(state, name) for name in _COLUMNS), *state.tied.columns):
        made.update(np.ascontiguousarray(column).tobytes())
    return made.hexdigest()
