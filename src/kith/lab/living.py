"""A year of a small simulated town: who lives there, who met whom, who was reached, who was lonely.

It is the model's own town and the model's own people; the demo makes rows of the app of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from jaxtyping import Float64, Int32

from kith.core.brain.parameters import parameters
from kith.core.brain.words import OXYTOCIN
from kith.core.model import reference
from kith.core.model.beginning import begin
from kith.core.model.design import Design, Feature
from kith.core.model.running import fading
from kith.core.model.settling import world_of
from kith.core.model.state import HELPED, NO_END, TIE_MET, TONE, State
from kith.core.model.tied import OTHER_END
from kith.core.model.world import EPOCHS_A_DAY, NOBODY, Arm, World
from kith.core.population.settings import TownSettings
from kith.core.population.town import Town, town
from kith.core.rng import stream

# A look at how lonely people are, every so many days.
LOOK: Final = 28
_PLACES: Final = 3
_PARTNERS: Final = 6


class Met(NamedTuple):
    """Two people were together, at something that both come to; `is_helped`: one helped the other."""

    day: int
    one: int
    other: int
    is_helped: bool


class Reached(NamedTuple):
    """One person wanted another, at a moment of their own, and had them."""

    day: int
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Year:
    """What a town's people are like, and what they did, by the places of people in lists.

    Args:
        goes: To which gatherings each goes, by number.
        free: In which half-hours of a week each is free, the first on Monday at midnight.
        likes, gives, receives: Numbers of what each likes, can give and would like to receive.
        joins: On which day each came to the town's kith; 0 is the first.
        new: Who was in their first thirty days when the year began.
        met, reached: In the order of days.
        lonely: How lonely each was at each look, from 0 to 1, under either of two arms: the list
            of gatherings alone, and a circle besides. Both are lived with the same dice.
    """

    goes: tuple[tuple[int, ...], ...]
    free: tuple[frozenset[int], ...]
    likes: tuple[tuple[int, ...], ...]
    gives: tuple[tuple[int, ...], ...]
    receives: tuple[tuple[int, ...], ...]
    joins: tuple[int, ...]
    new: tuple[bool, ...]
    met: tuple[Met, ...]
    reached: tuple[Reached, ...]
    lonely: Float64[np.ndarray, "2 looks people"]

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.goes)


def year_of(*, people: int, days: int, gatherings: int, weeks: int, seed: int) -> Year:
    """Return a year, or `days`, of a town of so many people and gatherings; the seed decides all.

    Args:
        people: 10 or more.
        days: Lived.
        gatherings: Which people may go to.
        weeks: Lived under either of the two arms of a study.
        seed: Of all chance.
    """
    ours = town(TownSettings(people=people, people_a_place=max(people // _PLACES, 10)), seed=seed)
    world = world_of(ours, seed=seed)
    goes = _goes(ours, gatherings, seed)
    joins = _joins(people, days, seed)
    lists = _arm(Feature.LISTINGS, _together(goes, seed))
    met, reached = _lived(world, lists, days=days, seed=seed)
    circles = _arm(Feature.CIRCLES, _in_circles(people, seed))
    return Year(
        goes=tuple(tuple(sorted(row)) for row in goes),
        free=tuple(_halves(row) for row in ours.week),
        likes=_numbers(ours.practices),
        gives=_numbers(ours.gives),
        receives=_numbers(ours.receives),
        joins=tuple(joins.tolist()),
        new=tuple((ours.days < LOOK).tolist()),
        met=tuple(one for one in met if one.day >= max(joins[one.one], joins[one.other])),
        reached=tuple(one for one in reached if one.day >= max(joins[one.one], joins[one.other])),
        lonely=np.stack([_lonely(world, arm, weeks, seed) for arm in (lists, circles)]),
    )


def _goes(ours: Town, gatherings: int, seed: int) -> list[list[int]]:
    """Return where each goes: something near home, and something anywhere."""
    dice = stream(seed, "living", "goes")
    near = dice.integers(0, max(gatherings // _PLACES, 1), ours.people)
    home = ours.home % _PLACES
    first = np.minimum(near * _PLACES + home, gatherings - 1)
    second = dice.integers(0, gatherings, ours.people)
    return [sorted({int(one), int(other)}) for one, other in zip(first, second, strict=True)]


def _joins(people: int, days: int, seed: int) -> Int32[np.ndarray, "people"]:
    """Return when each came: a third were there, the others came in the course of the year."""
    dice = stream(seed, "living", "joins")
    late = dice.integers(0, max(days - LOOK, 1), people)
    return np.where(dice.random(people) < 1 / 3, 0, late).astype(np.int32)


def _together(goes: list[list[int]], seed: int) -> Int32[np.ndarray, "people most"]:
    """Return with whom each comes together: some of those who go where they go."""
    dice = stream(seed, "living", "together")
    crowds: dict[int, list[int]] = {}
    for person, some in enumerate(goes):
        for one in some:
            crowds.setdefault(one, []).append(person)
    found = np.full((len(goes), _PARTNERS), NOBODY, np.int32)
    for person, some in enumerate(goes):
        others = sorted({other for one in some for other in crowds[one]} - {person})
        chosen = dice.permutation(others)[:_PARTNERS]
        found[person, : len(chosen)] = chosen
    return found


def _in_circles(people: int, seed: int) -> Int32[np.ndarray, "people most"]:
    """Return for each the others of a circle of six."""
    order = stream(seed, "living", "circles").permutation(people)
    found = np.full((people, _PARTNERS - 1), NOBODY, np.int32)
    for begin_at in range(0, people, _PARTNERS):
        table = order[begin_at : begin_at + _PARTNERS]
        for person in table:
            others = table[table != person]
            found[person, : len(others)] = others
    return found


def _arm(feature: Feature, partners: Int32[np.ndarray, "people most"]) -> Arm:
    """Return what people get of a feature at its usual dose."""
    design = Design(str(feature), feature)
    rate = np.float32(design.said("contacts_a_week") / (EPOCHS_A_DAY * 7))
    has_partner = (partners != NOBODY).any(1)
    return Arm(
        name=design.key,
        partners=partners,
        contact_rate=np.where(has_partner, rate, np.float32(0)),
        at_cue=design.said("at_cue"),
        reliability=design.said("reliability"),
        systems=design.fed,
        depth=design.said("depth"),
        gives=design.said("gives"),
        reach_q=design.said("reach_q"),
    )


def _epochs(world: World, arm: Arm, days: int, seed: int) -> Iterator[tuple[int, State]]:
    """Yield the town after each quarter of a day, with the day it was of."""
    state = begin(world, arm, parameters(), seed=seed)
    grown, shrunk = fading(0, days * EPOCHS_A_DAY)
    for epoch in range(days * EPOCHS_A_DAY):
        reference.live(state, grown[epoch : epoch + 1], shrunk[epoch : epoch + 1])
        yield epoch // EPOCHS_A_DAY, state


def _lived(world: World, arm: Arm, *, days: int, seed: int) -> tuple[list[Met], list[Reached]]:
    met: list[Met] = []
    reached: list[Reached] = []
    for day, state in _epochs(world, arm, days, seed):
        rows = np.flatnonzero(state.answered != NO_END)
        others = state.tied.ends[state.answered[rows], OTHER_END]
        for one, other, how in zip(rows, others, state.met[rows] & 3, strict=True):
            if how == TIE_MET:
                reached.append(Reached(day, int(one), int(other)))
            else:
                met.append(Met(day, int(one), int(other), bool(how == HELPED)))
    return met, reached


def _lonely(world: World, arm: Arm, weeks: int, seed: int) -> Float64[np.ndarray, "looks people"]:
    """Return how far each is from having company enough, at the beginning and every four weeks."""
    days = weeks * 7
    looks = [_wanting(begin(world, arm, parameters(), seed=seed))]
    for epoch, (day, state) in enumerate(_epochs(world, arm, days, seed), 1):
        if epoch % EPOCHS_A_DAY == 0 and (day + 1) % LOOK == 0:
            looks.append(_wanting(state))
    return np.stack(looks)


def _wanting(state: State) -> Float64[np.ndarray, "people"]:
    tone = state.brain[TONE + OXYTOCIN].astype(np.float64)
    return np.asarray(np.clip(1.0 - tone, 0.0, 1.0))


def _halves(week: np.ndarray) -> frozenset[int]:
    bits = sum(int(word) << (64 * place) for place, word in enumerate(week))
    return frozenset(half for half in range(336) if bits >> half & 1)


def _numbers(bits: np.ndarray) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(place for place in range(int(row).bit_length()) if int(row) >> place & 1)
        for row in bits
    )
