"""Who hosts what, what that lacks, and who is to be told of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from kith.web.acts.choices import Kind
from kith.web.acts.models import Act
from kith.web.gatherings import access
from kith.web.gatherings.choices import Answer, Joining, Status
from kith.web.gatherings.models import (
    Coming,
    Gathering,
    HostLink,
    Place,
)
from kith.web.people.models import Person


def kept_for(person: Person) -> list[Gathering]:
    """Return the gatherings that only some may find, `person` among them."""
    return list(access.kept_for(person).select_related("place").order_by("name", "pk"))


def hosted_by(person: Person) -> list[Gathering]:
    """Return what `person` hosts."""
    hosted = Gathering.objects.filter(hosts__in=access.hosts_now().filter(person=person))
    rows = hosted.exclude(status=Status.RETIRED)
    return list(rows.select_related("place").order_by("name", "pk"))


def who_may_come(gathering: Gathering, on: date | None) -> list[Person]:
    """Return who said that they come or may, on that date; without one, on any that is ahead."""
    today = timezone.localdate()
    rows = Coming.objects.filter(gathering=gathering, person__is_active=True)
    rows = rows.filter(Q(on=on) | Q(on=None)) if on else rows.filter(Q(on__gte=today) | Q(on=None))
    # What they said of one date stands before what they said of every one.
    said: dict[Person, str] = {}
    for row in rows.select_related("person").order_by(F("on").asc(nulls_first=True), "pk"):
        if not (row.answer == Answer.NOT and on is None):
            said[row.person] = row.answer
    return [person for person, answer in said.items() if answer != Answer.NOT]


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a gathering lacks before it may open, as one of its hosts is told.

    Args:
        second: Somebody who hosts beside them.
        known: One of them who has been here for a while, or is vouched for.
        training: What this instance asks of them themselves.
    """

    second: bool
    known: bool
    training: bool


def lacks(person: Person, gathering: Gathering) -> Lacks:
    """Return what `gathering` lacks, as far as `person` is told."""
    hosts = access.hosts_beside(person, gathering)
    is_second = len(hosts) >= access.HOSTS_LEAST
    return Lacks(
        second=not is_second,
        known=is_second and not any(access.is_known_here(host.person) for host in hosts),
        training=not access.may_hold(person),
    )


def link_of(person: Person, gathering: Gathering, joining: Joining) -> HostLink | None:
    """Return the link that `person` made for `gathering` and that still works."""
    links = HostLink.objects.filter(gathering=gathering, by=person, joining=joining)
    return links.filter(ends_at__gt=timezone.now()).first()


def ends_soon(person: Person, gathering: Gathering) -> date | None:
    """Return when the year of `person` as a host ends, if it is within a month."""
    soon = timezone.localdate() + timedelta(days=31)
    ending = access.hosts_now().filter(person=person, gathering=gathering, until__lte=soon)
    return ending.values_list("until", flat=True).first()


def only_date_of(gathering: Gathering) -> date | None:
    """Return the date of a gathering that does not repeat; of several, the last."""
    return gathering.occasions.order_by("on").values_list("on", flat=True).last()


def have_hosted(one: Person, other: Person, gathering: Gathering, on: date) -> bool:
    """Return whether it is written down already that these two held `gathering` on that date."""
    held = Act.objects.filter(kind=Kind.HOSTED, number=gathering.pk, on=on)
    return held.filter(Q(actor=one, other=other) | Q(actor=other, other=one)).exists()


def door_like(name: str, street: str, city: str) -> Place | None:
    """Return a place whose point is known, with that name or at that street, in that town."""
    like = Q()
    if name:
        like |= Q(name__iexact=name)
    if street:
        like |= Q(street__iexact=street)
    if not like:
        return None
    known = Place.objects.filter(like, city__iexact=city, is_approximate=False)
    return known.exclude(latitude=None).exclude(longitude=None).order_by("pk").first()
