"""Circles, and what a run of the engine says of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int16, Int32, Int64, UInt8

from kith.core.records import freeze_rows, refuse_where
from kith.errors import InvalidInputError

NOBODY = -1
SMALLEST, LARGEST = 3, 8


@dataclass(frozen=True, slots=True)
class Circles:
    """Circles as columns. The columns are read-only here.

    Args:
        member: Rows of people, those of one circle in one row; NOBODY fills it up.
        hour: The half-hour of the week at which it begins, from Monday 0:00 UTC.
        mode: IN_PERSON or ONLINE.
        value: What it is worth, in units.

    Raises:
        InvalidInputError: If the columns differ in length, or there is no such hour or mode.
    """

    member: Int32[np.ndarray, "_ most"]
    hour: Int16[np.ndarray, "_"]
    mode: UInt8[np.ndarray, "_"]
    value: Int64[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze_rows(self, ("member", "hour", "mode", "value"))
        refuse_where((self.hour < 0) | (self.hour >= 336), "0 to 335", hour=self.hour)
        refuse_where((self.mode < 1) | (self.mode > 2), "1 or 2", mode=self.mode)

    def __len__(self) -> int:
        return len(self.hour)

    @classmethod
    def of(
        cls,
        members: Sequence[Sequence[int]],
        hours: Sequence[int] | None = None,
        modes: Sequence[int] | None = None,
    ) -> "Circles":
        """Return circles of these rows of people, worth nothing so far."""
        n = len(members)
        member = np.full((n, max(map(len, members), default=1)), NOBODY, np.int32)
        for row, some in enumerate(members):
            member[row, : len(some)] = some
        return cls(
            member,
            np.array([0] * n if hours is None else hours, np.int16),
            np.array([2] * n if modes is None else modes, np.uint8),
            np.zeros(n, np.int64),
        )

    @property
    def size(self) -> Int64[np.ndarray, "circles"]:
        """How many are in each."""
        return (self.member != NOBODY).sum(axis=1)

    @property
    def placed(self) -> int:
        """How many people sit in a circle."""
        return int((self.member != NOBODY).sum())

    def lists(self) -> list[list[int]]:
        """Return the rows of the members of each."""
        return [[i for i in some if i != NOBODY] for some in self.member.tolist()]


def circle_of(circles: Circles, people: int) -> Int32[np.ndarray, "people"]:
    """Return in which circle each person sits, NOBODY for none."""
    found = np.full(people, NOBODY, np.int32)
    circle, seat = np.nonzero(circles.member != NOBODY)
    found[circles.member[circle, seat]] = circle
    return found


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many sit in a circle; two and two are a pair.

    Raises:
        InvalidInputError: If that is not SMALLEST to LARGEST, in order, or two.
    """

    least: int = 4
    most: int = 6

    def __post_init__(self) -> None:
        if not (SMALLEST <= self.least <= self.most <= LARGEST or self.is_pair):
            raise InvalidInputError(
                f"sizes must be {SMALLEST} to {LARGEST}, in order, got {self.least}-{self.most}"
            )

    @property
    def is_pair(self) -> bool:
        """Whether they are pairs, for whom other rules hold."""
        return self.least == self.most == 2
