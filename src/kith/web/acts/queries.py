"""Reads of the log for matching. No page shows what they say."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from kith.web.acts.choices import Help, Kind, Mode
from kith.web.acts.models import Act
from kith.web.people.models import Person

Knot = tuple[str, int]


def came_most_to(*, since: date) -> dict[UUID, Knot]:
    """Return the setting and its number to which each person came most since then.

    Of two to which they came equally often it is that of the lower number.
    """
    came = Act.objects.filter(on__gte=since, actor__isnull=False, number__isnull=False)
    counted = (
        came.exclude(kind=Kind.THANKED)
        .values_list("actor_id", "setting", "number")
        .annotate(times=Count("on", distinct=True))
        .order_by("times", "-setting", "-number")
    )
    # The last word on somebody is where they came most often.
    return {actor: (setting, number) for actor, setting, number, _times in counted}


def help_of(person: Person, *, since: date) -> tuple[int, int]:
    """Return how often `person` helped and was helped since then: for a rule, and no page."""
    theirs, of_others = Q(actor=person), Q(other=person)
    gave = Q(theirs, help__in=(Help.GIVEN, Help.BOTH)) | Q(of_others, help=Help.RECEIVED)
    gave |= Q(of_others, help=Help.BOTH)
    got = Q(theirs, help__in=(Help.RECEIVED, Help.BOTH)) | Q(of_others, help=Help.GIVEN)
    got |= Q(of_others, help=Help.BOTH)
    acts = Act.objects.filter(theirs | of_others, on__gte=since).exclude(other=None)
    found = acts.aggregate(given=Count("pk", filter=gave), received=Count("pk", filter=got))
    return found["given"], found["received"]


def have_been_together(one: Person, other: Person) -> bool:
    """Return whether two people have met before, face to face or by video, as far as the log knows."""
    ways = Q(actor=one, other=other) | Q(actor=other, other=one)
    return Act.objects.filter(ways, mode__in=(Mode.IN_PERSON, Mode.VIDEO)).exists()


def acts_among(people: Iterable[UUID], *, since: date) -> list[Act]:
    """Return what these people did with each other since then, the first first: for a study."""
    keys = list(people)
    found = Act.objects.filter(actor__in=keys, other__in=keys, on__gte=since)
    return list(found.order_by("on", "pk"))
