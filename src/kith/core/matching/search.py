"""Forming circles: candidates, a greedy start, then windows solved exactly, until time is up.

Time is counted in windows, not seconds, so a seed always gives the same circles. Work is split
into shards that do not touch each other, and how it is split hangs on the people alone: whoever
runs them, on however many threads, changes nothing.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64

from kith.core.matching.candidates import FEW_PEOPLE, Across, also_free, candidates, line, meet_anew
from kith.core.matching.circles import NOBODY, Circles, Sizes
from kith.core.matching.loops.desks import desk
from kith.core.matching.loops.exchanging import exchange
from kith.core.matching.loops.growing import grow
from kith.core.matching.loops.rows import Near, Seats
from kith.core.matching.loops.settling import settle
from kith.core.matching.loops.windows import improve
from kith.core.matching.loops.worth import value_all
from kith.core.matching.packed import Packed, packed
from kith.core.matching.people import People
from kith.core.matching.points import POINTS, Points
from kith.core.matching.repair import (
    Standing,
    fill_seats,
    go_on_with_fewer,
    join_what_is_left,
    nobody_stands,
    standing,
)
from kith.core.rng import key

_SHARD = 1_250
_ROUNDS = 6
_ISLANDS = 2


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look.

    Args:
        windows: For each person; about as many times better known is each neighborhood.
        wide: People in a window, at most.
        aim: Circles looked at in a window: where there are more, windows become smaller.
        steps: Of the search for the best choice in a window, at most.
        heat: Units that a circle may seem to be worth more or less at first.
        few: Candidates kept for each person.
        few_free: In a repair, more for who is in no circle that goes on, of each other.
        lines: How often people line up to find them.
        width: How many each meets in a line.
        turns: How often those who are left over meet each other anew, before windows.
        lines_anew: In how many lines; in a repair, those who are free.
    """

    windows: float
    wide: int = 30
    aim: int = 600
    steps: int = 4_000
    heat: int = 0
    few: int = 32
    few_free: int = 0
    lines: int = 12
    width: int = 24
    turns: int = 3
    lines_anew: int = 6

    @classmethod
    def usual(cls, people: int, times: float = 1.0, *, is_repair: bool = False) -> "Effort":
        """Return what is usual for so many people, with `times` as many windows.

        In a repair few are free to begin a window: they meet each other, few of those who are not,
        and look harder. Most circles that could be listed would end one that goes on, so that
        more people fit into a window. It is cold: there is a good choice already.
        """
        at = np.log([up_to for up_to, _ in _USUAL])
        here = np.log(max(people, 1))
        windows, lines = (
            float(np.exp(np.interp(here, at, np.log([getattr(e, name) for _, e in _USUAL]))))
            for name in ("windows", "lines")
        )
        kind = next((e for up_to, e in _USUAL if people <= up_to), _USUAL[-1][1])
        few = min(kind.few, max(people - 1, 1))
        if is_repair:
            kind = replace(kind, wide=max(kind.wide, 44), steps=1_000, heat=0)
            windows *= 3.0
            if people > FEW_PEOPLE:
                windows, lines, few = windows / 2, 6.0, 24
                kind = replace(kind, few_free=64, lines_anew=24)
        return replace(kind, windows=windows * times, lines=round(lines), few=few)


# For up to so many people; windows and lines in between are interpolated. Measured to meet the
# times in docs/science/matching.md on two cores: few people are worth wide windows and heat, very
# many need most of the time to meet at all.
_USUAL = (
    (300, Effort(100.0, aim=400, heat=3_000, few=64, turns=0)),
    (1_500, Effort(30.0, aim=400, heat=3_000, few=64, turns=0)),
    (10_000, Effort(5.2, heat=500, few=64, lines=90, turns=0)),
    (100_000, Effort(1.0, wide=24, aim=200, few=48, lines=16)),
    (1_000_000, Effort(0.8, wide=20, aim=100, few=40, lines=8)),
)


