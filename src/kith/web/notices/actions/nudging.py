"""Somebody is nudged: once for all that waits, if it is not too often and not too late."""

from datetime import datetime

from django.db import transaction

from kith.web.notices import access, queries
from kith.web.notices.models import Delivery, Notice, Nudge
from kith.web.people.models import Person


@transaction.atomic
def nudge(*, person: Person, at: datetime) -> Nudge | None:
    """Return one nudge for all that `person` is to know, or None if it has to wait.

    What cannot wait goes at any hour, is not counted, and takes along what waited.
    """
    # Two workers at once must not both find that one more is allowed.
    Person.objects.select_for_update().get(pk=person.pk)
    waiting = [one for one in access.unseen_by(person, at=at) if one.nudge_id is None]
    is_urgent = any(one.is_urgent for one in waiting)
    if not waiting or not (is_urgent or queries.may_be_nudged(person, at=at)):
        return None
    made = Nudge.objects.create(
        person=person,
        intended_at=min(one.made_at for one in waiting),
        made_at=at,
        is_urgent=is_urgent,
    )
    Notice.objects.filter(pk__in=[one.pk for one in waiting]).update(nudge=made)
    Delivery.objects.bulk_create(_deliveries(made))
    return made


def _deliveries(made: Nudge) -> list[Delivery]:
    ways = queries.ways_of(made.person)
    when = {"nudge": made, "made_at": made.made_at, "next_try_at": made.made_at}
    found = [Delivery(subscription=way, **when) for way in ways.subscriptions]
    if ways.email is not None and ways.email.confirmed_at is not None:
        found.append(Delivery(email=ways.email, **when))
    return found
