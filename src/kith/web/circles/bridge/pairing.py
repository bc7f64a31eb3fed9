"""The weekly run of pairs: who is asked to listen to whom, checked before anybody is asked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, Final
from uuid import UUID

import numpy as np
from jaxtyping import Int32

from kith.core.matching import Circles, People, Points
from kith.core.matching.check import checked
from kith.core.matching.pairs import PAIR, pair_up
from kith.web.circles.bridge import clocks
from kith.web.circles.bridge.crowd import Crowd
from kith.web.circles.bridge.reasons import reasons_for
from kith.web.circles.models import Chair, Pair

# Whoever was a pair in the last eight weeks is none again; for those whom that leaves over, four,
# two and one are looked at. Partners of last week never are: they change.
WEEKS_APART: Final = (8, 4, 2, 1)
_WEEK: Final = timedelta(weeks=1)
# A circle holds better with two in it who know each other, and is worth more for it. A pair is how
# people come to know somebody beyond their circle: it is worth less if they know each other.
POINTS_OF_PAIRS: Final = Points(bridge=0, tied=-30)

Ends = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people who are to be asked.

    Args:
        low, high: Their keys, the lower first.
        way: How.
        starts_at: When, in the week of `week_of`.
        zone: By whose clock: that of low.
        reasons: The true things that each is told.
    """

    low: UUID
    high: UUID
    way: int
    week_of: date
    starts_at: datetime
    zone: str
    reasons: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """What was before, which a run of pairs is to go beyond.

    Args:
        pairs: The pairs of the last eight weeks.
        chairs: Chairs in which somebody sits: those of one circle know each other.
    """

    pairs: Collection[Pair]
    chairs: Collection[Chair]


def first_week(monday: date) -> date:
    """Return the first week that a run for the week of `monday` looks back to."""
    return monday - WEEKS_APART[0] * _WEEK


def couples(crowd: Crowd, past: Past, *, seed: int) -> list[Couple]:
    """Return whom to ask to listen to whom.

    Raises:
        BrokenCirclesError: If the engine broke a hard rule: then nobody is asked at all.
    """
    run = _Run(crowd, past, {key: row for row, key in enumerate(crowd.keys)})
    people = run.people()
    found = list(_rounds(run, people, seed=seed))
    if not found:
        return []
    last = Circles.of([list(two) for two in run.paired_within(1)])
    whole = checked(
        people, _joined(found), seed=seed, sizes=PAIR, points=POINTS_OF_PAIRS, last=last
    )
    return [_couple(crowd, people, whole, number, two) for number, two in enumerate(whole.lists())]


@dataclass(frozen=True, slots=True)
class _Run:
    """A crowd, what was before, and the row of each key."""

    crowd: Crowd
    past: Past
    place: dict[UUID, int]

    def people(self) -> People:
        """Return the people of the crowd, with those tied who sit together.

        How long somebody waits is counted from their last pair: who was left over comes first.
        """
        circles: dict[int, list[UUID]] = {}
        for chair in self.past.chairs:
            circles.setdefault(chair.circle_id, []).append(chair.person_id)
        together = (two for keys in circles.values() for two in combinations(keys, 2))
        waited = self.crowd.people.weeks_waiting.copy()
        for pair in self.past.pairs:
            weeks = (self.crowd.monday - pair.week_of) // _WEEK - 1
            for row in self._rows_of((pair.low_id, pair.high_id)):
                waited[row] = min(waited[row], weeks)
        people = replace(self.crowd.people, weeks_waiting=waited)
        return replace(people, ties=_and(people.ties, self._pairs(together)))

    def paired_within(self, weeks: int) -> list[tuple[int, ...]]:
        """Return the rows of those who were a pair in so many weeks before this one."""
        since = self.crowd.monday - weeks * _WEEK
        recent = (pair for pair in self.past.pairs if pair.week_of >= since)
        return self._pairs((pair.low_id, pair.high_id) for pair in recent)

    def _pairs(self, ends: Iterable[Ends]) -> list[tuple[int, ...]]:
        """Return pairs of keys as rows, those in which both are in the crowd, each once."""
        found = {tuple(sorted(self._rows_of(two))) for two in ends}
        return sorted(rows for rows in found if len(rows) == PAIR.least)

    def _rows_of(self, keys: Iterable[UUID]) -> list[int]:
        return [self.place[key] for key in keys if key in self.place]


def _rounds(run: _Run, people: People, *, seed: int) -> Iterator[Circles]:
    """Yield pairs; in each round of those who are left over from the rounds before."""
    left = np.arange(len(people))
    for weeks in WEEKS_APART:
        if len(left) < PAIR.least:
            return
        apart = _and(people.exclusions, run.paired_within(weeks))
        some = replace(people, exclusions=apart).only(left)
        made = pair_up(some, seed=seed, points=POINTS_OF_PAIRS)
        if len(made):
            rows = left[made.member].astype(np.int32)
            yield replace(made, member=rows)
            left = np.setdiff1d(left, rows)


def _and(pairs: Int32[np.ndarray, "_ 2"], more: Sequence[tuple[int, ...]]) -> np.ndarray:
    return np.concatenate([pairs, np.array(more, np.int32).reshape(-1, 2)])


def _joined(found: Sequence[Circles]) -> Circles:
    names = ("member", "hour", "mode", "value")
    return Circles(*(np.concatenate([getattr(made, name) for made in found]) for name in names))


def _couple(crowd: Crowd, people: People, whole: Circles, number: int, two: list[int]) -> Couple:
    # Rows of a crowd are in the order of the keys.
    low, high = sorted(two)
    alone = Circles.of([[low, high]])
    return Couple(
        low=crowd.keys[low],
        high=crowd.keys[high],
        way=int(whole.mode[number]),
        week_of=crowd.monday,
        starts_at=clocks.start_in(crowd.monday, int(whole.hour[number])),
        zone=crowd.zones[low],
        reasons={
            name: _true_of_two(reasons_for(people, alone, 0, row))
            for name, row in (("low", low), ("high", high))
        },
    )


def _true_of_two(reasons: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what is true of two people as well: that they are few is said by the word pair."""
    return [thing for thing in reasons["things"] if "small" not in thing]
