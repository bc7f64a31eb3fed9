"""How people took part in a study: drawn, asked, decided for, followed until they were not."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float64, Int8, Int16, Int32

from kith.core.records.columns import freeze, refuse_nobody, refuse_where
from kith.errors import InvalidInputError

# No person, where one may stand; no row, arm, stratum or cluster, where one may stand.
NOBODY = NONE = -1


class End(IntEnum):
    """Why somebody is no longer followed."""

    STUDY_ENDED = 0
    LEFT = 1
    REVOKED = 2
    LOST = 3
    DIED = 4


@dataclass(frozen=True, slots=True)
class Assignments:
    """Who was drawn into which arm, and how likely that was: a row for each draw.

    Args:
        people: How many there are.
        arms: What the arms are called; the first is the one others are held against.
        person: Who.
        arm: A number below the number of arms.
        day: When.
        probability: That this arm would come, as the draw stood: above 0, at most 1.
        stratum: Among whom it was drawn, from 0, or NONE.
        cluster: The circle or place that was drawn whole, from 0, or NONE.

    Raises:
        InvalidInputError: If it is not that. It names the first row that is wrong.
    """

    people: int
    arms: tuple[str, ...]
    person: Int32[np.ndarray, "_"]
    arm: Int16[np.ndarray, "_"]
    day: Float64[np.ndarray, "_"]
    probability: Float64[np.ndarray, "_"]
    stratum: Int32[np.ndarray, "_"]
    cluster: Int32[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(
            self,
            {"person": np.int32, "arm": np.int16, "day": np.float64, "probability": np.float64, "stratum": np.int32, "cluster": np.int32},
        )  # fmt: skip
        _refuse_names("arms", self.arms)
        refuse_nobody(self.people, person=self.person)
        is_arm = (self.arm >= 0) & (self.arm < len(self.arms))
        refuse_where(~is_arm, f"0 to {len(self.arms) - 1}", arm=self.arm)
        refuse_where(~np.isfinite(self.day), "finite", day=self.day)
        is_likely = (self.probability > 0) & (self.probability <= 1)
        refuse_where(~is_likely, "above 0 and at most 1", probability=self.probability)
        for name in ("stratum", "cluster"):
            column = getattr(self, name)
            refuse_where(column < NONE, f"0 or more, or {NONE} for none", **{name: column})


@dataclass(frozen=True, slots=True)
class Decisions:
    """Moments at which kith might have prompted somebody, and what the dice said.

    Both ends of a prompt are people: the one who might be prompted, and the one whom that might
    bring in. Each has an availability and a probability of their own.

    Args:
        people: How many there are.
        person: Who might be prompted.
        helper: Whom that would have brought in, or NOBODY.
        day: When.
        is_available: Whether `person` could be prompted then.
        is_helper_available: Whether `helper` could be brought in then; False for NOBODY.
        treated: 1 if it was done, 0 if not; any other whole number for one of several ways.
        probability: That `treated` would be what it is, given who was available: above 0, at most 1.
        helper_probability: That this helper would be the one, given all who could: above 0, at most
            1; 1 for NOBODY.

    Raises:
        InvalidInputError: If it is not that. It names the first row that is wrong.
    """

    people: int
    person: Int32[np.ndarray, "_"]
    helper: Int32[np.ndarray, "_"]
    day: Float64[np.ndarray, "_"]
    is_available: Bool[np.ndarray, "_"]
    is_helper_available: Bool[np.ndarray, "_"]
    treated: Int8[np.ndarray, "_"]
    probability: Float64[np.ndarray, "_"]
    helper_probability: Float64[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(
            self,
            {"person": np.int32, "helper": np.int32, "day": np.float64, "is_available": np.bool_, "is_helper_available": np.bool_, "treated": np.int8, "probability": np.float64, "helper_probability": np.float64},
        )  # fmt: skip
        refuse_nobody(self.people, person=self.person)
        is_nobody = (self.helper < NOBODY) | (self.helper >= self.people)
        refuse_where(
            is_nobody, f"0 to {self.people - 1}, or {NOBODY} for nobody", helper=self.helper
        )
        refuse_where(
            self.helper == self.person, "two people", person=self.person, helper=self.helper
        )
        refuse_where(~np.isfinite(self.day), "finite", day=self.day)
        refuse_where(
            self.is_helper_available & (self.helper == NOBODY),
            "False where there is no helper",
            is_helper_available=self.is_helper_available,
            helper=self.helper,
        )
        refuse_where(self.treated < 0, "0 or more", treated=self.treated)
        refuse_where(
            (self.treated > 0) & ~self.is_available,
            "0 where nobody was available",
            treated=self.treated,
            is_available=self.is_available,
        )
        for name in ("probability", "helper_probability"):
            column = getattr(self, name)
            refuse_where(~((column > 0) & (column <= 1)), "above 0 and at most 1", **{name: column})

    @classmethod
    def none(cls, people: int) -> "Decisions":
        """Return that no moment of any of `people` was drawn."""
        who, real, no = np.empty(0, np.int32), np.empty(0), np.empty(0, np.bool_)
        return cls(people, who, who, real, no, no, np.empty(0, np.int8), real, real)


@dataclass(frozen=True, slots=True)
class Prompts:
    """Questions put to people: when each was meant to come, came, was seen, was answered.

    Args:
        people: How many there are.
        person: Who was asked.
        intended: The day on which it was meant to come.
        delivered, shown, answered: The day of each, in this order; nan where it never happened.
        expires: The day from which an answer no longer counts.
        decision: The row of Decisions that it belongs to, or NONE.

    Raises:
        InvalidInputError: If it is not that. It names the first row that is wrong.
    """

    people: int
    person: Int32[np.ndarray, "_"]
    intended: Float64[np.ndarray, "_"]
    delivered: Float64[np.ndarray, "_"]
    shown: Float64[np.ndarray, "_"]
    answered: Float64[np.ndarray, "_"]
    expires: Float64[np.ndarray, "_"]
    decision: Int32[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(
            self,
            {"person": np.int32, "intended": np.float64, "delivered": np.float64, "shown": np.float64, "answered": np.float64, "expires": np.float64, "decision": np.int32},
        )  # fmt: skip
        refuse_nobody(self.people, person=self.person)
        for name in ("intended", "expires"):
            column = getattr(self, name)
            refuse_where(~np.isfinite(column), "finite", **{name: column})
        refuse_where(
            self.expires < self.intended, "no sooner than intended",
            intended=self.intended, expires=self.expires,
        )  # fmt: skip
        order = ("intended", "delivered", "shown", "answered")
        for sooner, later in pairwise(order):
            before, after = getattr(self, sooner), getattr(self, later)
            is_wrong = ~np.isnan(after) & ~(after >= before)
            refuse_where(is_wrong, f"no sooner than {sooner}", **{sooner: before, later: after})
        refuse_where(self.decision < NONE, f"0 or more, or {NONE} for none", decision=self.decision)

    @classmethod
    def none(cls, people: int) -> "Prompts":
        """Return that nobody of `people` was asked anything."""
        who, real = np.empty(0, np.int32), np.empty(0)
        return cls(people, who, real, real, real, real, real, who)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """From when to when each person was followed, and why it ended: one row for each person.

    Args:
        people: How many there are.
        person: Each of them at most once.
        starts, ends: Days; a person who is followed still ends on the day of the look.
        why: An End.

    Raises:
        InvalidInputError: If it is not that. It names the first row that is wrong.
    """

    people: int
    person: Int32[np.ndarray, "_"]
    starts: Float64[np.ndarray, "_"]
    ends: Float64[np.ndarray, "_"]
    why: Int8[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze(
            self,
            {"person": np.int32, "starts": np.float64, "ends": np.float64, "why": np.int8},
        )
        refuse_nobody(self.people, person=self.person)
        order = np.argsort(self.person, kind="stable")
        is_again = np.zeros(len(order), np.bool_)
        is_again[order[1:]] = self.person[order[1:]] == self.person[order[:-1]]
        refuse_where(is_again, "there once", person=self.person)
        refuse_where(~np.isfinite(self.starts), "finite", starts=self.starts)
        is_span = np.isfinite(self.ends) & (self.ends >= self.starts)
        refuse_where(~is_span, "no sooner than starts", starts=self.starts, ends=self.ends)
        is_end = (self.why >= 0) & (self.why <= max(End))
        refuse_where(~is_end, f"an End, 0 to {int(max(End))}", why=self.why)


def _refuse_names(what: str, names: tuple[str, ...]) -> None:
    if len(set(names)) != len(names) or not all(names):
        raise InvalidInputError(f"{what} must be different names, got {names}")
