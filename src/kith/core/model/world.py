"""What the engine is given: the people of a world, and what one design gives each of them.

Time goes in epochs of six hours, four to a day. The five systems stand everywhere in the order of
SYSTEMS.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Int32

from kith.core.population.network import Network
from kith.core.records import freeze_rows, refuse_where
from kith.errors import InvalidInputError

SYSTEMS = ("dopamine", "opioid", "oxytocin", "serotonin", "endocannabinoid")
EPOCHS_A_DAY = 4
# In a table of partners: no (more) partner.
NOBODY = -1
# Five shares of float32 may come to a little more than 1.
_ROUNDING = 1e-5


@dataclass(frozen=True, slots=True)
class World:
    """People as they are when it begins; the same for every arm, so that arms can be paired.

    Args:
        network: Who is what to whom before any design.
        habit_rate: How fast each person's habits form at a cue (alpha_H), above 0 and below 1.
        resolve: What each has to hold against the drug at the start (R).
        is_isolated: Who lives apart: they meet and reach nobody but through a design.
        is_using: Who is in a lapse at the start.
        days: For how long each has been without at the start; of who is in a lapse it says nothing.

    Raises:
        InvalidInputError: If a column is of another length, or holds what it cannot.
    """

    network: Network
    habit_rate: Float32[np.ndarray, "_"]
    resolve: Float32[np.ndarray, "_"]
    is_isolated: Bool[np.ndarray, "_"]
    is_using: Bool[np.ndarray, "_"]
    days: Int32[np.ndarray, "_"]

    def __post_init__(self) -> None:
        freeze_rows(self, ("habit_rate", "resolve", "is_isolated", "is_using", "days"))
        if len(self.resolve) != self.people:
            raise InvalidInputError(f"{self.people} people, and {len(self.resolve)} rows of them")
        rate = self.habit_rate
        refuse_where(~((rate > 0) & (rate < 1)), "above 0 and below 1", habit_rate=rate)
        refuse_where(~np.isfinite(self.resolve), "finite", resolve=self.resolve)
        refuse_where(self.days < 0, "0 or more", days=self.days)

    @property
    def people(self) -> int:
        """How many there are."""
        return self.network.people


@dataclass(frozen=True, slots=True)
class Arm:
    """What one design gives each person, on top of what they have without it.

    The dose is `contact_rate` alone: two arms that differ in anything else hand out the same
    number of contacts. How a contact comes about, epoch by epoch, with c a partner by lot:

        P(contact offered) = contact_rate                       averaged over epochs
        at a cue           = at_cue of them, spread over the epochs in which a cue comes
        off the cue        = 1 - at_cue of them, over the epochs without one
        P(partner is there)= reliability; if not, the person was let down (delta < 0)
        what it feeds      = K_m = systems[m] * feed * depth, and the tie learns from it
        who helps whom     = the person gives with probability gives, else receives

    Somebody whose row of partners is all NOBODY and whose rate is above 0 meets a professional
    from outside of the town: never in a lapse, and no tie grows.

    Args:
        name: What it is called.
        partners: Rows of people whom the design brings each person together with; NOBODY fills up.
        contact_rate: Contacts offered to each person in an epoch, from 0 to 1.
        at_cue: The share of them that come at a cue, from 0 to 1.
        reliability: The chance that a partner keeps a contact, from 0 to 1.
        systems: How a contact is divided among SYSTEMS: shares from 0 to 1, of at most 1 in all.
        depth: From 0, small talk, to 1, as deep as people go.
        gives: The share of contacts in which the person is the one who helps, from 0 to 1.
        reach_q: The chance that one of those whom somebody reaches for answers, q of the reach
            equation, from 0 to 1.

    Raises:
        InvalidInputError: If it is not that.
    """

    name: str
    partners: Int32[np.ndarray, "_ most"]
    contact_rate: Float32[np.ndarray, "_"]
    at_cue: float
    reliability: float
    systems: Float32[np.ndarray, "5"]
    depth: float
    gives: float
    reach_q: float

    def __post_init__(self) -> None:
        freeze_rows(self, ("partners", "contact_rate"))
        freeze_rows(self, ("systems",))
        n = len(self.partners)
        is_nobody = np.any((self.partners < NOBODY) | (self.partners >= n), axis=1)
        refuse_where(is_nobody, f"partners {NOBODY} to {n - 1}", row=np.arange(n))
        is_self = np.any(self.partners == np.arange(n)[:, None], axis=1)
        refuse_where(is_self, "partners other than themselves", row=np.arange(n))
        rate = self.contact_rate
        refuse_where(~((rate >= 0) & (rate <= 1)), "from 0 to 1", contact_rate=rate)
        refuse_where(~((self.systems >= 0) & (self.systems <= 1)), "from 0 to 1", systems=self.systems)  # fmt: skip
        if (total := float(self.systems.sum(dtype=np.float64))) > 1 + _ROUNDING:
            raise InvalidInputError(f"systems must be at most 1 in all, got {total:g}")
        for name in ("at_cue", "reliability", "depth", "gives", "reach_q"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise InvalidInputError(f"{name} must be from 0 to 1, got {value}")

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.contact_rate)

    @property
    def contacts_a_week(self) -> float:
        """What it hands out: contacts offered in a week to one person, on average."""
        return float(self.contact_rate.mean(dtype=np.float64)) * EPOCHS_A_DAY * 7
