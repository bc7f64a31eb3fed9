"""The weekly run: who is asked to sit with whom, checked by plain code before anybody is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from itertools import combinations, product
from typing import Any
from uuid import UUID

from kith.core.matching import NOBODY, POINTS, Circles
from kith.core.matching.chance import draw
from kith.core.matching.check import checked
from kith.core.matching.circles import circle_of
from kith.core.matching.search import form
from kith.web.circles.bridge import clocks
from kith.web.circles.bridge.checking import SIZES
from kith.web.circles.bridge.crowd import Crowd
from kith.web.circles.bridge.reasons import reasons_for
from kith.web.circles.models import Circle

Two = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Some people who are to be asked.

    Args:
        circle: The one whose chairs they are to fill, or None for a new one.
        asked: Keys of those to ask, and the true things they are told.
        weekday, starts, zone: When it would meet, Monday 0, by the clock most of them live by.
        way: How.
    """

    circle: Circle | None
    asked: dict[UUID, dict[str, Any]]
    weekday: int
    starts: time
    zone: str
    way: int


def proposals(crowd: Crowd, *, seed: int) -> list[Proposal]:
    """Return whom to ask to sit with whom.

    A circle that stands is only ever filled: nobody in it is moved, and its hour stays.

    Raises:
        BrokenCirclesError: If the engine broke a hard rule: then nothing is proposed at all.
    """
    if len(crowd.keys) < SIZES.least:
        return []
    formed = form(crowd.people, seed=seed, sizes=SIZES, last=crowd.last, may_move=False)
    formed = checked(crowd.people, formed, seed=seed, sizes=SIZES, last=crowd.last)
    return list(_proposed(crowd, formed))


def times_together(
    crowd: Crowd, found: Iterable[Proposal], *, seed: int, draws: int
) -> dict[Two, int]:
    """Return how often each two who are to sit together would, if only the dice fell differently.

    All is formed anew `draws` times. Of each two at least one is asked now.
    """
    place = {key: row for row, key in enumerate(crowd.keys)}
    times = {two: 0 for proposal in found for two in _twos(crowd, proposal)}
    for number in range(draws if times else 0):
        dice = draw(seed, number)
        again = form(
            crowd.people, seed=seed, sizes=SIZES, last=crowd.last, may_move=False, dice=dice
        )
        sits = circle_of(again, len(crowd.keys))
        for one, other in times:
            its = sits[place[one]]
            times[one, other] += int(its != NOBODY and its == sits[place[other]])
    return times


def _twos(crowd: Crowd, proposal: Proposal) -> Iterator[Two]:
    asked, sit = list(proposal.asked), []
    if proposal.circle is not None:
        number = crowd.circles.index(proposal.circle)
        sit = [crowd.keys[row] for row in crowd.last.lists()[number]]
    yield from combinations(asked, 2)
    yield from product(asked, sit)


def law() -> dict[str, Any]:
    """Return how chance takes part in a run, so that a study can throw the same dice again."""
    return {
        "share": POINTS.share_of_chance,
        "points": POINTS.chance,
        "probability_of_each": 1 / (POINTS.chance + 1),
    }


def _proposed(crowd: Crowd, formed: Circles) -> Iterator[Proposal]:
    groups = crowd.last.lists()
    sits_in = {row: number for number, rows in enumerate(groups) for row in rows}
    for number, rows in enumerate(formed.lists()):
        stand = {sits_in[row] for row in rows if row in sits_in}
        new = [row for row in rows if row in crowd.seekers]
        if not new or len(stand) > 1:
            continue
        circle = None
        for place in stand:
            if not _goes_on(crowd, formed, number, place):
                break
            circle = crowd.circles[place]
        else:
            asked = {crowd.keys[row]: reasons_for(crowd.people, formed, number, row) for row in new}
            yield _proposal(crowd, formed, number, circle, asked)


def _goes_on(crowd: Crowd, formed: Circles, number: int, place: int) -> bool:
    """Return whether what was formed is the circle at `place` with all who sit in it, at its hour."""
    rows = set(formed.lists()[number])
    is_whole = rows.issuperset(crowd.last.lists()[place])
    is_then = formed.hour[number] == crowd.last.hour[place]
    return bool(is_whole and is_then and formed.mode[number] == crowd.last.mode[place])


def _proposal(
    crowd: Crowd,
    formed: Circles,
    number: int,
    circle: Circle | None,
    asked: dict[UUID, dict[str, Any]],
) -> Proposal:
    if circle is not None:
        return Proposal(circle, asked, circle.weekday, circle.starts, circle.zone, circle.way)
    rows = formed.lists()[number]
    zone = _zone(crowd, rows)
    weekday, starts = clocks.local_start(int(formed.hour[number]), zone, crowd.monday)
    return Proposal(None, asked, weekday, starts, zone, int(formed.mode[number]))


def _zone(crowd: Crowd, rows: list[int]) -> str:
    """Return by whose clock most of them live."""
    zones = [crowd.zones[row] for row in rows]
    return max(sorted(set(zones)), key=zones.count)
