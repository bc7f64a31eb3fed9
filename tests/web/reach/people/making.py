"""People who may be rung, in as few lines as a test needs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.web.circles.making import circle_of, longtime

from kith.web.notices.models import Pace
from kith.web.people.models import Person
from kith.web.reach import actions
from kith.web.reach.choices import OpenTo, RingState
from kith.web.reach.models import Reach, Ring, Turn, Willing
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

# A Thursday evening; nobody sleeps.
EVENING = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def willing(
    called: str, *, days: int = 400, open_to: OpenTo = OpenTo.ANYBODY, **more: Any
) -> Person:
    """Return somebody who may be rung at any hour."""
    person: Person = longtime(called, days=days)
    Pace.objects.create(person=person, quiet_from="00:00", quiet_until="00:00")
    Willing.objects.create(person=person, open_to=open_to, **more)
    return person


def asked(person: Person, *, at: datetime | None = None) -> Reach:
    """Return the reach of `person`, who taps."""
    return actions.reach(person=person, at=at or timezone.now(), language="en")


def rung(reach: Reach) -> list[str]:
    """Return who is rung now, by name."""
    rings = Ring.objects.filter(reach=reach, state=RingState.RINGS).select_related("person")
    return sorted(ring.person.called for ring in rings)


def ring_of(reach: Reach, person: Person) -> Ring:
    """Return the ring of `person` as it stands."""
    return Ring.objects.select_related("person", "reach").get(reach=reach, person=person)


def keeps(person: Person, *, at: datetime | None = None) -> Turn:
    """Let `person` keep the open room at this hour of the week."""
    here = timezone.localtime(at or timezone.now())
    return Turn.objects.create(
        person=person, weekday=here.weekday(), hour=here.hour - here.hour % 2
    )


def apart(one: Person, other: Person, kind: Kind = Kind.BLOCK) -> None:
    """Let `one` keep away from `other`."""
    Distance.objects.create(by=one, whom=other, kind=kind)


def browser(person: Person) -> Client:
    """Return the browser of `person`, who is in."""
    client = Client()
    client.force_login(person)
    return client


__all__ = [
    "EVENING",
    "SECOND",
    "apart",
    "asked",
    "browser",
    "circle_of",
    "keeps",
    "longtime",
    "ring_of",
    "rung",
    "willing",
]
