"""What a study with people counted, and what simulated people come to, asked the same.

Counts are of those who had no lapse at the start. What is predicted of n people is the mixture of
Binomial(n, share) over replicates: their shares differ by the draw of the calibration and by
chance, and as few people as a study has differ by chance again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int16
from scipy.stats import binom, binomtest

from kith.core.brain.words import GONE
from kith.core.model.design import Fault
from kith.core.model.state import ACT_BITS, NEVER, State
from kith.errors import InvalidInputError

USED, RELAPSED = "used", "relapsed"
WHATS = (USED, RELAPSED)
RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"day": (1, 3_650), "since": (0, 3_649), "count": (0, 1_000_000), "people": (1, 1_000_000)}
)
_ENDS = (0.025, 0.5, 0.975)


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of a study.

    Args:
        arm: Of which arm.
        what: "used": on any day after day `since` and by day `day`; "relapsed": the first time on
            three days in seven, by day `day`.
        day: The last day that is asked about; 1 is the first.
        count: Of how many it holds.
        people: Of how many it is known.
        since: The day after which it is asked about; 0 asks from the start.
        source: Where it stands, and what had to be decided to read it so.
    """

    arm: str = ""
    what: str = USED
    day: int = 0
    count: int = 0
    people: int = 0
    since: int = 0
    source: str = ""


class Mark(NamedTuple):
    """What must be known of a day that is asked about. Args: use_days: so far; alive: who lives."""

    use_days: Int16[np.ndarray, "people"]
    alive: Bool[np.ndarray, "people"]


class Predicted(NamedTuple):
    """Of how many it would hold, of as many people: the middle, and the ends of 95 %."""

    lower: int
    middle: int
    upper: int


class Apart(NamedTuple):
    """How far two shares are apart: the difference, and the ends of its 95 % interval."""

    mean: float
    lower: float
    upper: float


def faults_of(one: Counted, arms: Sequence[str], days: int) -> Iterator[Fault]:
    """Yield what is wrong with a count in a scenario of these arms and so many days."""
    if one.arm not in arms:
        yield Fault("arm", one.arm, f"one of {', '.join(dict.fromkeys(arms))}")
    if one.what not in WHATS:
        yield Fault("what", one.what, " or ".join(WHATS))
    if not 1 <= one.day <= days:
        yield Fault("day", one.day, f"1 to {days:,}, the days of the run")
    if one.since >= max(one.day, 1):
        yield Fault("since", one.since, f"less than day, which is {one.day}")
    if one.since and one.what == RELAPSED:
        yield Fault("since", one.since, "0: whoever has relapsed stays so")
    if one.count > one.people:
        yield Fault("count", one.count, f"0 to people, which is {one.people}")


def mark(state: State) -> Mark:
    """Return what `state` says of the day that is over."""
    return Mark(state.use_days.copy(), (state.act & ACT_BITS) != GONE)


def share(
    one: Counted, state: State, marks: Mapping[int, Mark], who: Bool[np.ndarray, "people"]
) -> float:
    """Return the share of `who` of whom it holds.

    Args:
        state: On the last evening.
        marks: Of the days `since` and `day`, where it is asked since a day: then those are asked
            who live at its end, as a study asks.

    Raises:
        InvalidInputError: If there is nobody to ask.
    """
    if one.since:
        asked = who & marks[one.day].alive
        holds = marks[one.day].use_days > marks[one.since].use_days
    else:
        first = state.relapse if one.what == RELAPSED else state.first_use
        asked, holds = who, (first != NEVER) & (first < one.day)
    if not asked.any():
        raise InvalidInputError(f"{one.arm}: nobody whom the study takes in is left: more people")
    return float(holds[asked].mean())


def predicted(shares: Float64[np.ndarray, "replicates"], people: int) -> Predicted:
    """Return of how many of so many people it would hold.

    Args:
        shares: Of each replicate.
    """
    # P(K <= k), k from 0 to people, of the mixture.
    below = binom.cdf(np.arange(people + 1)[:, None], people, shares).mean(axis=1)
    lower, middle, upper = (int(np.searchsorted(below, end - 1e-12)) for end in _ENDS)
    return Predicted(lower, middle, min(upper, people))


def asked(one: Counted) -> tuple[str, int, int]:
    """Return what is asked: the same of two arms can be compared."""
    return one.what, one.since, one.day


def held(lower: int | float, found: int | float, upper: int | float) -> str:
    """Return where `found` lies: "within" the ends, or the model says "too many" or "too few"."""
    if lower <= found <= upper:
        return "within"
    return "too many" if found < lower else "too few"


def apart(one: Counted, other: Counted) -> Apart:
    """Return the counted share of `one` less that of `other`: Newcombe's (1998) method 10."""
    (p, low, high), (q, low_q, high_q) = _wilson(one), _wilson(other)
    return Apart(
        p - q,
        p - q - float(np.hypot(p - low, high_q - q)),
        p - q + float(np.hypot(high - p, q - low_q)),
    )


def _wilson(one: Counted) -> Apart:
    ends = binomtest(one.count, one.people).proportion_ci(method="wilson")
    return Apart(one.count / one.people, float(ends.low), float(ends.high))
