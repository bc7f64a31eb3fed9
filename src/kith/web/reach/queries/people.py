"""Reads for the pages of those who ask, are rung, or let themselves be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kith.web.people.models import Person
from kith.web.plans import queries as plans
from kith.web.reach import access
from kith.web.reach.choices import RingState
from kith.web.reach.models import Reach, Ring


@dataclass(frozen=True, slots=True)
class Shown:
    """One who is rung, as the asker sees them: by name only if they know each other."""

    called: str
    is_known: bool
    is_ringing: bool = True


def plan_of(person: Person, *, at: datetime) -> list[UUID]:
    """Return the keys of those of their plan who may be rung by `person` at this moment, in order."""
    return [one.pk for one in plans.people_of(person, at=at)]


def rung_for(reach: Reach) -> list[Shown]:
    """Return who is rung for `reach`. Whoever said not now looks like whoever does not hear it."""
    rings = access.seen_rings(reach)
    shown = (RingState.RINGS, RingState.DECLINED)
    return [_shown(ring) for ring in rings if ring.state in shown]


def _shown(ring: Ring) -> Shown:
    return Shown(called=str(ring.person) if ring.is_known else "", is_known=ring.is_known)
