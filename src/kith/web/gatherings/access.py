"""The doors of gatherings: what is listed is listed for everybody, account or none."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Coming, Feed, Gathering, Host, Place, Said
from kith.web.people.models import Person
from kith.web.safety import access as safety


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


# ---- who comes -----------------------------------------------------------------------------------
def today_of(gathering: Gathering) -> date:
    """Return what day it is where `gathering` is."""
    return timezone.localdate(timezone=ZoneInfo(gathering.timezone))


def is_still_told(gathering: Gathering, on: date) -> bool:
    """Return whether its hosts may see who comes on that date: until the day after."""
    return today_of(gathering) <= on + timedelta(days=1)


def who_may_see(person: Person, coming: Coming) -> bool:
    """Return whether `person` may see that somebody comes: only they, and its hosts whom they see.

    Who shares a circle with them may see it as well, once there are circles.
    """
    if coming.person_id == person.pk:
        return True
    if not hosts_now().filter(gathering=coming.gathering_id, person=person).exists():
        return False
    return safety.visible_to(person).filter(pk=coming.person_id).exists()


def open_arrival(host: Person, gathering: Gathering, on: date, reference: str) -> Person:
    """Return who comes on that date and was shown to `host` under `reference`.

    Raises:
        Http404: If nobody was, they do not come, or `host` may not see it any more.
    """
    guest = safety.open_person(host, reference)
    rows = Coming.objects.filter(Q(on=on) | Q(on=None), person=guest, gathering=gathering)
    said = Said.of(rows, on)
    row = said.once or said.always
    is_open = row is not None and said.is_coming and who_may_see(host, row)
    if not is_open or not is_still_told(gathering, on):
        raise Http404(gettext("There is no gathering at this address."))
    return guest


def may_be_named(person: Person) -> bool:  # noqa: ARG001 - until people can say so
    """Return whether `person` said that others who were there may name them.

    Nobody can say so yet, so nobody is named.
    """
    return False


def would_sit_with(person: Person) -> bool:  # noqa: ARG001 - until people can say so
    """Return whether `person` said of themselves that they would sit with somebody new.

    Nobody can say so of themselves yet, only of one gathering (Offer.SIT).
    """
    return False
