"""Between what people ask and offer, and the rules of the core that put it in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from kith.core.service import Candidate, against, in_order, other_door, shares_read, squares_within
from kith.web.acts import queries as acts
from kith.web.kit import parameters
from kith.web.people import queries as people
from kith.web.people.choices import Topic
from kith.web.people.choices.week import PARTS, Week, part_of_day, unpacked
from kith.web.people.models import Cell, Person
from kith.web.people.models.cell import PER_DEGREE
from kith.web.service import access
from kith.web.service.access import Company
from kith.web.service.choices import (
    DAYS,
    LOOKED_BACK,
    REACH_KM,
    SHOWN_MOST,
    Place,
    Side,
    bit_of,
)
from kith.web.service.models import Errand

_AT_ONCE: Final = 20
_ONLINE: Final = 2
# Half-hours of a part of a day that somebody has to have, for anything to fit into it.
_AN_HOUR: Final = 2


@dataclass(frozen=True, slots=True)
class Around:
    """Where and when somebody could take something up, and with whom they have to do already.

    Args:
        rings: Of each square within reach, by its digest: how far away it is.
        parts: The parts of a week in which they have time; 0 if they never said.
        home: Around where they live, if they said it.
    """

    rings: Mapping[str, int]
    parts: int
    home: Cell | None
    company: Company

    def ring_of(self, square: str) -> int:
        """Return how far away a square is; what is done online is near to nobody."""
        return self.rings.get(square, _ONLINE)


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One ask or offer of somebody else, and whether it is of their own people or how far away."""

    errand: Errand
    is_of_a_circle: bool
    ring: int


def around(person: Person, *, at: datetime) -> Around:
    """Return where, when and with whom `person` could do something."""
    said = people.said_by_each([person.pk])[person.pk]
    home = Cell(*said[Topic.HOME]) if Topic.HOME in said else None
    hours = unpacked(said[Topic.HOURS]["week"]) if Topic.HOURS in said else frozenset()
    return Around(rings_around(home), _mask(hours), home, access.company_of(person, at=at))


def rings_around(home: Cell | None) -> dict[str, int]:
    """Return the squares within reach of `home` by their digests, and how far away each is."""
    rings = dict.fromkeys(access.squares_of(access.ONLINE), _ONLINE)
    if home is None:
        return rings
    within = squares_within(home.row, home.column, per_degree=PER_DEGREE, reach_km=REACH_KM)
    for square in within:
        cell = Cell(square.row, square.column)
        rings |= dict.fromkeys(access.squares_of(cell), square.ring)
    return rings


def shelf_for(person: Person, near: Around, *, at: datetime) -> list[OnShelf]:
    """Return what others ask and offer that `person` could take up, what fits best first."""
    first = access.first_of(person, near=near.rings, company=near.company, parts=near.parts, at=at)
    by_number = {row["pk"]: _candidate(row, near, at) for row in first}
    order = in_order(by_number.values(), parts=near.parts)
    shelf: list[OnShelf] = []
    for begin in range(0, len(order), _AT_ONCE):
        some = order[begin : begin + _AT_ONCE]
        found = {errand.pk: errand for errand in access.still_open(person, some)}
        shelf += [_on_shelf(found[n], by_number[n]) for n in some if n in found]
        if len(shelf) >= SHOWN_MOST:
            break
    return shelf[:SHOWN_MOST]


def refused_by(words: str) -> str:
    """Return why `words` are not taken: "money", "lending", "contact"; "" if nothing is the matter."""
    found = against(words)
    return found.value if found else ""


def door_for(person: Person, *, at: datetime) -> Side | None:
    """Return which side of help `person` is to be invited to, if any; see `core.service.doors`."""
    given, received = acts.help_of(person, since=(at - LOOKED_BACK).date())
    door = other_door(
        given=given,
        received=received,
        days_here=(timezone.localdate(at) - person.joined_on).days,
        shares=shares_read(str(parameters.value("reciprocity.balance_nudge"))),
        least=parameters.whole("service.min_per_month"),
        after_days=parameters.whole("service.prompt_after_days"),
    )
    return Side(door.value) if door else None


def have_met(one: Person, other: Person) -> bool:
    """Return whether two people were together before, as far as the log of acts knows."""
    return acts.have_been_together(one, other)


def _candidate(row: Mapping[str, Any], near: Around, at: datetime) -> Candidate:
    # Hours of what is done from afar may be of another clock: they are asked, not reckoned.
    is_online = row["place"] == Place.ONLINE
    return Candidate(
        number=row["pk"],
        is_of_a_circle=row["by_id"] in near.company.all,
        ring=near.ring_of(row["square"]),
        parts=0 if is_online else row["parts"],
        ends_in=(row["ends_at"] - at).total_seconds(),
    )


def _on_shelf(errand: Errand, candidate: Candidate) -> OnShelf:
    return OnShelf(errand, candidate.is_of_a_circle, candidate.ring)


def _mask(hours: Week) -> int:
    """Return the parts of a week of which these half-hours hold an hour."""
    return sum(
        bit_of(day, part)
        for day in DAYS
        for part in PARTS
        if len(part_of_day(day, part) & hours) >= _AN_HOUR
    )


def has_home(person: Person) -> bool:
    """Return whether `person` said around where they live."""
    return people.home_cell_of(person) is not None
