"""The doors of gatherings: what is listed is listed for everybody, account or none."""

from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext

from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Feed, Gathering, Host, Place
from kith.web.people.models import Person


def shown_to_all() -> QuerySet[Gathering]:
    """Return the gatherings that are not retired."""
    return Gathering.objects.exclude(status=Status.RETIRED)


def open_gathering(slug: str) -> Gathering:
    """Return the gathering at the address `slug`; a retired one too, so that no link dies.

    Raises:
        Http404: If there never was one.
    """
    # PostgreSQL takes no null character, not even in a question.
    known = Gathering.objects.none() if "\x00" in slug else Gathering.objects.filter(slug=slug)
    found = known.select_related("place").first()
    if found is None:
        raise Http404(gettext("There is no gathering at this address."))
    return found


def hosts_now() -> QuerySet[Host]:
    """Return who holds a gathering today: the role ends after a year unless it is renewed."""
    return Host.objects.filter(until__gte=timezone.localdate(), person__is_active=True)


def hosts_at(where: str, **_said: object) -> list[Person]:
    """Return who holds, or held, the gathering at the address `where`: safety asks us."""
    try:
        found = resolve(urlsplit(where).path)
    except Resolver404:
        return []
    slug = found.kwargs.get("slug") if found.app_name == "gatherings" else None
    return list(Person.objects.filter(hostings__gathering__slug=slug)) if slug else []


def open_hosted(person: Person, slug: str) -> Gathering:
    """Return the gathering at `slug`, if `person` is one of its hosts.

    Raises:
        Http404: If there is none, or they are not.
    """
    found = open_gathering(slug)
    if not hosts_now().filter(gathering=found, person=person).exists():
        raise Http404(gettext("There is no gathering at this address."))
    return found


def open_place(number: int) -> Place:
    """Return the place with this number, if anything that is shown meets there.

    Raises:
        Http404: If there is none.
    """
    found = Place.objects.filter(pk=number, gatherings__in=shown_to_all()).first()
    if found is None:
        raise Http404(gettext("There is no place at this address."))
    return found


def due_feeds() -> QuerySet[Feed]:
    """Return the feeds that are read on a schedule."""
    return Feed.objects.filter(is_active=True, every_hours__isnull=False)
