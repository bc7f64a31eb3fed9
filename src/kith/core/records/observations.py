"""What was observed of people: one row for each value, with the reason where there is none."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from jaxtyping import Float64, Int8, Int16, Int32

from kith.core.records.columns import freeze, refuse_nobody, refuse_where
from kith.core.records.taking_part import NONE
from kith.errors import InvalidInputError

# Odd numbers that spread the bits of others (Steele, Lea and Flood 2014, SplitMix).
_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))


class Missing(IntEnum):
    """Why there is no value."""

    THERE_IS_ONE = 0
    PASSED = 1
    EXPIRED = 2
    NOT_REACHED = 3
    NOT_ASKED = 4
    UNREADABLE = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is observed of people.

    Args:
        name: What columns and studies call it: letters, digits and underscores.
        unit: Of its values; empty for a score without one and for words.
        words: What the values 0, 1, 2 ... stand for; none if they are plain numbers.
        least, most: The range of its values; both ends are in it.
    """

    name: str
    unit: str = ""
    words: tuple[str, ...] = ()
    least: float = -np.inf
    most: float = np.inf

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise InvalidInputError(
                f"a measure's name must be letters, digits and underscores, got {self.name!r}"
            )
        if self.words:
            object.__setattr__(self, "least", 0.0)
            object.__setattr__(self, "most", float(len(self.words) - 1))
        if not self.least <= self.most:
            raise InvalidInputError(
                f"{self.name} must have a range, got {self.least} to {self.most}"
            )


@dataclass(frozen=True, slots=True)
class Observations:
    """Values of people, in any order.

    Args:
        people: How many there are.
        measures: What is observed; `measure` is a number of one of them.
        person: Of whom.
        measure: A number below the number of measures.
        day: When it was observed, or was to be.
        value: The value; nan where there is none.
        missing: A Missing: why there is none.
        prompt: The row of Prompts that asked for it, or NONE.
        version: Of the questions: a survey may be edited while a study runs.

    Raises:
        InvalidInputError: If it is not that, or somebody has two values of one measure for one
            moment. It names the first row that is wrong.
    """

    people: int
    measures: tuple[Measure, ...]
    person: Int32[np.ndarray, "_"]
    measure: Int16[np.ndarray, "_"]
    day: Float64[np.ndarray, "_"]
    value: Float64[np.ndarray, "_"]
    missing: Int8[np.ndarray, "_"]
    prompt: Int32[np.ndarray, "_"]
    version: Int16[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(
            self,
            {"person": np.int32, "measure": np.int16, "day": np.float64, "value": np.float64, "missing": np.int8, "prompt": np.int32, "version": np.int16},
        )  # fmt: skip
        names = [measure.name for measure in self.measures]
        if len(set(names)) != len(names):
            raise InvalidInputError(f"measures must have different names, got {names}")
        refuse_nobody(self.people, person=self.person)
        is_measure = (self.measure >= 0) & (self.measure < len(names))
        refuse_where(~is_measure, f"0 to {len(names) - 1}", measure=self.measure)
        refuse_where(~np.isfinite(self.day), "finite", day=self.day)
        is_reason = (self.missing >= 0) & (self.missing <= max(Missing))
        refuse_where(~is_reason, f"a Missing, 0 to {int(max(Missing))}", missing=self.missing)
        is_there = self.missing == Missing.THERE_IS_ONE
        refuse_where(
            np.isfinite(self.value) != is_there,
            "a number if and only if nothing is missing",
            value=self.value,
            missing=self.missing,
        )
        self._refuse_out_of_range(is_there)
        refuse_where(self.prompt < NONE, f"0 or more, or {NONE} for none", prompt=self.prompt)
        self._refuse_twice()

    def _refuse_out_of_range(self, is_there: np.ndarray) -> None:
        if not self.measures:
            return
        least = np.array([measure.least for measure in self.measures])[self.measure]
        most = np.array([measure.most for measure in self.measures])[self.measure]
        is_out = is_there & ~((self.value >= least) & (self.value <= most))
        if not is_out.any():
            return
        row = int(np.argmax(is_out))
        measure = self.measures[self.measure[row]]
        raise InvalidInputError(
            f"row {row} has {measure.name} {self.value[row]}: must be {measure.least} to "
            f"{measure.most} ({is_out.sum()} of {len(is_out)} rows are not)"
        )

    def _refuse_twice(self) -> None:
        if not self._may_be_twice():
            return
        order = np.lexsort((self.day, self.measure, self.person))
        is_again = np.zeros(len(order), np.bool_)
        columns = (self.person, self.measure, self.day)
        sorted_ = [column[order] for column in columns]
        is_again[order[1:]] = np.all([c[1:] == c[:-1] for c in sorted_], axis=0)
        refuse_where(is_again, "there once", person=self.person, measure=self.measure, day=self.day)

    def _may_be_twice(self) -> bool:
        """Return whether two rows might be of one person, measure and moment.

        Equal rows mix to equal numbers. So if no number comes twice, no row does; and sorting one
        column of whole numbers takes a quarter of the time of sorting by three.
        """
        who = self.person.astype(np.uint64) << np.uint64(16) | self.measure.astype(np.uint64)
        # Adding 0 makes -0.0 the 0.0 that it is equal to.
        when = (self.day + 0.0).view(np.uint64)
        mixed = who * _ODD[0]
        mixed ^= mixed >> np.uint64(32)
        mixed += (when ^ (when >> np.uint64(29))) * _ODD[1]
        mixed.sort()
        return bool((mixed[1:] == mixed[:-1]).any())

    def named(self, name: str) -> int:
        """Return the number of the measure of that `name`.

        Raises:
            InvalidInputError: If there is none.
        """
        for number, measure in enumerate(self.measures):
            if measure.name == name:
                return number
        known = ", ".join(measure.name for measure in self.measures)
        raise InvalidInputError(f"there is no measure {name!r}; there are: {known}")
