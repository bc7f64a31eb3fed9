"""What happens to people and circles between two weekly runs: made up, and seeded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int64

from kith.core.matching.people import COLUMNS, People
from kith.core.rng import stream


@dataclass(frozen=True, slots=True)
class Ways:
    """How a week goes. Chances are of a person in a week unless said; all are design choices.

    Args:
        fades: Who sits in a circle leaves it in the first arc: about half do not complete it.
        fades_later: The same, after that.
        for_good: Of those who fade or tire: who is not seen again. The others pause.
        pauses, comes_back: Who is here goes away for a while; who is away is here again.
        tires: Who waits stops offering.
        other_hours: Who is here has another week from now on.
        hard_time: How steady somebody is, is thrown anew.
        blocks: Of a circle: one of its members will not meet another of them again.
        blocks_outside: The same of somebody of one's own knot.
        closes: Of a circle, when an arc ends: all part, and offer anew.
        arc: Sessions in one.
        known_after: Sessions after which two know each other.
        patience: Weeks that those who are too few wait for others before they part.
        brought: Of those who come: somebody of their knot knows them already.
    """

    fades: float = 0.1
    fades_later: float = 0.03
    for_good: float = 0.5
    pauses: float = 0.015
    comes_back: float = 0.2
    tires: float = 0.03
    other_hours: float = 0.03
    hard_time: float = 0.05
    blocks: float = 0.005
    blocks_outside: float = 0.0005
    closes: float = 0.1
    arc: int = 6
    known_after: int = 3
    patience: int = 4
    brought: float = 0.3


class Sitting(NamedTuple):
    """A circle under way. Args: ids: who; met: how often; short: weeks it has been too few."""

    ids: tuple[int, ...]
    hour: int
    mode: int
    met: int
    short: int


class Life(NamedTuple):
    """How things stand before a run.

    Args:
        away: Who pauses.
        moved: Who has other hours since the last run.
        sat: Sessions of each in the circle they are in.
        gave_up: Of each who stopped offering since the last run: how many runs had left them out.
        next_id: Of who comes next.
    """

    people: People
    away: Bool[np.ndarray, "people"]
    moved: Bool[np.ndarray, "people"]
    sat: Int64[np.ndarray, "people"]
    circles: list[Sitting]
    gave_up: Int64[np.ndarray, "_"]
    next_id: int


def beginning(people: People) -> Life:
    """Return that all are here, nobody has a circle, and nobody has waited for one yet."""
    n = len(people)
    people = replace(people, weeks_waiting=np.zeros(n, np.int32))
    never = np.zeros(n, np.bool_)
    none = np.empty(0, np.int64)
    return Life(people, never, never, np.zeros(n, np.int64), [], none, int(people.id.max(initial=-1)) + 1)  # fmt: skip


def week_later(life: Life, pool: People, ways: Ways, seed: int, week: int) -> Life:
    """Return how things stand a week later.

    Args:
        pool: Who was there at first: those who come are like them, and as many as then are here.
    """
    dice = _Dice(seed, week, len(life.people))
    people, sits = life.people, life.sat > 0
    here = ~life.away
    faded = (
        sits & here & dice.are("fade", np.where(life.sat <= ways.arc, ways.fades, ways.fades_later))
    )
    paused = here & ~faded & dice.are("pause", ways.pauses)
    tired = here & ~sits & ~paused & dice.are("tire", ways.tires)
    left = faded | paused | tired
    gone = (faded | tired) & dice.are("for good", ways.for_good)
    away = (life.away & ~dice.are("come back", ways.comes_back)) | left
    moved = ~away & dice.are("hours", ways.other_hours)
    columns = {name: getattr(people, name).copy() for name in COLUMNS}
    columns["days"] += 7
    columns["weeks_waiting"][away] = 0
    columns["week"][moved] = _like(pool, people.cluster[moved], dice.of("week"))["week"]
    thrown = dice.are("steadiness", ways.hard_time)
    columns["steadiness"][thrown] = dice.of("steady").choice(3, thrown.sum(), p=[0.2, 0.5, 0.3])
    circles = _going_on(life, set(people.id[left].tolist()), ways, dice)
    exclusions = [people.exclusions, _blocks(people, circles, ways, dice)]
    changed = People(**columns, ties=people.ties, exclusions=np.concatenate(exclusions))
    stay = np.flatnonzero(~gone)
    sat = np.where(left, 0, life.sat)
    # Who is in a circle that has parted sits nowhere.
    sat[~np.isin(people.id, [i for one in circles for i in one.ids])] = 0
    later = Life(
        changed.only(stay), away[stay], moved[stay], sat[stay], circles,
        people.weeks_waiting[left & (~sits | (people.weeks_waiting > 0))].astype(np.int64), life.next_id,
    )  # fmt: skip
    return _with_newcomers(later, pool, ways, dice)


class _Dice:
    """Dice of one week, a stream for each purpose."""

    def __init__(self, seed: int, week: int, people: int) -> None:
        self._key = (seed, week)
        self._people = people

    def of(self, purpose: str) -> np.random.Generator:
        """Return the dice of a purpose."""
        seed, week = self._key
        return stream(seed, "year", purpose, week)

    def are(self, purpose: str, chance: float | np.ndarray) -> Bool[np.ndarray, "people"]:
        """Return of each person whether it is so, by chance."""
        return self.of(purpose).random(self._people) < chance


def _like(pool: People, cluster: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return what others of the same knot have, one for each."""
    order = np.argsort(pool.cluster, kind="stable")
    first, end = (
        np.searchsorted(pool.cluster[order], cluster, side=side) for side in ("left", "right")
    )
    row = order[first + (rng.random(len(cluster)) * (end - first)).astype(np.int64)]
    return {name: getattr(pool, name)[row] for name in COLUMNS}


