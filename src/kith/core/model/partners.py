"""Whom a feature brings people together with: found by the app's own engines where it has one."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int32, Int64

from kith.core.matching import IN_PERSON, ONLINE, Circles, People
from kith.core.matching.pairs import pair_up
from kith.core.matching.regions import form_in_regions
from kith.core.matching.search import Effort
from kith.core.model.world import NOBODY
from kith.core.population.hours import share_free
from kith.core.population.town import FIRST_DAYS, NEW_DAYS, Town
from kith.core.reach import ANYBODY, Asker, Crowd, choose
from kith.core.rng import key, stream

Partners = Int32[np.ndarray, "people _"]
# A degree north is so many kilometers; a town lies at the equator, where east is alike.
_KM_A_DEGREE = 111.2
_REACH_KM = 15.0
_REGION = 25_000
# People who go to the same gathering, of whom each talks with some; and weeks of new partners.
_GATHERING, _WEEKS = 25, 4
_TIED_MOST = 12
_STEADY_DAYS = 365
# The chance that somebody who is free picks up when rung (a design choice).
_PICKS_UP = 0.6
_NOON_S = 12 * 3600.0


class Found(NamedTuple):
    """Whom each may meet. Args: kept: chance that one of them is there, where it is known."""

    partners: Partners
    kept: float | None = None


def people_of(town: Town) -> tuple[People, Int64[np.ndarray, "here"]]:
    """Return those of a town who are here as the matching engine takes people, and their rows."""
    rows = np.flatnonzero(town.is_here)
    spot = town.places[town.home[rows]] / _KM_A_DEGREE
    days = town.days[rows]
    steady = np.where(days >= _STEADY_DAYS, 2, (days >= NEW_DAYS).astype(np.int64))
    place = np.full(town.people, NOBODY, np.int64)
    place[rows] = np.arange(len(rows))
    network = town.network
    strong = (network.company > np.float32(0.5)) & (network.holder < network.other)
    return People.of(
        {
            "id": rows,
            "mode": np.full(len(rows), IN_PERSON | ONLINE),
            "latitude": spot[:, 1],
            "longitude": spot[:, 0],
            "reach_km": np.full(len(rows), _REACH_KM),
            "languages": np.ones(len(rows), np.uint64),
            "week": town.week[rows],
            "practices": town.practices[rows],
            "gives": town.gives[rows],
            "receives": town.receives[rows],
            # Whoever is in a lapse begins anew: the engine lets a circle have few of them.
            "days": np.where(town.is_using[rows], np.minimum(days, FIRST_DAYS - 1), days),
            "steadiness": np.where(town.is_using[rows], 0, steady),
            "cluster": town.home[rows] + 1,
            "ties": np.stack([place[network.holder[strong]], place[network.other[strong]]], axis=1),
        }
    ), rows


def circles(town: Town, *, seed: int) -> tuple[Circles, Int64[np.ndarray, "here"]]:
    """Return circles by the matching engine, of rows of those who are here, and their rows."""
    people, rows = people_of(town)
    # Less hard than in earnest: a town is made many times, and a design hangs little on the last
    # twentieth of what its circles are worth.
    effort = Effort(0.3, wide=24, aim=200, few=max(1, min(32, len(people) - 1)), lines=12)
    return form_in_regions(people, seed=seed, most=_REGION, effort=effort), rows


def in_circles(town: Town, *, seed: int, lapses_together: bool = False) -> Partners:
    """Return the others of the circle of each.

    Where lapses go together, the same seats are taken by the same people in another order: those
    who are in a lapse first, by lot, then the newest, so that circles fill with the least steady.
    Nobody gets or loses a seat.
    """
    formed, rows = circles(town, seed=seed)
    member = np.where(formed.member == NOBODY, NOBODY, rows[np.maximum(formed.member, 0)])
    if lapses_together:
        seats = member != NOBODY
        seated = member[seats]
        lot = stream(seed, "design", "seats").random(len(seated))
        days = np.where(town.is_using[seated], -1, town.days[seated])
        member[seats] = seated[np.lexsort((lot, days))]
    return _others(member, town.people)


def in_pairs(town: Town, *, seed: int) -> Partners:
    """Return the partners each has over some weeks, another one every week."""
    people, rows = people_of(town)
    table = np.full((town.people, _WEEKS), NOBODY, np.int32)
    last = None
    for week in range(_WEEKS):
        last = pair_up(people, seed=key(seed, "design", "pairs", week) >> 1, last=last)
        one, other = rows[last.member].T if len(last) else np.empty((2, 0), np.int64)
        table[one, week], table[other, week] = other, one
    # Two who come together again some weeks later are partners once.
    for week in range(1, _WEEKS):
        again = (table[:, :week] == table[:, week, None]).any(axis=1)
        table[again, week] = NOBODY
    return _packed(table)


def at_gatherings(town: Town, *, seed: int) -> Partners:
    """Return whom each talks with at a gathering of their place, as the list would send them."""
    dice = stream(seed, "design", "gatherings")
    here = np.flatnonzero(town.is_here)
    order = here[np.lexsort((dice.random(len(here)), town.home[here]))]
    size = np.bincount(town.home[here], minlength=len(town.places))
    within = np.arange(len(order)) - np.repeat(np.cumsum(size) - size, size)
    gatherings = np.maximum(size // _GATHERING, 1)
    gathering = np.minimum(within // _GATHERING, np.repeat(gatherings, size) - 1)
    label = np.cumsum(
        np.concatenate([[False], np.diff(town.home[order]) + np.diff(gathering) != 0])
    )
    return _some_of_the_same(order, label, town.people, 12)


def in_service(town: Town) -> Partners:
    """Return those nearest to each whose wishes meet what they can give, or the other way."""
    network = town.network
    holder, other = network.holder, network.other
    meets = (town.gives[holder] & town.receives[other]) | (
        town.gives[other] & town.receives[holder]
    )
    rank = np.where(meets != 0, 1.0, 0.0) + network.company
    return _best(holder, other, rank, town.people, 4)


def to_reach(town: Town, *, seed: int) -> Found:
    """Return who is rung when each reaches, by the app's own rule, and how often one answers.

    Everybody here agrees to be rung. The plan holds the tie one trusts most in; the others are
    chosen among those of the same place. One answers if free, which is by their hours, and if
    they pick up then:

        P(answered) = 1 - product over those rung of (1 - .6 * share of the week that is free)
    """
    dice = stream(seed, "design", "reach")
    partners = np.full((town.people, 3), NOBODY, np.int32)
    here = np.flatnonzero(town.is_here)
    order = here[np.argsort(town.home[here], kind="stable")]
    ends = np.cumsum(np.bincount(town.home[order], minlength=len(town.places)))
    for rows in np.split(order, ends[:-1]):
        if len(rows) > 1:
            _ring(town, rows, dice, partners)
    free = share_free(town.week)
    missed = np.where(partners == NOBODY, 1.0, 1.0 - _PICKS_UP * free[np.maximum(partners, 0)])
    return Found(partners, float((1 - missed.prod(axis=1))[here].mean()))


def _ring(
    town: Town, rows: Int64[np.ndarray, "some"], dice: np.random.Generator, partners: Partners
) -> None:
    """Fill in who is rung by each person of one place."""
    place = np.full(town.people, NOBODY, np.int64)
    place[rows] = np.arange(len(rows))
    crowd = _crowd(town, rows)
    none = np.empty(0, np.int64)
    network = town.network
    for at, row in enumerate(rows.tolist()):
        ties = slice(network.start[row], network.start[row + 1])
        near = place[network.other[ties]]
        is_near = near != NOBODY
        near, trust = near[is_near], network.trust[ties][is_near].astype(np.float64)
        best = near[[int(trust.argmax())]] if len(near) else none
        asker = Asker(_NOON_S, 1, best, none, near, trust, np.array([at]))
        chosen = choose(crowd, asker, dice).person
        partners[row, : len(chosen)] = rows[chosen]


def _crowd(town: Town, rows: Int64[np.ndarray, "some"]) -> Crowd:
    """Return those who may be rung: all of one place who are not new, at any hour."""
    crowd = Crowd.of(len(rows))
    crowd.open_to[:] = ANYBODY
    crowd.is_new[:] = (town.days[rows] < NEW_DAYS) | town.is_using[rows]
    crowd.is_in_hours[:] = True
    crowd.is_awake[:] = True
    crowd.languages[:] = 1
    crowd.most_a_day[:] = crowd.most_a_week[:] = 100
    return crowd


def fewer(partners: Partners, most: int) -> Partners:
    """Return the first `most` partners of each, so that fewer are among the more."""
    return np.ascontiguousarray(partners[:, : max(most, 1)])


def has_partner(partners: Partners) -> Bool[np.ndarray, "people"]:
    """Return who has any."""
    return np.asarray((partners != NOBODY).any(axis=1))


def _others(member: np.ndarray, people: int) -> Partners:
    """Return for each person the others of their circle."""
    width = member.shape[1]
    table = np.full((people, max(width - 1, 1)), NOBODY, np.int32)
    for seat in range(width):
        rest = np.delete(member, seat, axis=1)
        is_taken = member[:, seat] != NOBODY
        table[member[is_taken, seat], : width - 1] = rest[is_taken]
    return _packed(table)


def _packed(table: Partners) -> Partners:
    """Return the table with each row's partners first and NOBODY after them."""
    order = np.argsort(table == NOBODY, axis=1, kind="stable")
    return np.take_along_axis(table, order, axis=1)


def _some_of_the_same(
    order: Int64[np.ndarray, "here"], label: Int64[np.ndarray, "here"], people: int, most: int
) -> Partners:
    """Return up to `most` others of the same label for each, those who stand next in a ring."""
    table = np.full((people, most), NOBODY, np.int32)
    size = np.bincount(label)
    first = np.cumsum(size) - size
    at = np.arange(len(order)) - first[label]
    for step in range(1, most + 1):
        next_ = first[label] + (at + step) % size[label]
        is_other = step < size[label]
        table[order[is_other], step - 1] = order[next_[is_other]]
    return table


def _best(
    holder: Int64[np.ndarray, "ties"],
    other: Int32[np.ndarray, "ties"],
    rank: np.ndarray,
    people: int,
    most: int,
) -> Partners:
    """Return for each person up to `most` others of their ties, the highest rank first."""
    order = np.lexsort((-rank, holder))
    start = np.searchsorted(holder[order], np.arange(people))
    place = np.arange(len(order)) - start[holder[order]]
    table = np.full((people, most), NOBODY, np.int32)
    kept = place < most
    table[holder[order][kept], place[kept]] = other[order][kept]
    return table
