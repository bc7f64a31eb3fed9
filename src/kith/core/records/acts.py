"""Acts: two people were together once."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import inf, isfinite

import numpy as np
from jaxtyping import Float32, Float64, Int8, Int32, UInt8

from kith.core.records.columns import freeze, refuse_nobody, refuse_where
from kith.errors import InvalidInputError


class Mode(IntEnum):
    """How two people were together."""

    IN_PERSON = 0
    VIDEO = 1
    VOICE = 2
    TEXT = 3


class Help(IntEnum):
    """Who helped whom, as the actor sees it: one bit for each way."""

    NONE = 0
    GIVEN = 1
    RECEIVED = 2
    BOTH = 3


_MODES, _HELPS = frozenset(Mode), frozenset(Help)
_KINDS: dict[str, type[np.generic]] = {
    "day": np.float64,
    "actor": np.int32,
    "other": np.int32,
    "mode": np.uint8,
    "minutes": np.float32,
    "help": np.int8,
}


@dataclass(frozen=True, slots=True)
class Act:
    """Two people were together once.

    Args:
        day: Days since an epoch of the caller's, with its fraction.
        actor, other: Two different people, numbered from 0.
        mode: A Mode.
        minutes: How long, as float32 holds it: so one act and a whole log mean the same.
        help: A Help.

    Raises:
        InvalidInputError: If it is not that.
    """

    day: float
    actor: int
    other: int
    mode: int
    minutes: float
    help: int = Help.NONE

    def __post_init__(self) -> None:
        if not isfinite(self.day):
            raise InvalidInputError(f"day must be finite, got {self.day}")
        if self.actor == self.other or min(self.actor, self.other) < 0:
            raise InvalidInputError(
                "actor and other must be two people, numbered from 0, "
                f"got {self.actor} and {self.other}"
            )
        if self.mode not in _MODES:
            raise InvalidInputError(f"mode must be a Mode, 0 to 3, got {self.mode}")
        if not 0 <= self.minutes < inf:
            raise InvalidInputError(f"minutes must be finite and not below 0, got {self.minutes}")
        if self.help not in _HELPS:
            raise InvalidInputError(f"help must be a Help, 0 to 3, got {self.help}")
        object.__setattr__(self, "minutes", float(np.float32(self.minutes)))


@dataclass(frozen=True, slots=True)
class ActLog:
    """Acts as columns, in any order; see Act.

    The columns are read-only here. Whoever made them must leave them alone from now on.

    Args:
        people: How many there are; actor and other are numbers below it.

    Raises:
        InvalidInputError: If a column is of another kind or length, or an act in them is not one.
            It names the first row that is wrong, its values and what they must be.
    """

    people: int
    day: Float64[np.ndarray, "_"]
    actor: Int32[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    mode: UInt8[np.ndarray, "_"]
    minutes: Float32[np.ndarray, "_"]
    help: Int8[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(self, _KINDS)
        refuse_where(~np.isfinite(self.day), "finite", day=self.day)
        refuse_nobody(self.people, actor=self.actor, other=self.other)
        is_alone = self.actor == self.other
        refuse_where(is_alone, "two people", actor=self.actor, other=self.other)
        refuse_where(self.mode > max(Mode), "a Mode, 0 to 3", mode=self.mode)
        is_length = np.isfinite(self.minutes) & (self.minutes >= 0)
        refuse_where(~is_length, "finite and not below 0", minutes=self.minutes)
        is_help = (self.help >= 0) & (self.help <= max(Help))
        refuse_where(~is_help, "a Help, 0 to 3", help=self.help)

    @classmethod
    def of(cls, acts: Iterable[Act], people: int) -> "ActLog":
        """Return `acts` among `people` as a log."""
        rows = list(acts)
        return cls(
            people,
            np.array([act.day for act in rows], np.float64),
            np.array([act.actor for act in rows], np.int32),
            np.array([act.other for act in rows], np.int32),
            np.array([act.mode for act in rows], np.uint8),
            np.array([act.minutes for act in rows], np.float32),
            np.array([act.help for act in rows], np.int8),
        )