def _going_on(life: Life, left: set[int], ways: Ways, dice: _Dice) -> list[Sitting]:
    """Return the circles that people did not end, without those who left."""
    closes = dice.of("close").random(len(life.circles)) < ways.closes
    found = []
    for one, would_close in zip(life.circles, closes.tolist(), strict=True):
        ids = tuple(i for i in one.ids if i not in left)
        is_over = one.met % ways.arc == 0 and would_close
        if ids and not is_over and one.short < ways.patience:
            found.append(one._replace(ids=ids))
    return found


def _blocks(people: People, circles: Sequence[Sitting], ways: Ways, dice: _Dice) -> np.ndarray:
    """Return who will not meet whom again: two who sit together, two of one knot."""
    rng = dice.of("block")
    row = {i: at for at, i in enumerate(people.id.tolist())}
    found = [
        [row[one.ids[at]] for at in rng.choice(len(one.ids), 2, replace=False)]
        for one in circles
        if rng.random() < ways.blocks and len(one.ids) > 1
    ]
    inside = np.array(found, np.int32).reshape(-1, 2)
    some = np.flatnonzero(rng.random(len(people)) < ways.blocks_outside)
    outside = np.stack([some, _one_of_their_knot(people, some, rng)], axis=1).astype(np.int32)
    return np.concatenate([inside, outside[outside[:, 0] != outside[:, 1]]])


def _one_of_their_knot(people: People, some: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    order = np.argsort(people.cluster, kind="stable")
    knot, asked = people.cluster[order], people.cluster[some]
    first, end = (np.searchsorted(knot, asked, side=side) for side in ("left", "right"))
    one: np.ndarray = order[first + (rng.random(len(some)) * (end - first)).astype(np.int64)]
    return one


def _with_newcomers(life: Life, pool: People, ways: Ways, dice: _Dice) -> Life:
    """Return life with so many who offer for the first time that as many are here as at first."""
    many = max(0, len(pool) - int((~life.away).sum()))
    rng, people = dice.of("newcomers"), life.people
    one, others = rng.integers(0, len(pool), (2, many))
    like = {name: getattr(pool, name)[one] for name in COLUMNS}
    for name in ("practices", "gives", "receives", "roles"):
        like[name] = getattr(pool, name)[others]
    like["week"] = _like(pool, like["cluster"], rng)["week"]
    like["id"] = life.next_id + np.arange(many)
    like["days"] = rng.integers(0, 15, many).astype(np.int32)
    like["steadiness"] = rng.integers(0, 2, many).astype(np.uint8)
    like["weeks_waiting"] = np.zeros(many, np.int32)
    columns = {name: np.concatenate([getattr(people, name), like[name]]) for name in COLUMNS}
    grown = People(**columns, ties=people.ties, exclusions=people.exclusions)
    brought = np.flatnonzero(rng.random(many) < ways.brought) + len(people)
    ties = np.stack([brought, _one_of_their_knot(grown, brought, rng)], axis=1).astype(np.int32)
    known = np.concatenate([people.ties, ties[ties[:, 0] != ties[:, 1]]])
    never = np.zeros(many, np.bool_)
    return life._replace(
        people=People(**columns, ties=known, exclusions=people.exclusions),
        away=np.concatenate([life.away, never]),
        moved=np.concatenate([life.moved, never]),
        sat=np.concatenate([life.sat, np.zeros(many, np.int64)]),
        next_id=life.next_id + many,
    )
