"""Reads for Tonight, for the page about notices, and for the worker that sends."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kith.web.notices import access
from kith.web.notices.models import (
    KEPT_FOR,
    Delivery,
    EmailAddress,
    Notice,
    Nudge,
    Pace,
    Subscription,
)
from kith.web.people.models import Person

_HAS_A_WAY = Q(subscriptions__isnull=False) | Q(email_address__confirmed_at__isnull=False)


def unseen(person: Person, most: int = 3) -> list[Notice]:
    """Return the newest `most` things that `person` has not seen."""
    return access.unseen_by(person)[:most]


def pace_of(person: Person) -> Pace:
    """Return how often and when `person` may be nudged."""
    return Pace.objects.filter(person=person).first() or Pace(person=person)


def language_of(person: Person) -> str:
    """Return the language in which `person` reads or asked to be told, or the instance's."""
    if known := pace_of(person).language:
        return known
    told = Subscription.objects.filter(person=person).order_by("-pk").first()
    return (told or EmailAddress(person=person)).language


@dataclass(frozen=True, slots=True)
class Ways:
    """By what somebody is told when they are not looking."""

    subscriptions: list[Subscription]
    email: EmailAddress | None

    def is_on_in(self, session_key: str | None) -> bool:
        """Return whether the browser of this session is told."""
        return any(way.session_id == session_key for way in self.subscriptions)


def ways_of(person: Person) -> Ways:
    """Return all the ways of `person`, an address that is not confirmed yet among them."""
    told = Subscription.objects.filter(person=person).select_related("session").order_by("pk")
    return Ways(subscriptions=list(told), email=access.address_of(person))


def can_be_reached(person: Person) -> bool:
    """Return whether `person` has any way by which they can be told."""
    return Person.objects.filter(_HAS_A_WAY, pk=person.pk).exists()


def people_to_nudge(*, at: datetime) -> list[Person]:
    """Return who has a way, and something to know that nothing told them of yet."""
    waiting = Notice.objects.filter(seen_at=None, nudge=None, made_at__gt=at - KEPT_FOR)
    found = Person.objects.filter(_HAS_A_WAY, pk__in=waiting.values("person"), is_active=True)
    return list(found.distinct().order_by("pk"))


def may_be_nudged(person: Person, *, at: datetime) -> bool:
    """Return whether `person` may be nudged now by what can wait."""
    pace = pace_of(person)
    begins, ends = pace.day_of(at)
    today = Nudge.objects.filter(
        person=person, is_urgent=False, made_at__gte=begins, made_at__lt=ends
    )
    return not pace.is_quiet(at) and pace.allows(nudges_today=today.count())


def due_deliveries(*, at: datetime) -> list[int]:
    """Return the numbers of the deliveries to try now, what cannot wait first."""
    due = Delivery.objects.filter(sent_at=None, next_try_at__lte=at)
    return list(due.order_by("-nudge__is_urgent", "next_try_at").values_list("pk", flat=True))


def is_still_wanted(delivery: Delivery, *, at: datetime) -> bool:
    """Return whether anything of what `delivery` tells of is still unseen, or it is a question."""
    if delivery.nudge is None:
        return True
    told = {notice.pk for notice in access.unseen_by(delivery.nudge.person, at=at)}
    return delivery.nudge.notices.filter(pk__in=told).exists()
