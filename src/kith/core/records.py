"""What real and simulated people both leave behind: frozen columns that check themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import inf, isfinite

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int8, Int32, Shaped, UInt8

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
# Numbers of people are int32.
_PEOPLE_MOST = 2**31 - 1


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
        if not 0 <= self.people <= _PEOPLE_MOST:
            raise InvalidInputError(f"people must be 0 to {_PEOPLE_MOST}, got {self.people}")
        freeze(self, _KINDS)
        refuse_where(~np.isfinite(self.day), "finite", day=self.day)
        for name in ("actor", "other"):
            person = getattr(self, name)
            is_nobody = (person < 0) | (person >= self.people)
            refuse_where(is_nobody, f"0 to {self.people - 1}", **{name: person})
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


def freeze(record: object, kinds: Mapping[str, type[np.generic]]) -> None:
    """Make the columns of a frozen record read-only, which are to be of these `kinds`.

    Raises:
        InvalidInputError: If one is of another kind, or they differ in length.
    """
    columns = {name: getattr(record, name) for name in kinds}
    for name, column in columns.items():
        if column.dtype != kinds[name] or column.ndim != 1:
            kind = np.dtype(kinds[name])
            raise InvalidInputError(
                f"{name} must be one row of {kind}, got {column.dtype} in {column.ndim} dimensions"
            )
    freeze_rows(record, kinds)


def freeze_rows(record: object, columns: Iterable[str]) -> None:
    """Make `columns` of a frozen record read-only, of whatever shape their rows are.

    Raises:
        InvalidInputError: If they differ in length.
    """
    found = {name: getattr(record, name) for name in columns}
    lengths = {name: len(column) for name, column in found.items()}
    if len(set(lengths.values())) > 1:
        raise InvalidInputError(f"columns must be of one length, got {lengths}")
    for name, column in found.items():
        frozen = column.view()
        frozen.flags.writeable = False
        object.__setattr__(record, name, frozen)


def refuse_where(
    is_wrong: Bool[np.ndarray, "rows"], must_be: str, **columns: Shaped[np.ndarray, "rows"]
) -> None:
    """Refuse a record with a wrong row, saying what its `columns` hold there and must be.

    Raises:
        InvalidInputError: If there is one.
    """
    if not is_wrong.any():
        return
    row = int(np.argmax(is_wrong))
    held = " and ".join(f"{name} {column[row]}" for name, column in columns.items())
    raise InvalidInputError(
        f"row {row} has {held}: must be {must_be} ({is_wrong.sum()} of {len(is_wrong)} rows are not)"
    )
