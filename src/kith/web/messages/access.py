"""The doors of messages: with whom somebody may speak, and what has not faded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from kith.web.messages.models import FADES_AFTER, Ground, Message
from kith.web.people.models import Person
from kith.web.safety import access as safety

# More than that nobody needs to arrange a meeting, and the page has to end.
SHOWN_MOST = 100


@dataclass(frozen=True, slots=True)
class Conversation:
    """What two people said to each other and has not faded, oldest first, and whether it goes on."""

    person: Person
    other: Person
    grounds: list[Ground]
    messages: list[Message]

    @property
    def is_open(self) -> bool:
        """Whether anything new may be said."""
        return bool(self.grounds)


def open_conversation(person: Person, reference: str, *, at: datetime) -> Conversation:
    """Return what `person` and whom a page showed as `reference` say to each other.

    Raises:
        Http404: If they have no ground and nothing that is left of one, or no longer see each other.
    """
    return conversation_with(person, safety.open_person(person, reference), at=at)


def conversation_with(person: Person, other: Person, *, at: datetime) -> Conversation:
    """Return what `person` and `other`, who see each other, say to each other.

    Raises:
        Http404: If they have no ground, and nothing that is left of one.
    """
    grounds = list(open_grounds(person, at=at).filter(_ends(other)))
    newest = list(unfaded(person, at=at).filter(Q(by=other) | Q(to=other))[:SHOWN_MOST])
    if not grounds and not newest:
        raise Http404
    return Conversation(person, other, grounds, newest[::-1])


def open_by_ground(person: Person, number: int) -> Person:
    """Return with whom `person` has, or had, the ground with this number.

    Raises:
        Http404: If it is not theirs, or they no longer see each other.
    """
    ground = Ground.objects.filter(_ends(person), pk=number)
    # In one question: how long it takes must not tell whether they are apart, or it never was.
    ends = Q(pk__in=ground.values("low")) | Q(pk__in=ground.values("high"))
    other = safety.visible_to(person).exclude(pk=person.pk).filter(ends).first()
    if other is None:
        raise Http404
    return other


def open_grounds(person: Person, *, at: datetime) -> QuerySet[Ground]:
    """Return why `person` may write to anybody now."""
    is_open = Q(until=None) | Q(until__gt=at)
    return Ground.objects.filter(_ends(person), is_open).order_by("pk")


def unfaded(person: Person, *, at: datetime) -> QuerySet[Message]:
    """Return what `person` wrote and was written, the newest first, none of it faded."""
    mine = Message.objects.filter(Q(by=person) | Q(to=person), at__gt=at - FADES_AFTER)
    return mine.order_by("-at", "-pk")


def visible_among(person: Person, keys: set[UUID]) -> list[Person]:
    """Return whom of these `person` still sees."""
    return list(safety.visible_to(person).filter(pk__in=keys))


def _ends(person: Person) -> Q:
    return Q(low=person) | Q(high=person)
