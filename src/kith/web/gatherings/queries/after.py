"""Afterwards: who was there too and may be named, whom somebody talked with, whom they thanked."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from kith.web.acts.choices import Kind, Setting
from kith.web.acts.models import Act
from kith.web.gatherings.models import Coming, Gathering
from kith.web.gatherings.queries.coming import hosts_among
from kith.web.people.models import Person
from kith.web.people.queries import who_may_be_named
from kith.web.safety import access as safety


def was_there(person: Person, gathering: Gathering, on: date) -> bool | None:
    """Return whether `person` said that they were there on that date; None if they did not say."""
    row = Coming.objects.filter(person=person, gathering=gathering, on=on).first()
    return row.was_there if row else None


def who_was_there(person: Person, gathering: Gathering, on: date) -> list[Person]:
    """Return whom `person` may say they talked with there on that date.

    They said they were there themselves, or a host saw them; they said that they may be named;
    and the two see each other. Whoever did not say that they were there meets nobody here, nor
    does anybody where nobody holds it here.
    """
    if not was_there(person, gathering, on) or not hosts_among([gathering], person):
        return []
    rows = (
        Coming.objects.filter(Q(was_there=True) | Q(was_there=None, is_here=True))
        .filter(safety.is_seen_by(person, whom="person"), gathering=gathering, on=on)
        # Whoever is paused is not among others.
        .filter(Exists(safety.visible_to(person).filter(pk=person.pk)))
        .exclude(person=person)
        .select_related("person")
    )
    others = [row.person for row in rows]
    named = who_may_be_named(others)
    found = [other for other in others if other.pk in named]
    return sorted(found, key=lambda other: (other.called.casefold(), other.pk))


def talked_with(person: Person, gathering: Gathering, on: date) -> set[UUID]:
    """Return with whom `person` talked there on that date, whoever of the two said so."""
    acts = _acts_of(gathering, on).filter(Q(actor=person) | Q(other=person), kind=Kind.TALKED)
    # Whoever is gone since left no name.
    pairs = acts.exclude(Q(actor=None) | Q(other=None)).values_list("actor", "other")
    return {key for pair in pairs for key in pair} - {person.pk}


def thanked(person: Person, gathering: Gathering, on: date) -> set[UUID]:
    """Return whom `person` thanked for that date."""
    acts = _acts_of(gathering, on).filter(actor=person, kind=Kind.THANKED)
    return set(acts.exclude(other=None).values_list("other", flat=True))


def is_welcomed(person: Person, gathering: Gathering, on: date) -> bool:
    """Return whether a host welcomed `person` there on that date."""
    return _acts_of(gathering, on).filter(other=person, kind=Kind.WELCOMED).exists()


def _acts_of(gathering: Gathering, on: date) -> QuerySet[Act]:
    return Act.objects.filter(setting=Setting.GATHERING, number=gathering.pk, on=on)
