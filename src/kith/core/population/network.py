"""Who is what to whom, in layers: trust, advice, company, using together."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Int32, Int64

from kith.core.records import freeze_rows, refuse_where
from kith.errors import InvalidInputError

LAYERS = ("trust", "advice", "company", "using")


@dataclass(frozen=True, slots=True)
class Network:
    """Ties as rows of those who hold them: those of person p are rows start[p] to start[p + 1].

    Every tie stands twice, once at each end, and each end weighs it for itself: how much one
    trusts the other need not be how much the other trusts them. The columns are read-only here.

    Args:
        start: Where the ties of each person begin; one more than there are people.
        other: Who is at the other end, rising within the ties of one person.
        trust: What one would tell them, from 0 to below 1.
        advice: Whether one asks them what to do, from 0 to below 1.
        company: How much time one spends with them, from 0 to below 1.
        using: How much of that is using together, from 0 to below 1.

    Raises:
        InvalidInputError: If the columns are not that. It names the first row that is wrong.
    """

    start: Int64[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    trust: Float32[np.ndarray, "_"]
    advice: Float32[np.ndarray, "_"]
    company: Float32[np.ndarray, "_"]
    using: Float32[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze_rows(self, ("start",))
        freeze_rows(self, ("other", *LAYERS))
        if not len(self.start) or self.start[0] != 0 or self.start[-1] != len(self.other):
            raise InvalidInputError(f"start must run from 0 to {len(self.other)}, the ties")
        refuse_where(np.diff(self.start) < 0, "0 or more ties", ties=np.diff(self.start))
        n = self.people
        refuse_where((self.other < 0) | (self.other >= n), f"0 to {n - 1}", other=self.other)
        refuse_where(self.other == self.holder, "another person", other=self.other)
        for name in LAYERS:
            weight = getattr(self, name)
            refuse_where(~((weight >= 0) & (weight < 1)), "from 0 to below 1", **{name: weight})

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.start) - 1

    @property
    def degree(self) -> Int64[np.ndarray, "people"]:
        """How many ties each person has."""
        return np.diff(self.start)

    @property
    def holder(self) -> Int64[np.ndarray, "ties"]:
        """Whose tie each row is."""
        return np.repeat(np.arange(self.people), self.degree)

    def only(self, kept: Bool[np.ndarray, "ties"]) -> "Network":
        """Return the ties that are `kept`, among the same people."""
        start = np.zeros(self.people + 1, np.int64)
        np.cumsum(np.bincount(self.holder[kept], minlength=self.people), out=start[1:])
        return Network(start, self.other[kept], *(getattr(self, name)[kept] for name in LAYERS))
