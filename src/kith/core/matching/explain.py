"""Why these people: true things they may read. Never a score, never anybody's calendar."""

from typing import NamedTuple

import numpy as np

from kith.core.matching.circles import NOBODY, Circles
from kith.core.matching.people import People

# Things in common that are named, and asks.
THINGS = 3


class Meeting(NamedTuple):
    """An ask that an offer meets. Args: asks, gives: rows of people; what: the bit of it."""

    asks: int
    gives: int
    what: int


class Reasons(NamedTuple):
    """What holds a circle together.

    Args:
        in_common: Practices that most of them like, as bits, those of most first.
        languages: That all of them speak, as bits.
        meetings: Whose ask meets whose offer, one for each who asks, at most THINGS.
        hour: The half-hour of the week at which all can meet, from Monday 0:00 UTC.
        mode: IN_PERSON or ONLINE.
        knows_somebody: Rows of those who know another in it already.
    """

    in_common: tuple[int, ...]
    languages: tuple[int, ...]
    meetings: tuple[Meeting, ...]
    hour: int
    mode: int
    knows_somebody: tuple[int, ...]


def reasons(people: People, circles: Circles, circle: int) -> Reasons:
    """Return why the people of one circle sit together.

    A practice is in common if two of them like it. Of equals the lowest bit comes first.
    """
    members = [int(i) for i in circles.member[circle] if i != NOBODY]
    liked = [int(people.practices[i]) for i in members]
    many = {bit: sum(bits >> bit & 1 for bits in liked) for bit in range(32)}
    common = sorted((bit for bit, n in many.items() if n > 1), key=lambda bit: (-many[bit], bit))
    spoken = int(np.bitwise_and.reduce(people.languages[members]))
    return Reasons(
        tuple(common[:THINGS]),
        tuple(bit for bit in range(64) if spoken >> bit & 1),
        tuple(_meetings(people, members))[:THINGS],
        int(circles.hour[circle]),
        int(circles.mode[circle]),
        _who_knows(people, members),
    )


def _meetings(people: People, members: list[int]) -> list[Meeting]:
    """Return one met ask of each member who has one, each time of somebody new if possible."""
    found: list[Meeting] = []
    for asks in members:
        met = [
            Meeting(asks, gives, bit)
            for gives in members
            for bit in range(32)
            if gives != asks and int(people.receives[asks] & people.gives[gives]) >> bit & 1
        ]
        gave = {meeting.gives for meeting in found}
        found += sorted(met, key=lambda meeting: meeting.gives in gave)[:1]
    return found


def _who_knows(people: People, members: list[int]) -> tuple[int, ...]:
    inside = np.isin(people.ties, members).all(axis=1)
    known = set(people.ties[inside].ravel().tolist())
    return tuple(i for i in members if i in known)
