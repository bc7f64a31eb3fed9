"""Reads for the pages of messages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kith.web.messages import access
from kith.web.messages.access import Conversation
from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.safety import access as safety


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody on the page: what they are called, and by what the page's addresses call them."""

    person: Person
    reference: str


@dataclass(frozen=True, slots=True)
class Others:
    """With whom somebody may speak, and with whom they did, by name."""

    to_write_to: list[Shown]
    fading: list[Shown]


def others_of(person: Person, *, at: datetime) -> Others:
    """Return whom `person` may write to, and whose words to them or theirs to whom still fade."""
    ends = access.open_grounds(person, at=at).values_list("low_id", "high_id")
    written = access.unfaded(person, at=at).order_by().values_list("by_id", "to_id").distinct()
    now = {key for pair in ends for key in pair} - {person.pk}
    before = {key for pair in written for key in pair} - {person.pk} - now
    seen = sorted(access.visible_among(person, now | before), key=_by_name)
    return Others(
        to_write_to=[_shown(other, person) for other in seen if other.pk in now],
        fading=[_shown(other, person) for other in seen if other.pk in before],
    )


def writes_first(conversation: Conversation) -> bool:
    """Return whether `conversation.other` is to write first, being new here.

    Once they wrote it is an answer. Hosts may write first to whoever said that hosts may.
    """
    person, other = conversation.person, conversation.other
    if any(message.by_id == other.pk for message in conversation.messages):
        return False
    hosts = [g for g in conversation.grounds if g.reason == Reason.GATHERING_HOST]
    is_host = any(ground.is_hosted_by(person) for ground in hosts)
    return not safety.may_write_first(person, other, as_host=is_host)


def grounds_between(one: Person, other: Person) -> list[Ground]:
    """Return why two people may write to each other, or might."""
    ways = Q(low=one, high=other) | Q(low=other, high=one)
    return list(Ground.objects.filter(ways).order_by("pk"))


def _shown(other: Person, person: Person) -> Shown:
    return Shown(other, people.reference_to(other, seen_by=person))


def _by_name(person: Person) -> tuple[str, int]:
    return str(person).casefold(), person.pk.int
