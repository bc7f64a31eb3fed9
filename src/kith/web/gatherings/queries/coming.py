"""What somebody said of gatherings, for their own pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import BigAutoField, DateField, F, Q, QuerySet
from django.utils import timezone

from kith.web.gatherings import access
from kith.web.gatherings.access import hosts_now
from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models import Coming, Gathering, Host, Intent, Occasion, Told
from kith.web.gatherings.queries.kept import with_dates
from kith.web.gatherings.queries.sentences import lines_of
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared
from kith.web.people.models import Person
from kith.web.safety import access as safety

# Who holds a gathering and may read what somebody tells, by the gathering's number and their keys.
Holding = Mapping[int, Mapping[UUID, Person]]
_NOT_LONG_PAST: Final = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody said of one date of a gathering, and of every one.

    Args:
        on: The date.
        said: Of that date, or else of every one; "" for nothing.
        is_every: Whether they said it of every date.
        is_known: Whether it is somebody who can say something.
        is_hosted: Whether anybody holds it here, so that somebody is told.
        is_host: Whether they hold it themselves.
        told: What they told the hosts; `has_told` if it is anything, `lines` as the hosts read it.
        is_told_every: Whether they told it of every date.
        has_been: Whether they were there before.
        greeter: The host who looks out for them, or None.
    """

    on: date
    said: str = ""
    is_every: bool = False
    is_known: bool = False
    is_hosted: bool = False
    is_host: bool = False
    told: Told = field(default_factory=Told)
    has_told: bool = False
    lines: tuple[str, ...] = ()
    is_told_every: bool = False
    has_been: bool = False
    greeter: Person | None = None

    @property
    def is_coming(self) -> bool:
        """Whether they mean to come, or may."""
        return self.said in {Answer.COME, Answer.MAYBE}


def answers_of(
    person: Person | None, gathering: Gathering, on: date, *, hosts: Iterable[Person] | None = None
) -> Answers:
    """Return what `person` said of `gathering` on that date; somebody unknown said nothing.

    `hosts` are `hosts_among`, if they were asked for already.
    """
    if person is None:
        return Answers(on=on)
    rows = list(Coming.objects.filter(person=person, gathering=gathering))
    said = Intent.of(rows, on)
    known = hosts_among([gathering], person) if hosts is None else hosts
    holding = {host.pk: host for host in known}
    return Answers(
        on=on,
        said=said.answer,
        is_every=said.always is not None,
        is_known=True,
        is_hosted=bool(holding),
        is_host=person.pk in holding,
        told=said.told,
        has_told=said.has_told,
        lines=tuple(lines_of(said)),
        is_told_every=said.once is None,
        has_been=any(row.on and row.on < on and (row.was_there or row.is_here) for row in rows),
        greeter=holding.get(said.once.greeter_id) if said.once and said.once.greeter_id else None,
    )


def comes_until(person: Person, gathering: Gathering) -> date | None:
    """Return the last date on which `person` means to come, or may; None if they do not.

    Whoever comes every time comes until `date.max`.
    """
    rows = Coming.objects.filter(person=person, gathering=gathering).exclude(answer=Answer.NOT)
    ahead = rows.filter(Q(on=None) | Q(on__gte=timezone.localdate() - timedelta(days=1)))
    return max((row.on or date.max for row in ahead), default=None)


def said_of(person: Person, gathering: Gathering, on: date) -> Intent:
    """Return what `person` said of that date of `gathering`."""
    rows = Coming.objects.filter(Q(on=on) | Q(on=None), person=person, gathering=gathering)
    return Intent.of(rows, on)


def hosts_among(gatherings: Iterable[Gathering], person: Person) -> list[Person]:
    """Return who holds any of these gatherings and may read what `person` tells, themselves too."""
    holding = holding_of(gatherings, person)
    return list({host.pk: host for hosts in holding.values() for host in hosts.values()}.values())


def holding_of(gatherings: Iterable[Gathering], person: Person) -> Holding:
    """Return who holds each of these gatherings and may read what `person` tells, themselves too.

    Those are hosts whom `person` sees, since neither sees the other otherwise. Whoever is paused
    or gone hosts nothing today.
    """
    found: dict[int, dict[UUID, Person]] = {}
    these = [gathering.pk for gathering in gatherings]
    for host in _HOSTS_SEEN.ask(me=person.pk, these=these) if these else ():
        found.setdefault(host.gathering_id, {})[host.person_id] = host.person
    return found


def _make_hosts_seen() -> QuerySet[Host]:
    these = GivenMany("these", BigAutoField())
    rows = hosts_now().exclude(safety.is_apart_from(ME, whom="person"))
    return rows.filter(gathering__in=these).select_related("person").order_by("pk")


_HOSTS_SEEN: Final = Prepared(_make_hosts_seen)


def comings_of(person: Person) -> list[Coming]:
    """Return what `person` said of gatherings that still meet, and of dates not long past."""
    said: list[Any] = _COMINGS.ask(me=person.pk, earliest=timezone.now().date() - _NOT_LONG_PAST)
    known = with_dates({coming.gathering_id: coming.edition for coming in said})
    open_ = access.open_among(person, [dated.gathering for dated in known.values()])
    found: list[Coming] = [coming for coming in said if coming.gathering_id in open_]
    for coming in found:
        coming.gathering = known[coming.gathering_id].gathering
    return found


def _make_comings() -> QuerySet[Coming]:
    earliest = Given("earliest", DateField())
    rows = Coming.objects.filter(Q(on=None) | Q(on__gte=earliest), person=ME)
    return rows.annotate(edition=F("gathering__edition")).order_by("pk")


_COMINGS: Final = Prepared(_make_comings)


def dates_of(comings: Iterable[Coming]) -> dict[int, Sequence[Occasion]]:
    """Return the dates of the gatherings of `comings_of` that their rules do not give."""
    known = with_dates({coming.gathering_id: coming.gathering.edition for coming in comings})
    return {number: dated.occasions for number, dated in known.items()}
