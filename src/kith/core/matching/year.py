"""A year of weekly runs among people who come, fade, pause and change their hours.

Life between two runs is made up (`churn`), the runs are the engine's own, and plain code
(`going_on`) counts what they took from people. It answers whether circles last as long as their
people do; it says nothing about how people are.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int64

from kith.core.matching.churn import Life, Sitting, Ways, beginning, week_later
from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.going_on import Plain, broken, most_who_wait, plain, wrongs
from kith.core.matching.outcome import Outcome, outcome, shares
from kith.core.matching.people import People

# A weekly run: who offers, the circles there were (None in the first), its seed.
Run = Callable[[People, Circles | None, int], Circles]


class Week(NamedTuple):
    """What came of one weekly run, for those who run it.

    Args:
        said: Of the run.
        here, share: Ids of those who were there, and what each got of a circle's value.
        pairs: Two who sat together, both still here, with the same hours and not apart: how many,
            and how many of them sit together still.
        untouched: The same of circles to which nothing happened.
        before, broken: Circles there were; those that the engine broke, and not people.
        wrongs: Rules broken, by plain code.
        waited: Of each who was seated, how many runs had left them out.
        gave_up, waiting: The same of who stopped offering before this run, and of who waits still.
        begun, completed: Who sat for the first time in a circle, and for as often as an arc is.
        short: Circles that are too few, and wait for others as one.
    """

    said: Outcome
    here: Int64[np.ndarray, "here"]
    share: Float64[np.ndarray, "here"]
    pairs: tuple[int, int]
    untouched: tuple[int, int]
    before: int
    broken: int
    wrongs: list[str]
    waited: Int64[np.ndarray, "_"]
    gave_up: Int64[np.ndarray, "_"]
    waiting: Int64[np.ndarray, "_"]
    begun: int
    completed: int
    short: int


class _Table(NamedTuple):
    """Who is here, at the time of a run. Args: last: the circles there were, as rows of `here`."""

    rows: Int64[np.ndarray, "here"]
    here: People
    plain: Plain
    last: list[list[int]]


def weeks(
    people: People,
    run: Run,
    *,
    seed: int,
    many: int = 52,
    ways: Ways = Ways(),
    sizes: Sizes = Sizes(),
) -> Iterator[Week]:
    """Yield what comes of each weekly run; before the first nobody sits in a circle.

    Args:
        people: Who is there at first. Who comes later is like them.
        run: Forms circles; each week has a seed of its own.
    """
    life = beginning(people)
    for week in range(many):
        before = {one.ids for one in life.circles}
        if week:
            life = week_later(life, people, ways, seed, week)
        table = _table(life)
        now = run(table.here, _last(life, table) if week else None, seed + week)
        circles = _after(life, table, now)
        calm = [
            one.ids in before and _is_calm(life, table, some)
            for one, some in zip(life.circles, table.last, strict=True)
        ]
        later = _recorded(life, table, now, circles, ways)
        yield _account(life, later, table, now, calm, ways, sizes)
        life = later


def _table(life: Life) -> _Table:
    rows = np.flatnonzero(~life.away)
    here = life.people.only(rows)
    place = {i: at for at, i in enumerate(here.id.tolist())}
    return _Table(rows, here, plain(here), [[place[i] for i in one.ids] for one in life.circles])


def _is_calm(life: Life, table: _Table, some: list[int]) -> bool:
    """Return whether none of them has other hours, or keeps away from another."""
    apart = any(two in table.plain.apart for two in combinations(some, 2))
    return not apart and not life.moved[table.rows[some]].any()


def _last(life: Life, table: _Table) -> Circles:
    how = [one.hour for one in life.circles], [one.mode for one in life.circles]
    return Circles.of(table.last, *how)


def _after(life: Life, table: _Table, now: Circles) -> list[Sitting]:
    """Return the circles that meet this week: those of the run, and those who wait as one."""
    came_from, seated = _of(table.last, len(table.here)), _seated(now, table)
    hows = zip(now.lists(), now.hour.tolist(), now.mode.tolist(), strict=True)
    found = [
        Sitting(_ids(table, some), hour, mode, _met(life, came_from[some]) + 1, 0)
        for some, hour, mode in hows
    ]
    for one, some in zip(life.circles, table.last, strict=True):
        stay = most_who_wait(table.plain, some)
        if stay and not seated[stay].any():
            waits = one._replace(ids=_ids(table, stay), met=one.met + 1, short=one.short + 1)
            found.append(waits)
    return found


def _met(life: Life, came_from: Int64[np.ndarray, "members"]) -> int:
    """Return how often the circle has met from which most of them come, if more than one does."""
    old = Counter(came_from[came_from != NOBODY].tolist())
    place, many = max(old.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
    return life.circles[place].met if many > 1 else 0


def _ids(table: _Table, some: list[int]) -> tuple[int, ...]:
    return tuple(table.here.id[some].tolist())


def _seated(now: Circles, table: _Table) -> Bool[np.ndarray, "here"]:
    return _of(now.lists(), len(table.here)) != NOBODY


def _of(circles: Sequence[Sequence[int]], people: int) -> Int64[np.ndarray, "people"]:
    """Return in which circle each person sits, NOBODY for none."""
    found = np.full(people, NOBODY, np.int64)
    for place, some in enumerate(circles):
        found[some] = place
    return found


def _recorded(life: Life, table: _Table, now: Circles, circles: list[Sitting], ways: Ways) -> Life:
    """Return how things stand after the circles have met: who knows whom, who waits."""
    place = {i: at for at, i in enumerate(life.people.id.tolist())}
    before = _of([[place[i] for i in one.ids] for one in life.circles], len(life.people))
    sat = np.zeros(len(life.people), np.int64)
    known = []
    for one in circles:
        some = [place[i] for i in one.ids]
        old = before[some]
        goes_on = (old != NOBODY) & ((old[:, None] == old).sum(axis=1) > 1)
        sat[some] = np.where(goes_on, life.sat[some], 0) + 1
        known += [two for two in combinations(some, 2) if min(sat[list(two)]) == ways.known_after]
    waiting = life.people.weeks_waiting.copy()
    waiting[table.rows] = np.where(_seated(now, table), 0, waiting[table.rows] + 1)
    ties = np.concatenate([life.people.ties, np.array(known, np.int32).reshape(-1, 2)])
    people = replace(life.people, weeks_waiting=waiting, ties=ties)
    return life._replace(people=people, sat=sat, circles=circles)


def _account(
    life: Life, later: Life, table: _Table, now: Circles, calm: list[bool], ways: Ways, sizes: Sizes
) -> Week:
    """Return what came of a run, between `life` and `later`."""
    left_out, seated = table.here.weeks_waiting.astype(np.int64), _seated(now, table)
    anew = seated & ((life.sat[table.rows] == 0) | (left_out > 0))
    sat = later.sat[table.rows]
    return Week(
        said=outcome(table.here, now),
        here=table.here.id,
        share=shares(table.here, now),
        pairs=_pairs(life, later, table, [True] * len(calm)),
        untouched=_pairs(life, later, table, calm),
        before=len(table.last),
        broken=len(broken(table.plain, table.last, now, sizes)),
        wrongs=wrongs(table.plain, now, table.last, sizes),
        waited=left_out[anew],
        gave_up=life.gave_up,
        waiting=left_out[~seated] + 1,
        begun=int((sat == 1).sum()),
        completed=int((sat == ways.arc).sum()),
        short=len(later.circles) - len(now),
    )


def _pairs(life: Life, later: Life, table: _Table, asked: list[bool]) -> tuple[int, int]:
    """Return of how many pairs both could go on, and how many do; only in circles `asked` for."""
    moved = life.moved[table.rows]
    place = {i: at for at, i in enumerate(table.here.id.tolist())}
    now = _of([[place[i] for i in one.ids] for one in later.circles], len(table.here))
    could, kept = 0, 0
    for some, is_asked in zip(table.last, asked, strict=True):
        for a, b in combinations(some, 2) if is_asked else ():
            if not (moved[a] or moved[b] or (a, b) in table.plain.apart):
                could += 1
                kept += int(now[a] == now[b] != NOBODY)
    return could, kept
