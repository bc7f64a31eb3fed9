"""Somebody lets themselves be rung, rests for a night, or does not any more; and takes turns."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kith.web.people.models import Person
from kith.web.reach.choices import OpenTo
from kith.web.reach.models import Turn, Willing

_A_NIGHT: Final = timedelta(hours=12)


def let(
    *,
    person: Person,
    open_to: OpenTo,
    only_in_hours: bool,
    most_a_day: int,
    most_a_week: int,
) -> Willing:
    """Let `person` be rung by these and so often, from now on."""
    said = {
        "open_to": open_to,
        "only_in_hours": only_in_hours,
        "most_a_day": most_a_day,
        "most_a_week": most_a_week,
        "rests_until": None,
        "changed_at": timezone.now(),
    }
    return Willing.objects.update_or_create(person=person, defaults=said)[0]


def let_not(*, person: Person) -> None:
    """Let nobody ring `person` any more, but those whose plan they said yes to."""
    Willing.objects.filter(person=person).delete()


def rest(*, person: Person, at: datetime) -> None:
    """Let nobody ring `person` tonight."""
    mine = Willing.objects.filter(person=person)
    mine.update(rests_until=at + _A_NIGHT, changed_at=timezone.now())


def changed(*, person: UUID) -> None:
    """Note that something changed of this person which the choice reads."""
    Willing.objects.filter(person=person).update(changed_at=timezone.now())


@transaction.atomic
def take_turns(*, person: Person, turns: set[tuple[int, int]]) -> None:
    """Let `person` keep the open room at these days and hours of the week, and at no others."""
    had = {(turn.weekday, turn.hour): turn for turn in Turn.objects.filter(person=person)}
    gone = [turn.pk for place, turn in had.items() if place not in turns]
    Turn.objects.filter(pk__in=gone).delete()
    Turn.objects.bulk_create(
        Turn(person=person, weekday=weekday, hour=hour)
        for weekday, hour in sorted(turns - had.keys())
    )
