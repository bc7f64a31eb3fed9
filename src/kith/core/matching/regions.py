"""Populations beyond one machine: regions and online pools, each formed by itself.

How people are cut hangs on the people alone. Whoever runs the parts, on threads, processes or
other machines, changes nothing in what comes out. Those who found nobody where they were meet
those of all other parts in a second round.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Int32, Int64, UInt64

from kith.core.matching.candidates import Across
from kith.core.matching.circles import NOBODY, Circles, Sizes, circle_of
from kith.core.matching.packed import cells
from kith.core.matching.people import People
from kith.core.matching.points import POINTS, Points
from kith.core.matching.search import Effort, form


class Job(NamedTuple):
    """One part, as it is sent to whoever forms it: plain values, which can leave a process."""

    people: People
    last: Circles | None
    seed: int
    sizes: Sizes
    points: Points
    may_move: bool
    effort: Effort
    dice: int | None = None


# How jobs are run that can leave the process: `map`, or that of a pool or of a cluster.
Runner = Callable[[Callable[[Job], Circles], Iterable[Job]], Iterable[Circles]]


def form_region(job: Job) -> Circles:
    """Return circles of the people of one part, as rows of them."""
    return _formed(job, map)


def form_in_regions(
    people: People,
    *,
    seed: int,
    most: int,
    sizes: Sizes = Sizes(),
    points: Points = POINTS,
    last: Circles | None = None,
    may_move: bool = True,
    effort: Effort | None = None,
    across: Runner = map,
    within: Across = map,
    dice: int | None = None,
) -> Circles:
    """Return circles of `people`, cut into parts of about `most` at most.

    Where they are no more than that, this is `form`.

    Args:
        across: Runs the parts.
        within: Runs what cannot leave the process: all, where there is but one part.
        dice: Seed of the dice that are a part of the value, if not `seed`; see `chance`.
    """
    how = effort or Effort.usual(len(people), is_repair=last is not None)
    whole = Job(people, last, seed, sizes, points, may_move, how, dice)
    if len(people) <= most:
        return _formed(whole, within)
    first = _round(whole, cut(people, last, most, turn=0), across)
    left = np.flatnonzero(circle_of(first, len(people)) == NOBODY)
    rest = people.only(left)
    job = whole._replace(people=rest, last=_not_yet(last, left, len(people)))
    if len(rest) <= most:
        second = _formed(job, within)
    else:
        second = _round(job, cut(rest, job.last, most, turn=1), across)
    return joined(people, [(first, np.arange(len(people))), (second, left)])


def cut(
    people: People, last: Circles | None, most: int, *, turn: int
) -> list[Int64[np.ndarray, "_"]]:
    """Return the rows of each part: who lives near each other, and who is only online by language.

    A circle that meets stays in one part. The limits of parts are laid where neighbors in the line
    differ most, such as between two countries.

    Args:
        turn: In the second, language comes before place, so that the limits lie elsewhere.
    """
    place, speech = cells(people), people.languages
    low = speech & np.uint64(2**40 - 1)
    if turn == 0:
        order = np.lexsort((people.id, speech, place))
        like = place << np.uint64(40) | low
    else:
        order = np.lexsort((people.id, place, speech))
        like = low << np.uint64(24) | place
    of = np.empty(len(people), np.int64)
    of[order] = np.searchsorted(
        _limits(like[order], -(-len(people) // most)), np.arange(len(people)), side="right"
    )
    if last is not None:
        circle, seat = np.nonzero(last.member != NOBODY)
        of[last.member[circle, seat]] = of[last.member[circle, 0]]
    return [np.flatnonzero(of == part) for part in np.unique(of)]


def _limits(like: UInt64[np.ndarray, "people"], parts: int) -> list[int]:
    """Return where each part but the first begins, up to an eighth of one off from equal parts."""
    differ = np.append(np.uint64(0), like[1:] ^ like[:-1])
    slack = len(like) // parts // 8
    middles = [len(like) * part // parts for part in range(1, parts)]
    return [
        middle - slack + int(differ[middle - slack : middle + slack + 1].argmax())
        for middle in middles
    ]


def _formed(job: Job, within: Across) -> Circles:
    """Return circles of one part, formed in this process."""
    return form(
        job.people, seed=job.seed, sizes=job.sizes, points=job.points, last=job.last,
        may_move=job.may_move, effort=job.effort, across=within, dice=job.dice,
    )  # fmt: skip


def _round(job: Job, parts: Sequence[Int64[np.ndarray, "_"]], across: Runner) -> Circles:
    """Return circles of all parts, as rows of the people of `job`."""
    jobs = (
        job._replace(people=job.people.only(rows), last=_inside(job.last, rows, len(job.people)))
        for rows in parts
    )
    return joined(job.people, list(zip(across(form_region, jobs), parts, strict=True)))


def _inside(last: Circles | None, rows: Int64[np.ndarray, "some"], people: int) -> Circles | None:
    """Return the circles of which the first member is one of these rows, as places in them."""
    if last is None:
        return None
    place = np.full(people + 1, NOBODY, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    mine = place[last.member[:, 0]] != NOBODY
    return Circles(place[last.member[mine]], last.hour[mine], last.mode[mine], last.value[mine])


def _not_yet(last: Circles | None, left: Int64[np.ndarray, "some"], people: int) -> Circles | None:
    """Return of each circle those who were not seated in the first round, as places in `left`."""
    if last is None:
        return None
    place = np.full(people + 1, NOBODY, np.int32)
    place[left] = np.arange(len(left), dtype=np.int32)
    some = [[i for i in there if i != NOBODY] for there in place[last.member].tolist()]
    two = [at for at, there in enumerate(some) if len(there) > 1]
    return Circles.of([some[at] for at in two], last.hour[two].tolist(), last.mode[two].tolist())


def joined(people: People, parts: Sequence[tuple[Circles, Int64[np.ndarray, "_"]]]) -> Circles:
    """Return the circles of all parts, in an order that hangs on ids alone.

    Args:
        parts: Circles, and the rows of `people` of which theirs are places.
    """
    wide = max((some.member.shape[1] for some, _ in parts), default=1)
    members = [_widened(some.member, rows, wide) for some, rows in parts]
    member = np.concatenate([*members, np.empty((0, wide), np.int32)])
    ids = np.where(member == NOBODY, np.iinfo(np.int64).max, people.id[member])
    order = np.argsort(ids.min(axis=1, initial=np.iinfo(np.int64).max), kind="stable")
    hour, mode, value = (
        np.concatenate([getattr(some, name) for some, _ in parts])[order]
        for name in ("hour", "mode", "value")
    )
    return Circles(member[order], hour, mode, value)


def _widened(
    member: Int32[np.ndarray, "_ most"], rows: Int64[np.ndarray, "_"], wide: int
) -> Int32[np.ndarray, "_ wide"]:
    found = np.full((len(member), wide), NOBODY, np.int32)
    there = member != NOBODY
    found[:, : member.shape[1]][there] = rows[member[there]]
    return found
