"""Which asks and offers somebody reads first."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One ask or offer that somebody could take up.

    Args:
        number: By which it is known.
        is_of_a_circle: Whether it is of somebody with whom they sit in a circle, or come together.
        ring: How far away it is: 0 next door, 1 within reach, 2 online or by telephone.
        parts: The parts of a week in which it would be, one bit for each; 0 is any time.
        ends_in: Seconds until it is over.
    """

    number: int
    is_of_a_circle: bool
    ring: int
    parts: int
    ends_in: float


def in_order(candidates: Iterable[Candidate], *, parts: int) -> list[int]:
    """Return the numbers of `candidates`, what fits somebody best first.

    Their own people come first, then whatever falls into hours when they have time (`parts`, one
    bit for each part of a week; 0 if they never said), then what is nearer, then what is over
    sooner. Of two that are alike in all of it the older one comes first: the same rows make the
    same list.
    """

    def place(one: Candidate) -> tuple[bool, bool, int, float, int]:
        return (
            not one.is_of_a_circle,
            not is_in_time(one.parts, parts),
            one.ring,
            one.ends_in,
            one.number,
        )

    return [one.number for one in sorted(candidates, key=place)]


def is_in_time(parts: int, of_somebody: int) -> bool:
    """Return whether something in these parts of a week falls into when somebody has time.

    Whoever never said when, on either side, is taken to have time.
    """
    return not parts or not of_somebody or parts & of_somebody != 0