def form(
    people: People,
    *,
    seed: int,
    sizes: Sizes = Sizes(),
    points: Points = POINTS,
    last: Circles | None = None,
    may_move: bool = True,
    effort: Effort | None = None,
    across: Across = map,
    dice: int | None = None,
) -> Circles:
    """Return circles of `people`, the most valuable that were found.

    Args:
        seed: Of all chance in it: the share of the value that dice decide, and the search.
        last: Circles that meet already, of rows of `people`; those who left are left out. Then
            this is a repair: circles go on, and seats are filled.
        may_move: In a repair, whether one of a circle may be moved where that is worth much more.
            No circle that can go on is ended in any case.
        effort: How hard to look; what is usual for so many if not said.
        across: Runs jobs that do not touch each other: `map`, or the map of a pool of threads.
        dice: Seed of the dice that are a part of the value, if not `seed`; see `chance`.
    """
    if len(people) < sizes.least:
        return Circles.of([])
    pack = packed(people, points, seed if dice is None else dice)
    how = effort or Effort.usual(len(people), is_repair=last is not None)
    near = candidates(
        pack, points.numbers, seed, few=how.few, rounds=how.lines, width=how.width, across=across
    )
    if last is None:
        stands = nobody_stands(len(people), sizes)
    else:
        stands = standing(pack, last, sizes, points, may_move=may_move)
    if how.few_free:
        near = also_free(
            pack, near, stands.whole == 0, points.numbers, seed,
            few=how.few_free, rounds=how.lines_anew, width=how.width, across=across,
        )  # fmt: skip
    run = _Run(pack, near, _seats(pack, stands, sizes), stands, sizes, points, seed, across)
    if last is not None:
        fill_seats(pack, run.seats, sizes, points, seed, only_left=True)
    _greedy(run, np.arange(len(people)))
    for turn in range(how.turns):
        _greedy_anew(run, how, turn)
    run = _best_island(run, how) if len(people) <= _SHARD else _search(run, how)
    if last is not None:
        fill_seats(run.pack, run.seats, sizes, points, seed, only_left=False)
    # What it was worth to stay is no part of what a circle is worth.
    run.pack.rows.before[:] = NOBODY
    value_all(run.pack.rows, run.seats, sizes.least, points.numbers)
    return _circles(run.pack, people, run.seats, run.stands.hour, sizes)


class _Run(NamedTuple):
    """All that a run needs at hand."""

    pack: Packed
    near: Near
    seats: Seats
    stands: Standing
    sizes: Sizes
    points: Points
    seed: int
    across: Across


class _Shards(NamedTuple):
    """Who and which numbers for circles belong to which shard; part s is from start[s] on."""

    of: Int32[np.ndarray, "people"]
    people: Int32[np.ndarray, "people"]
    start: Int64[np.ndarray, "_"]
    free: list[Int32[np.ndarray, "_"]]
    n_free: list[int]


def _seats(pack: Packed, stands: Standing, sizes: Sizes) -> Seats:
    """Return seats in which only those who stay together sit."""
    people = len(pack.cell)
    circles = people // 2 + 1 if len(stands.size) else people // sizes.least + 1
    seats = Seats(
        np.full(people, NOBODY, np.int32),
        np.zeros((circles, sizes.most), np.int32),
        np.zeros(circles, np.int8),
        np.zeros(circles, np.int32),
    )
    n = len(stands.size)
    seats.member[:n], seats.size[:n], seats.value[:n] = stands.member, stands.size, stands.value
    circle, seat = np.nonzero(np.arange(sizes.most) < stands.size[:, None])
    seats.circle_of[stands.member[circle, seat]] = circle
    return seats


