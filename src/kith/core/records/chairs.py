"""Who sat in which circle, and from when to when."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int32

from kith.core.records.columns import freeze, refuse_nobody, refuse_where


@dataclass(frozen=True, slots=True)
class Chairs:
    """Chairs of people in circles, in any order: a row for each time that somebody sat in one.

    Args:
        people: How many there are.
        person: Who.
        circle: The number of the circle, from 0; it means nothing outside these records.
        starts: From which day on.
        ends: Until which day; nan for a chair that somebody still has.

    Raises:
        InvalidInputError: If it is not that, or somebody sits down twice on one day in one circle.
            It names the first row that is wrong.
    """

    people: int
    person: Int32[np.ndarray, "_"]
    circle: Int32[np.ndarray, "_"]
    starts: Float64[np.ndarray, "_"]
    ends: Float64[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(
            self,
            {"person": np.int32, "circle": np.int32, "starts": np.float64, "ends": np.float64},
        )
        refuse_nobody(self.people, person=self.person)
        refuse_where(self.circle < 0, "0 or more", circle=self.circle)
        refuse_where(~np.isfinite(self.starts), "finite", starts=self.starts)
        is_span = np.isnan(self.ends) | (self.ends >= self.starts)
        refuse_where(~is_span, "no sooner than starts", starts=self.starts, ends=self.ends)
        order = np.lexsort((self.starts, self.circle, self.person))
        is_again = np.zeros(len(order), np.bool_)
        sorted_ = [column[order] for column in (self.person, self.circle, self.starts)]
        is_again[order[1:]] = np.all([c[1:] == c[:-1] for c in sorted_], axis=0)
        refuse_where(
            is_again, "there once", person=self.person, circle=self.circle, starts=self.starts
        )

    @classmethod
    def none(cls, people: int) -> "Chairs":
        """Return that nobody of `people` is known to sit in a circle."""
        number, day = np.empty(0, np.int32), np.empty(0)
        return cls(people, number, number, day, day)
