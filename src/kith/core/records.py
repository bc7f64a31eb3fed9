"""What real and simulated people both leave behind: frozen columns that check themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf, isfinite

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int8, Int32, UInt8

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
            raise InvalidInputError("actor and other must be two people, numbered from 0")
        if self.mode not in _MODES:
            raise InvalidInputError(f"mode must be a Mode, got {self.mode}")
        if not 0 <= self.minutes < inf:
            raise InvalidInputError(f"minutes must be finite and not below 0, got {self.minutes}")
        if self.help not in _HELPS:
            raise InvalidInputError(f"help must be a Help, got {self.help}")
        object.__setattr__(self, "minutes", float(np.float32(self.minutes)))


@dataclass(frozen=True, slots=True)
class ActLog:
    """Acts as columns, in any order; see Act.

    The columns are read-only here. Whoever made them must leave them alone from now on.

    Args:
        people: How many there are; actor and other are numbers below it.

    Raises:
        InvalidInputError: If the columns differ in length, or an act in them is not one.
    """

    people: int
    day: Float64[np.ndarray, "_"]
    actor: Int32[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    mode: UInt8[np.ndarray, "_"]
    minutes: Float32[np.ndarray, "_"]
    help: Int8[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(self, ("day", "actor", "other", "mode", "minutes", "help"))
        refuse_where(~np.isfinite(self.day), "day must be finite")
        for name in ("actor", "other"):
            person = getattr(self, name)
            refuse_where(
                (person < 0) | (person >= self.people), f"{name} must be 0 to {self.people - 1}"
            )
        refuse_where(self.actor == self.other, "actor and other must be two people")
        refuse_where(self.mode > max(Mode), "mode must be a Mode")
        refuse_where(
            ~(np.isfinite(self.minutes) & (self.minutes >= 0)),
            "minutes must be finite and not below 0",
        )
        refuse_where((self.help < 0) | (self.help > max(Help)), "help must be a Help")

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


def freeze(record: object, columns: Sequence[str]) -> None:
    """Make `columns` of a frozen record read-only.

    Raises:
        InvalidInputError: If they differ in length.
    """
    lengths = {name: len(getattr(record, name)) for name in columns}
    if len(set(lengths.values())) > 1:
        raise InvalidInputError(f"columns must be of one length, got {lengths}")
    for name in columns:
        column = getattr(record, name).view()
        column.flags.writeable = False
        object.__setattr__(record, name, column)


def refuse_where(wrong: Bool[np.ndarray, "rows"], must: str) -> None:
    """Refuse a record of which any row is `wrong`, saying what it `must` be."""
    if wrong.any():
        raise InvalidInputError(f"{must}; {wrong.sum()} of {len(wrong)} rows are not so")
