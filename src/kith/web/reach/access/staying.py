"""Company in a dangerous hour: whose it is, and who may be asked for it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import (
    Q,
)
from django.http import Http404

from kith.web.people.models import Person
from kith.web.reach.access.choosing import kept_apart_from, mates_of
from kith.web.reach.models import Company
from kith.web.safety import access as safety


def open_company(person: Person, token: str, *, at: datetime) -> Company:
    """Return the company called `token`, for the two in it, while they see each other.

    Raises:
        Http404: If it is of others, over, or the two keep apart.
    """
    mine = Company.objects.filter(
        Q(Q(person=person) & safety.is_seen_by(person, whom="other"))
        | Q(Q(other=person) & safety.is_seen_by(person, whom="person")),
        token=token,
        until__gt=at,
    )
    found = mine.select_related("person", "other").first()
    if found is None:
        raise Http404
    return found


def company_of(person: Person, *, at: datetime) -> Company | None:
    """Return the company that `person` asked for and that is not over, if they did."""
    return Company.objects.filter(person=person, until__gt=at).first()


def near_people(person: Person, plan: Collection[UUID]) -> list[Person]:
    """Return whom `person` may ask to stay and sees: of their plan, and who may be rung of their circles."""
    keys = (set(plan) | set(mates_of(person.pk))) - kept_apart_from(person.pk)
    seen = safety.visible_to(person).filter(pk__in=keys)
    return list(seen.filter(Q(pk__in=plan) | Q(willing__isnull=False)).order_by("pk"))
