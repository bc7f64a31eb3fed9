"""The doors of safety: who may see whom, and who is among others at all."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause


class PausedError(RefusalError):
    """Somebody is in, and is not among others for a while."""


def apart_from(person: Person) -> frozenset[UUID]:
    """Return the keys of those who blocked `person` or whom `person` blocked."""
    rows = Distance.objects.filter(Q(by=person) | Q(whom=person), kind=Kind.BLOCK)
    ends = rows.values_list("by_id", "whom_id")
    return frozenset(one for pair in ends for one in pair) - {person.pk}


def are_apart(one: Person, other: Person) -> bool:
    """Return whether either of two people blocked the other: then neither sees the other."""
    ways = Q(by=one, whom=other) | Q(by=other, whom=one)
    return Distance.objects.filter(ways, kind=Kind.BLOCK).exists()


def not_together(people_: AbstractSet[UUID]) -> frozenset[tuple[UUID, UUID]]:
    """Return the pairs among these who are never to be brought together, the lower key first."""
    rows = Distance.objects.filter(
        by__in=people_, whom__in=people_, kind__in=(Kind.BLOCK, Kind.AVOID)
    )
    ends = rows.values_list("by_id", "whom_id")
    return frozenset((min(pair, key=int), max(pair, key=int)) for pair in ends)


def visible_to(person: Person) -> QuerySet[Person]:
    """Return the people whom `person` may meet on a page: none who is apart, paused or gone."""
    others = Person.objects.filter(is_active=True).exclude(pk__in=apart_from(person))
    return others.exclude(pause__until__gt=timezone.now())


def open_person(person: Person, reference: str) -> Person:
    """Return whom a page showed to `person` under `reference`.

    Raises:
        Http404: If it showed nobody so, or they no longer see each other.
    """
    # The same questions whoever it is, or nobody: how long it takes must not tell why it is closed.
    seen = visible_to(person).exclude(pk=person.pk)
    other = seen.filter(pk=people.referred(person, reference)).first()
    if other is None:
        raise Http404
    return other


def paused_until(person: Person) -> Pause | None:
    """Return the pause that holds for `person` now."""
    return Pause.objects.filter(person=person, until__gt=timezone.now()).first()


def me_among_others(request: HttpRequest) -> Person:
    """Return the person who asks, if they may do something with others.

    Raises:
        StrangerError: If nobody is in.
        PausedError: If a steward paused them.
    """
    person = people.me(request)
    pause = paused_until(person)
    if pause is not None:
        raise PausedError(
            _(
                "A steward has asked you to pause until %(day)s. You can find gatherings, reach "
                "the lines, and see and take all that is yours."
            )
            % {"day": date_format(timezone.localtime(pause.until), _("j F Y"))}
        )
    return person