def _sharded(run: _Run, place: Int64[np.ndarray, "people"], shards: int) -> _Shards:
    """Return `shards` of people by `place` in a line; a circle goes with its first member."""
    people, seats = len(place), run.seats
    of = (place * shards // max(people, 1)).astype(np.int32)
    seated = seats.circle_of >= 0
    of[seated] = of[seats.member[seats.circle_of[seated], 0]]
    order = np.argsort(of, kind="stable").astype(np.int32)
    start = np.searchsorted(of[order], np.arange(shards + 1))
    empty = np.flatnonzero(seats.size == 0).astype(np.int32)
    used = np.bincount(of[seats.member[seats.size > 0, 0]], minlength=shards)
    # As many as there can be circles of two, so that what is left of one always has a number.
    smallest = 2 if len(run.stands.size) else run.sizes.least
    wanted = np.maximum(np.diff(start) // smallest - used, 0)
    ends = np.minimum(np.cumsum(wanted), len(empty))
    # Room for the numbers that become free when circles change.
    free = [
        np.concatenate([empty[begin:end], np.zeros(more + 1, np.int32)])
        for begin, end, more in zip(
            [0, *ends[:-1].tolist()], ends.tolist(), used.tolist(), strict=True
        )
    ]
    return _Shards(of, order, start, free, np.diff(ends, prepend=0).tolist())


def _n_shards(people: int) -> int:
    return max(1, people // _SHARD)


def _greedy_anew(run: _Run, how: Effort, turn: int) -> None:
    """Seat more people: those who are left over meet each other, and the best of them at that."""
    left = run.seats.circle_of == NOBODY
    if left.sum() < run.sizes.least:
        return
    meet_anew(
        run.pack, run.near, left, run.points.numbers, key(run.seed, "turn", turn),
        rounds=how.lines_anew, width=how.width, across=run.across,
    )  # fmt: skip
    _greedy(run, _lined_up(run, turn, mode=2 - turn % 2))


def _greedy(run: _Run, place: Int64[np.ndarray, "people"]) -> None:
    """Seat people, those with the fewest candidates first, by `place` in a line."""
    left = int((run.seats.circle_of == NOBODY).sum())
    shards = _sharded(run, place, max(1, left // 8_192))

    def work(s: int) -> None:
        who = shards.people[shards.start[s] : shards.start[s + 1]]
        order = who[np.argsort(run.near.n[who], kind="stable")]
        grow(
            run.pack.rows, run.near, run.seats, shards.of, s, order, shards.free[s],
            shards.n_free[s], run.sizes.least, run.sizes.most, run.points.numbers,
        )  # fmt: skip

    list(run.across(work, range(len(shards.free))))


def _best_island(run: _Run, how: Effort) -> _Run:
    """Return the best of a few runs that differ only in their dice: there is but one shard."""
    islands = [_apart(run) for _ in range(_ISLANDS)]

    def work(island: int) -> int:
        return int(_search(islands[island], how, island).seats.value.sum())

    values = list(run.across(work, range(_ISLANDS)))
    return islands[values.index(max(values))]


def _apart(run: _Run) -> _Run:
    """Return a run of its own: all that a search changes is copied."""
    rows = run.pack.rows._replace(before=run.pack.rows.before.copy())
    return run._replace(
        pack=run.pack._replace(rows=rows),
        seats=Seats(*(column.copy() for column in run.seats)),
        stands=Standing(*(column.copy() for column in run.stands)),
        across=map,
    )


def _search(run: _Run, how: Effort, island: int = 0) -> _Run:
    """Solve windows, in rounds that split people in different ways; return the run."""
    people = len(run.pack.cell)
    hope = np.full(people, 2**20, np.int32)
    for turn in range(_ROUNDS):
        if turn == _ROUNDS - 1:
            _be_content(run)
        shards = _sharded(run, _place(run, turn), _n_shards(people))

        def work(s: int, turn: int = turn, shards: _Shards = shards) -> None:
            who = _who_begins(run, shards.people[shards.start[s] : shards.start[s + 1]])
            if len(who) == 0:
                return
            improve(
                run.pack.rows, run.near, run.seats, run.stands.mark, run.stands.whole,
                shards.of, s, who, hope, shards.free[s], shards.n_free[s], run.sizes.least, run.sizes.most,
                int(np.ceil(how.windows * len(who) / _ROUNDS)), how.wide, how.aim, how.steps, *_heat(how, turn),
                key(run.seed, "window", island, turn, s) >> 1, run.points.numbers, desk(),
            )  # fmt: skip

        list(run.across(work, range(len(shards.free))))
        if len(run.stands.size) and turn in {1, _ROUNDS - 1}:
            _exchange(run, shards)
    return run


def _exchange(run: _Run, shards: _Shards) -> None:
    """Let people change places, one by one: in a repair most of what is left to gain is so near."""

    def work(s: int) -> None:
        exchange(
            run.pack.rows, run.near, run.seats, run.stands.mark, run.stands.whole, shards.of, s,
            shards.people[shards.start[s] : shards.start[s + 1]], run.sizes.least, run.sizes.most,
            run.points.numbers,
        )  # fmt: skip

    list(run.across(work, range(len(shards.free))))


def _heat(how: Effort, turn: int) -> tuple[int, int]:
    """Return how warm a round begins, and by how much it cools: the last two are cold."""
    each = how.heat // (_ROUNDS - 2)
    return max(how.heat - turn * each, 0), each if turn < _ROUNDS - 2 else 0


def _be_content(run: _Run) -> None:
    """Let what is left of circles go on otherwise, where nobody was found to fill them."""
    fill_seats(run.pack, run.seats, run.sizes, run.points, run.seed, only_left=True)
    go_on_with_fewer(run.pack, run.seats, run.stands, run.sizes, run.points)
    join_what_is_left(run.pack, run.near, run.seats, run.stands, run.sizes, run.points)


def _who_begins(run: _Run, people: Int32[np.ndarray, "some"]) -> Int32[np.ndarray, "fewer"]:
    """Return those with whom a window may begin: in a repair, not those who are settled."""
    return people[run.stands.whole[people] == 0]


def _place(run: _Run, turn: int) -> Int64[np.ndarray, "people"]:
    """Return the place of each person in a line: as they are packed, or like beside like."""
    people = len(run.pack.cell)
    if turn % 2 == 0:
        # Each time the limits of shards lie elsewhere.
        return (np.arange(people) + people * turn // 7) % max(people, 1)
    return _lined_up(run, turn, mode=2 - turn // 2 % 2)


def _lined_up(run: _Run, turn: int, *, mode: int) -> Int64[np.ndarray, "people"]:
    """Return the place of each person in a line of like beside like."""
    people = len(run.pack.cell)
    order = line(
        run.pack, key(run.seed, "shards", turn), mode=mode, coarse=turn // 2, everybody=True
    )
    place = np.empty(people, np.int64)
    place[order] = np.arange(people)
    return place


def as_circles(
    people: People,
    members: Int32[np.ndarray, "circles most"],
    *,
    seed: int,
    sizes: Sizes,
    points: Points,
) -> Circles:
    """Return circles of these rows of people, with when, how, and what they are worth."""
    pack = packed(people, points, seed)
    place = np.full(len(people) + 1, NOBODY, np.int32)
    place[pack.origin] = np.arange(len(people), dtype=np.int32)
    size = (members != NOBODY).sum(axis=1).astype(np.int8)
    seats = Seats(
        np.empty(0, np.int32),
        np.ascontiguousarray(place[members]),
        size,
        np.zeros(len(size), np.int32),
    )
    value_all(pack.rows, seats, sizes.least, points.numbers)
    never = np.full(len(people), NOBODY, np.int32)
    return _circles(pack, people, seats, never, sizes)


def _circles(
    pack: Packed, people: People, seats: Seats, last_hour: Int32[np.ndarray, "people"], sizes: Sizes
) -> Circles:
    """Return who sits where, in an order that hangs on ids alone."""
    # What stays together but is no circle as it is, and found nobody to fill it, is worth nothing.
    whole = np.flatnonzero((seats.size >= sizes.least) & (seats.value > 0))
    hour, mode = np.zeros(len(seats.size), np.int16), np.zeros(len(seats.size), np.uint8)
    settle(pack.rows, seats, last_hour, hour, mode)
    empty = np.arange(sizes.most) >= seats.size[whole, None]
    origin = pack.origin[np.where(empty, 0, seats.member[whole])]
    ids = np.where(empty, np.iinfo(np.int64).max, people.id[origin])
    order = np.argsort(ids, axis=1, kind="stable")
    rows = np.take_along_axis(np.where(empty, NOBODY, origin), order, axis=1)
    first = np.argsort(ids.min(axis=1, initial=np.iinfo(np.int64).max), kind="stable")
    return Circles(
        rows[first].astype(np.int32), hour[whole][first], mode[whole][first],
        seats.value[whole][first].astype(np.int64),
    )  # fmt: skip
