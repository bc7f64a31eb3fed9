"""Whom a tap would ring, as the page shows them before it."""

from datetime import datetime

from kith.web.people.models import Person
from kith.web.reach import access, queries
from kith.web.reach.bridge import choosing
from kith.web.reach.queries import Shown


def who_would_ring(person: Person, *, at: datetime, language: str) -> list[Shown]:
    """Return whom a tap would ring at this moment, as far as anything stays as it is."""
    plan = queries.plan_of(person, at=at)
    chosen = choosing.chosen_for(person, plan=plan, at=at, language=language)
    known = {one.pk: str(one) for one in access.those(one.key for one in chosen if one.is_known)}
    return [Shown(called=known.get(one.key, ""), is_known=one.key in known) for one in chosen]
