"""How help runs. No page shows what these read."""

from collections import Counter
from datetime import date, datetime
from typing import Final
from uuid import UUID

from kith.web.acts.choices import Help
from kith.web.acts.models import Act
from kith.web.notices.choices import About
from kith.web.notices.models import Notice
from kith.web.people.models import Person

# Of fewer acts than these the share of giving says nothing.
LEAST_ACTS: Final = 4


def was_told(person: Person, *, path: str, since: datetime) -> bool:
    """Return whether `person` was told of that page since then, whether or not they saw it."""
    told = Notice.objects.filter(person=person, about=About.REACH, path=path)
    return told.filter(made_at__gt=since).exists()


def shares_of_giving(*, since: date) -> list[tuple[Person, float]]:
    """Return given / (given + received) of each who took part in help a few times since that day."""
    given: Counter[UUID] = Counter()
    had: Counter[UUID] = Counter()
    helped = Act.objects.filter(on__gte=since, actor__isnull=False, other__isnull=False)
    for actor, other, help_ in helped.exclude(help=Help.NONE).values_list("actor", "other", "help"):
        if help_ in (Help.GIVEN, Help.BOTH):
            given[actor] += 1
            had[other] += 1
        if help_ in (Help.RECEIVED, Help.BOTH):
            given[other] += 1
            had[actor] += 1
    often = [key for key in given | had if given[key] + had[key] >= LEAST_ACTS]
    people = Person.objects.filter(pk__in=often, is_active=True).order_by("pk")
    return [(one, given[one.pk] / (given[one.pk] + had[one.pk])) for one in people]
