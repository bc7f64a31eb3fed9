"""Who is rung for somebody: their plan, circles, ties and distances to rows, and a choice back."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

import numpy as np
from django.conf import settings

from kith.core import reach as core
from kith.core import rng
from kith.core.ties import RULE as TIE_RULE
from kith.web.people.models import Person
from kith.web.reach import access
from kith.web.reach.bridge import shelf as shelves
from kith.web.reach.bridge.numbers import rule

log = logging.getLogger(__name__)

# The same person who asks twice within so long is shown and rung the same people.
_BLOCK_S: Final = 600
# Who sits in a circle together speaks to each other already.
_ANY_LANGUAGE: Final = 2**64 - 1
_EPOCH: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Chosen:
    """One who is to be rung, how likely that was, and whether the asker knows them."""

    key: UUID
    p: float
    is_known: bool
    in_plan: bool
    in_circle: bool


def seed_of(person: Person, *, at: datetime) -> int:
    """Return the seed of the dice for `person` around this moment."""
    bits = rng.key(person.pk.int % 2**63, "reach", int(at.timestamp()) // _BLOCK_S)
    return bits % 2**63


def chosen_for(
    person: Person,
    *,
    plan: list[UUID],
    at: datetime,
    language: str,
    besides: frozenset[UUID] = frozenset(),
    ring_s: float | None = None,
) -> list[Chosen]:
    """Return who is to be rung for `person`, in the order of choice; none of `besides`.

    With `ring_s` they count as being rung for so long from now on, so that nobody else is given
    them; whoever asked must `take_back` those whom they do not ring.
    """
    near, ties, kept_apart = access.around(person.pk)
    spoken = access.spoken_by(person.pk) or [language or settings.LANGUAGE_CODE]
    apart = kept_apart | besides
    shelf = shelves.current()
    with shelf.lock:
        shelf.look(at=at)
        shelf.take_in([*plan, *near])
        tied, strength = _tied(shelf, person.pk, ties, at)
        asker = core.Asker(
            now_s=at.timestamp(),
            languages=shelf.mask(spoken),
            plan=shelf.numbered(plan),
            circle=shelf.numbered(near),
            tied=tied,
            strength=strength,
            apart=shelf.numbered(apart),
        )
        numbers = rule()
        dice = rng.stream(seed_of(person, at=at), "who", len(besides))
        choice = core.choose(shelf.crowd, asker, dice, numbers)
        faults = core.faults_of(choice, shelf.crowd, asker, numbers)
        if faults:
            # Plain code looked at it: a bug. Nobody is rung, and the lines are there at once.
            log.error("A choice of people to ring was wrong: %s", faults)
            return []
        rows = choice.person.tolist()
        if ring_s is not None:
            shelf.rang(rows, at_s=asker.now_s, until_s=asker.now_s + ring_s)
        known = {*plan, *near, *(shelf.keys[row] for row in tied.tolist())}
        return [
            Chosen(key, float(p), is_known=key in known, in_plan=key in plan, in_circle=key in near)
            for key, p in zip((shelf.keys[row] for row in rows), choice.p, strict=True)
        ]


def circle_for(mates: Collection[UUID], *, at: datetime) -> list[Chosen]:
    """Return all of `mates`, who sit in a circle with somebody, who may be rung now: no choice is made."""
    shelf = shelves.current()
    with shelf.lock:
        shelf.look(at=at)
        shelf.take_in(list(mates))
        rows = shelf.numbered(mates)
        nobody = np.array([], np.int64)
        asker = core.Asker(
            now_s=at.timestamp(),
            languages=_ANY_LANGUAGE,
            plan=nobody, circle=rows, tied=nobody, strength=nobody.astype(np.float64), apart=nobody,
        )  # fmt: skip
        may = core.may_be_rung(shelf.crowd, asker, rule())
        keys = [shelf.keys[row] for row in rows.tolist() if may[row]]
    return [Chosen(key, 1.0, is_known=True, in_plan=False, in_circle=True) for key in keys]


def were_asked(keys: list[UUID], *, at: datetime) -> None:
    """Count these as rung once more; they are not busy with it."""
    shelf = shelves.current()
    with shelf.lock:
        shelf.rang(shelf.numbered(keys).tolist(), at_s=at.timestamp(), until_s=at.timestamp())


def take_back(keys: list[UUID], *, until: datetime) -> None:
    """Count these as not rung; nobody is given them until then."""
    shelf = shelves.current()
    with shelf.lock:
        shelf.rang_not(shelf.numbered(keys).tolist(), until_s=until.timestamp())


def freed(keys: list[UUID]) -> None:
    """Count these as not being rung any more."""
    shelf = shelves.known()
    if shelf is not None:
        with shelf.lock:
            shelf.free(keys)


def talks(key: UUID, *, until: datetime) -> None:
    """Count this person as talking until then."""
    shelf = shelves.known()
    if shelf is not None:
        with shelf.lock:
            shelf.hold(key, until_s=until.timestamp())


def _tied(
    shelf: shelves.Shelf,
    me: UUID,
    ties: list[tuple[UUID, UUID, float, float]],
    at: datetime,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of those tied to `me`, and how strongly each is now."""
    today = at.astimezone(UTC).date().toordinal() - _EPOCH
    rows, strength = [], []
    for low, high, since, day in ties:
        row = shelf.rows.get(high if low == me else low)
        if row is not None:
            rows.append(row)
            strength.append(since * 2.0 ** (-max(0.0, today - day) / TIE_RULE.half_life_days))
    return np.array(rows, np.int64), np.array(strength, np.float64)
