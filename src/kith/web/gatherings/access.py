"""The doors of gatherings: what is listed is listed for everybody, account or none."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BigAutoField, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext

from kith.errors import RefusalError
from kith.web.gatherings.choices import AUDIENCE, SPACES, FoundBy, Status
from kith.web.gatherings.models import (
    Coming,
    Feed,
    Gathering,
    Host,
    HostLink,
    HostTraining,
    Intent,
    Place,
)
from kith.web.kit import prepared
from kith.web.kit.prepared import Given, Prepared
from kith.web.people import access as people
from kith.web.people import queries as people_queries
from kith.web.people.models import Person
from kith.web.safety import access as safety

# Training is asked for anew as often as the role itself.
TRAINED_FOR = timedelta(days=365)
# Never fewer: nobody is alone with those who come, and nobody carries it alone.
HOSTS_LEAST = 2


class NotTheirsError(RefusalError):
    """A gathering is for others."""

    def __init__(self, gathering: Gathering) -> None:
        whom = [str(AUDIENCE[code]) for code in gathering.audience if code in AUDIENCE]
        super().__init__(
            gettext(
                "This one is kept for: %(whom)s. If that is you, say on your own page that this "
                "space is yours, then come. Many others are open to everybody."
            )
            % {"whom": ", ".join(whom)}
        )


def shown_to_all() -> QuerySet[Gathering]:
    """Return the gatherings that everybody may find: not retired, not waiting, and not kept."""
    return known_to_all().exclude(status=Status.RETIRED)


def known_to_all() -> QuerySet[Gathering]:
    """Return the gatherings that everybody may hear of, those that are over among them."""
    return Gathering.objects.filter(found_by=FoundBy.ALL).exclude(status=Status.WAITING)


def kept_for_some() -> QuerySet[Gathering]:
    """Return the gatherings that only those they are for may find."""
    kept = Gathering.objects.filter(found_by=FoundBy.THEIRS)
    return kept.filter(status__in=(Status.OPEN, Status.PAUSED))


def open_gathering(slug: str, *, seen_by: Person | None = None) -> Gathering:
    """Return the gathering at the address `slug`; a retired one too, so that no link dies.

    Raises:
        Http404: If there never was one, or none that `seen_by`, a stranger if None, may see.
    """
    found = Gathering.objects.filter(slug=slug).select_related("place").first()
    # Of what never was the same is asked, so that how long it takes tells nothing.
    if not _may_see(seen_by, found or _never_was()) or found is None:
        raise Http404(gettext("There is no gathering at this address."))
    return found


def _never_was() -> Gathering:
    return Gathering(pk=0, found_by=FoundBy.THEIRS)


def _may_see(person: Person | None, gathering: Gathering) -> bool:
    is_waiting = gathering.status == Status.WAITING
    if gathering.found_by == FoundBy.ALL and not is_waiting:
        return True
    if person is None:
        return False
    # All of it is asked, whatever the first answer is.
    is_held, is_of_it = is_host(person, gathering), _is_of_its_space(person, gathering)
    return is_held or (is_of_it and not is_waiting)


def is_theirs(person: Person, gathering: Gathering) -> bool:
    """Return whether `person` is one of those whom `gathering` is kept for: a host, or of its space.

    Nothing is kept for somebody while a steward paused them.
    """
    return is_host(person, gathering) or _is_of_its_space(person, gathering)


def _is_of_its_space(person: Person, gathering: Gathering) -> bool:
    spaces, pause = people_queries.spaces_of(person), safety.paused_until(person)
    return pause is None and not spaces.isdisjoint(SPACES.intersection(gathering.audience))


def open_among(person: Person, gatherings: Iterable[Gathering]) -> set[int]:
    """Return the numbers of those of `gatherings` that are not over or waiting, and that they see.

    Nothing is asked where all of them are for everybody to find; see `is_theirs` for the others.
    """
    going = [g for g in gatherings if g.status not in {Status.RETIRED, Status.WAITING}]
    found = {gathering.pk for gathering in going if gathering.found_by == FoundBy.ALL}
    kept = [gathering for gathering in going if gathering.pk not in found]
    if kept and safety.paused_until(person) is None:
        spaces = people_queries.spaces_of(person)
        found |= {
            one.pk for one in kept if not spaces.isdisjoint(SPACES.intersection(one.audience))
        }
    rest = [gathering.pk for gathering in kept if gathering.pk not in found]
    if rest:
        held = hosts_now().filter(person=person, gathering__in=rest)
        found |= set(held.values_list("gathering_id", flat=True))
    return found


def kept_for(person: Person) -> QuerySet[Gathering]:
    """Return the gatherings that only some may find, `person` among them: see `is_theirs`."""
    hosted = hosts_now().filter(person=person).values_list("gathering_id", flat=True)
    spaces = people_queries.spaces_of(person) if safety.paused_until(person) is None else ()
    kept = kept_for_some().values_list("pk", "audience")
    own = set(hosted)
    numbers = [pk for pk, whom in kept if pk in own or not set(spaces).isdisjoint(whom)]
    return Gathering.objects.filter(pk__in=numbers)


def is_kept(gathering: Gathering) -> bool:
    """Return whether `gathering` is a space of its own, into which not everybody may come."""
    return not SPACES.isdisjoint(gathering.audience)


def may_come(person: Person, gathering: Gathering) -> None:
    """Return if `person` may say that they come.

    Raises:
        NotTheirsError: If it is kept for others.
    """
    if is_kept(gathering) and not is_theirs(person, gathering):
        raise NotTheirsError(gathering)


# ---- hosts ----------------------------------------------------------------------------------
def hosts_now() -> QuerySet[Host]:
    """Return who holds a gathering today.

    The role ends after a year unless it is renewed, and rests while a steward paused the person.
    """
    standing = Host.objects.filter(until__gte=prepared.today(), person__is_active=True)
    return standing.exclude(person__in=safety.pauses_now().values("person"))


def people_who_host() -> QuerySet[Person]:
    """Return everybody who hosts something, for the desk, with what they host."""
    hosting = Person.objects.filter(hostings__isnull=False, is_active=True)
    return hosting.distinct().prefetch_related("hostings__gathering").order_by("pk")


def is_host(person: Person, gathering: Gathering) -> bool:
    """Return whether `person` is one of the hosts of `gathering`."""
    return hosts_now().filter(gathering=gathering, person=person).exists()


def hosts_at(where: str, **_said: object) -> list[Person]:
    """Return who holds, or held, the gathering at the address `where`: safety asks us."""
    try:
        found = resolve(urlsplit(where).path)
    except Resolver404:
        return []
    slug = found.kwargs.get("slug") if found.app_name == "gatherings" else None
    return list(Person.objects.filter(hostings__gathering__slug=slug)) if slug else []


def open_hosted(person: Person, slug: str) -> Gathering:
    """Return the gathering at `slug`, if `person` is one of its hosts and it is not over.

    Raises:
        Http404: If there is none, or they are not.
    """
    found = open_gathering(slug, seen_by=person)
    if found.status == Status.RETIRED or not is_host(person, found):
        raise Http404(gettext("There is no gathering at this address."))
    return found


def hosts_beside(person: Person | None, gathering: Gathering) -> list[Host]:
    """Return the hosts of `gathering` whom `person` may see, the longest-standing first."""
    hosts = _HOSTS_OF.ask(gathering=gathering.pk)
    return hosts if person is None else seen_of(hosts, person)


def _make_hosts_of() -> QuerySet[Host]:
    of_it = hosts_now().filter(gathering=Given("gathering", BigAutoField()))
    return of_it.select_related("person").order_by("pk")


_HOSTS_OF: Final = Prepared(_make_hosts_of)


def seen_of(hosts: Iterable[Host], person: Person) -> list[Host]:
    """Return those of `hosts` whom `person` may see, themselves too."""
    found = list(hosts)
    apart = safety.apart_from(person) if found else frozenset()
    return [host for host in found if host.person_id not in apart]


def is_held(gathering: Gathering) -> bool:
    """Return whether `gathering` has two hosts who see each other, of whom one is not new here."""
    people_ = [host.person for host in hosts_beside(None, gathering)]
    return any(_may_host_together(one, other) for one, other in combinations(people_, HOSTS_LEAST))


def _may_host_together(one: Person, other: Person) -> bool:
    both = (one, other)
    if safety.are_apart(*both):
        return False
    return any(map(is_known_here, both)) and all(map(may_hold, both))


def is_known_here(person: Person) -> bool:
    """Return whether `person` is not new, or a steward vouches for them."""
    vouched = HostTraining.objects.filter(person=person, is_vouched_for=True)
    return not people.is_new(person) or vouched.exists()


def may_hold(person: Person) -> bool:
    """Return whether `person` has what this instance asks of hosts."""
    return not settings.KITH_HOSTS_NEED_TRAINING or is_trained(person)


def is_trained(person: Person) -> bool:
    """Return whether `person` was trained within a year and has somebody to talk it over with."""
    since = timezone.localdate() - TRAINED_FOR
    training = HostTraining.objects.filter(person=person, trained_on__gte=since).first()
    return training is not None and bool(training.supervisor)


def digest_of(code: str) -> bytes:
    """Return what a link for another host is found by; of 128 drawn bits, nobody guesses any."""
    return hashlib.sha256(code.encode()).digest()


def open_link(person: Person, code: str) -> HostLink | None:
    """Return the link that was handed to `person`, or None if it does not work for them.

    It does not if it was never made, is used or over, if whoever made it no longer hosts, or if
    one of the hosts and `person` keep away from each other: all of that looks the same.
    """
    # All in one question, so that how long it takes does not tell why it does not work.
    made_by_host = hosts_now().filter(gathering=OuterRef("gathering"), person=OuterRef("by"))
    beside_apart = hosts_now().filter(person__in=safety.apart_from(person)).values("gathering")
    links = HostLink.objects.filter(digest=digest_of(code), ends_at__gt=timezone.now())
    links = links.exclude(gathering__status=Status.RETIRED).exclude(gathering__in=beside_apart)
    return links.filter(Exists(made_by_host)).select_related("gathering__place", "by").first()


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
    said = Intent.of(rows, on)
    row = said.once or said.always
    is_open = row is not None and said.is_coming and who_may_see(host, row)
    if not is_open or not is_still_told(gathering, on):
        raise Http404(gettext("There is no gathering at this address."))
    return guest
