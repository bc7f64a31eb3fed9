"""Whom one person finds, and how ties learn from it, as every kind of machine code runs it."""

from collections import namedtuple
from typing import Any, Final

import numpy as np

from kith.core.brain import reaching
from kith.core.brain.shared import shared
from kith.core.brain.words import DRUG, GONE, ONE, ZERO
from kith.core.model.state import (
    ACT_BITS,
    HEARD,
    HELPED,
    IN_LAPSE,
    NO_END,
    NOBODY_MET,
    OFFERED,
    TIE_MET,
    State,
)
from kith.core.model.tied import BACK, GIVEN, OTHER_END, STRENGTH

Array = Any
_USING = np.float32(255)


# What is written down of everybody, an array each: see `State`.
PEOPLE: Final = (
    "act", "met", "answered", "helped", "near", "apart", "today", "week",
    "first_use", "relapse", "use_days", "contacts",
)  # fmt: skip
# All ties: see `Tied`; `floats` are the same records as `ends`.
TIES: Final = ("start", "ends", "floats", "using", "partners")
People: Any = namedtuple("People", PEOPLE)  # its fields are the names above
Ties: Any = namedtuple("Ties", TIES)


def people_of(state: State) -> Any:
    """Return the arrays of `state`, not copies."""
    return People(*(getattr(state, name) for name in PEOPLE))


def ties_of(state: State) -> Any:
    """Return the arrays of the ties of `state`, not copies."""
    return Ties(*(getattr(state.tied, name) for name in TIES))


@shared
def meet(i: Any, lot: Any, act: Any, met: Any, answered: Any, helped: Any, near: Any, week: Any, start: Any, ends: Any, floats: Any, partners: Any, by: Any) -> None:  # fmt: skip
    """Let one who reaches find somebody or nobody.

    Arrays come one by one: machine code would count each in and out of a tuple, for each person.

    Args:
        i: Who; nobody else writes what is theirs but `near` and `helped`, which only become 1.
        lot: The third and the fourth of their dice.
        act, met, answered, helped, near, week: Of `State`.
        start, ends, floats, partners: Of `Tied`.
        by: Of this moment and arm: the chance that who is free is awake, one over how far ties
            have faded, q, reliability, the share given.
    """
    if act[i] & OFFERED:
        end, how = _partner(i, lot, act, ends, partners, by)
    else:
        end = _ring(i, lot[0], act, start, ends, floats, by)
        how = TIE_MET if end != NO_END else NOBODY_MET
    if end != NO_END:
        other = ends[end, OTHER_END]
        if how == TIE_MET:
            helped[other] = 1
        if _is_lapsing(week[i]):
            near[other] = 1
        if _is_lapsing(week[other]):
            near[i] = 1
            how |= IN_LAPSE
    met[i] = how
    answered[i] = end


@shared
def _is_lapsing(week: Any) -> Any:
    """Return whether two or more of the last seven days had a use."""
    return (week & (week - 1)) != 0


@shared
def _is_free(bits: Any) -> Any:
    did = bits & ACT_BITS
    return did != DRUG and did != GONE  # a set would be built each time


@shared
def _ring(i: Any, dice: Any, act: Any, start: Any, ends: Any, floats: Any, by: Any) -> Any:
    """Return the end of the tie that answers, or NO_END."""
    still = ONE
    for e in range(start[i], start[i + 1]):
        free = by[0] if _is_free(act[ends[e, OTHER_END]]) else ZERO
        still = reaching.silent(still, by[2] * (floats[e, STRENGTH] * by[1]) * free)
        if dice < ONE - still:
            return e
    return NO_END


@shared
def _partner(i: Any, lot: Any, act: Any, ends: Any, partners: Any, by: Any) -> Any:
    """Return the end of the tie to the partner who kept the contact, and how it went."""
    count = 0
    for k in range(partners.shape[1]):
        count += partners[i, k] != NO_END
    end, rest, free = NO_END, lot[0], ONE
    if count > 0:
        share = lot[0] * np.float32(count)
        at = np.int32(share)
        rest = share - np.float32(at)
        free = ZERO
        for _ in range(count):
            end = partners[i, at]
            if _is_free(act[ends[end, OTHER_END]]):
                free = by[0]
                break
            at = at + 1 if at + 1 < count else 0
    if rest < by[3] * free:
        return end, HELPED if lot[1] < by[4] else HEARD
    return NO_END, NOBODY_MET


@shared
def be_seen(i: Any, dice: Any, near: Any, start: Any, ends: Any, using: Any) -> None:
    """Let one of those who use with somebody be near; which, and whether they are, by lot."""
    first = start[i]
    degree = start[i + 1] - first
    share = dice * np.float32(degree)
    place = np.int32(share)
    if degree > 0 and (share - np.float32(place)) * _USING < np.float32(using[first + place]):
        near[ends[first + place, OTHER_END]] = 1


@shared
def tie(i: Any, is_up: Any, met: Any, answered: Any, ends: Any, floats: Any, by: Any) -> None:
    """Let the tie learn that answered somebody, if the other stands higher (`is_up`) or lower.

    In each of the two rounds a tie is moved by one person at most, whoever is first.

    Args:
        i: Who.
        is_up: Which round.
        met, answered, ends, floats: As `meet`.
        by: How far ties have faded, and how fast one learns from a voice, and from a contact.
    """
    e = answered[i]
    if e != NO_END and (ends[e, OTHER_END] > i) == is_up:
        grown, how, back = by[0], met[i] & 3, ends[e, BACK]
        w = floats[e, STRENGTH]
        w = w + (by[1] if how == TIE_MET else by[2]) * (grown - w)
        floats[e, STRENGTH] = w
        floats[back, STRENGTH] = w
        floats[e if how == HELPED else back, GIVEN] += grown
