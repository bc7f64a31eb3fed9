"""What the loops read and write: people as rows, who is near, who sits where.

Those who look for a circle are rows of twelve words, see `packed`.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int8, Int16, Int32, UInt64

NONE = -1
LARGEST = 8


class Rows(NamedTuple):
    """People as the loops read them; `packed` says what each bit is."""

    row: UInt64[np.ndarray, "people 12"]
    worth: Int32[np.ndarray, "people"]
    before: Int32[np.ndarray, "people"]
    tie_start: Int32[np.ndarray, "_"]
    tie: Int32[np.ndarray, "_"]
    apart_start: Int32[np.ndarray, "_"]
    apart: Int32[np.ndarray, "_"]


class Seats(NamedTuple):
    """Who sits where: circle g has `size[g]` members, 0 where there is none."""

    circle_of: Int32[np.ndarray, "people"]
    member: Int32[np.ndarray, "circles largest"]
    size: Int8[np.ndarray, "circles"]
    value: Int32[np.ndarray, "circles"]


class Near(NamedTuple):
    """The best few others for each person, the first `n[i]` of row i, in no order."""

    other: Int32[np.ndarray, "people few"]
    score: Int16[np.ndarray, "people few"]
    n: Int16[np.ndarray, "people"]
