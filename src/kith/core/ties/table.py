"""All ties at once, as columns."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64, Int32

from kith.core.records import freeze, refuse_where
from kith.core.ties.rule import RULE, Rule
from kith.core.ties.tie import UNTIED, Tie
from kith.errors import InvalidInputError


class Columns(NamedTuple):
    """The columns of Ties, in the one form that compiled loops read and write."""

    low: Int32[np.ndarray, "_"]
    high: Int32[np.ndarray, "_"]
    strength: Float64[np.ndarray, "_"]
    help_up: Float64[np.ndarray, "_"]
    help_down: Float64[np.ndarray, "_"]
    day: Float64[np.ndarray, "_"]

    def row_of(self, low: int, high: int) -> int:
        """Return the row at which the tie of two people stands, or would stand."""
        # Of the column's own kind: for another, numpy would turn all of it into that one first.
        sought = self.low.dtype.type
        begin, end = np.searchsorted(self.low, [sought(low), sought(low + 1)]).tolist()
        return int(begin + np.searchsorted(self.high[begin:end], sought(high)))


_KINDS: dict[str, type[np.generic]] = {
    "low": np.int32,
    "high": np.int32,
    **dict.fromkeys(Columns._fields[2:], np.float64),
}


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties among `people`, sorted by low and then by high; see Tie.

    Each row stands as of its own day; `at` brings all to one. The columns are read-only.

    Args:
        people: How many there are; low and high are numbers below it.
        rule: By which the ties were learned, and fade.

    Raises:
        InvalidInputError: If a column is of another kind or length, or not sorted or in range.
    """

    people: int
    rule: Rule
    low: Int32[np.ndarray, "_"]
    high: Int32[np.ndarray, "_"]
    strength: Float64[np.ndarray, "_"]
    help_up: Float64[np.ndarray, "_"]
    help_down: Float64[np.ndarray, "_"]
    day: Float64[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(self, _KINDS)
        low, high = self.low, self.high
        is_pair = (low >= 0) & (low < high) & (high < self.people)
        refuse_where(~is_pair, f"low below high, both 0 to {self.people - 1}", low=low, high=high)
        same = low[1:] == low[:-1]
        is_after = (low[1:] > low[:-1]) | (same & (high[1:] > high[:-1]))
        is_after = np.append(np.ones(min(1, len(low)), np.bool_), is_after)
        refuse_where(
            ~is_after, "sorted by low and then by high, each pair once", low=low, high=high
        )
        is_strength = (self.strength >= 0) & (self.strength < 1)
        refuse_where(~is_strength, "from 0 to below 1", strength=self.strength)
        for name in ("help_up", "help_down"):
            count = getattr(self, name)
            is_count = np.isfinite(count) & (count >= 0)
            refuse_where(~is_count, "finite and not below 0", **{name: count})
        refuse_where(~np.isfinite(self.day), "finite", day=self.day)

    @classmethod
    def none(cls, people: int, rule: Rule = RULE) -> "Ties":
        """Return the ties of `people` who have not met."""
        return cls(people, rule, *np.empty((2, 0), np.int32), *np.empty((4, 0)))

    @property
    def columns(self) -> Columns:
        """All columns, in their order."""
        return Columns(self.low, self.high, self.strength, self.help_up, self.help_down, self.day)

    @property
    def last_day(self) -> float:
        """The latest day of any tie; with no ties, before all days."""
        return float(self.day.max(initial=-np.inf))

    def at(self, day: float) -> "Ties":
        """Return all ties as they stand on `day` if nothing more happens.

        Raises:
            InvalidInputError: If a tie's own day is after `day`.
        """
        refuse_where(~(self.day <= day), f"not after {day}", day=self.day)
        left = np.exp2(-(day - self.day) / self.rule.half_life_days)
        return replace(
            self,
            strength=self.strength * left,
            help_up=self.help_up * left,
            help_down=self.help_down * left,
            day=np.full_like(self.day, day),
        )

    def between(self, one: int, another: int) -> Tie:
        """Return the tie of two people: UNTIED if they have not met.

        Raises:
            InvalidInputError: If they are not two of these people.
        """
        low, high = sorted((one, another))
        if not 0 <= low < high < self.people:
            raise InvalidInputError(f"two people must be 0 to {self.people - 1}, and not the same")
        row = self.columns.row_of(low, high)
        if row == len(self.low) or (self.low[row], self.high[row]) != (low, high):
            return UNTIED
        values = (column[row].item() for column in self.columns[2:])
        return Tie(*values)
