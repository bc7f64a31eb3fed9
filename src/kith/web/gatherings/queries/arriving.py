"""Who comes, for those who hold it; and who comes for the first time and would like company."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django.db.models import BigAutoField, DateField, Exists, OuterRef, Q, QuerySet

from kith.web.gatherings.access import hosts_now, is_still_told
from kith.web.gatherings.models import Coming, Gathering, Intent
from kith.web.gatherings.queries.sentences import lines_of
from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared
from kith.web.people import access as people
from kith.web.people import queries as people_queries
from kith.web.people.models import Person
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind as Distances
from kith.web.safety.models import Distance


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes, as one of the hosts sees them.

    Args:
        reference: What the page calls them by in an address.
        called: What people call them, or "".
        is_first: Whether they come for the first time.
        lines: What they told the hosts, in sentences.
        is_here: Whether a host saw them there.
        greeter: Who looks out for them, or None; `is_mine` if it is the host who reads.
    """

    reference: str
    called: str
    is_first: bool
    lines: tuple[str, ...]
    is_here: bool
    greeter: Person | None
    is_mine: bool


def arrivals_of(gathering: Gathering, on: date, *, seen_by: Person) -> list[Arrival]:
    """Return who comes on that date as the host `seen_by` may see it, who comes first first.

    Whoever is apart from that host, or paused, is left out. After the next day there is nobody.
    """
    if not is_still_told(gathering, on):
        return []
    rows = (
        Coming.objects.filter(_of_dates({gathering.pk: [on]}))
        .filter(safety.is_seen_by(seen_by, whom="person"))
        .exclude(person__in=hosts_now().filter(gathering=gathering).values("person"))
        .annotate(has_been=Exists(_earlier().filter(on__lt=on)))
        .select_related("person", "greeter")
        .order_by("person", "pk")
    )
    found = [
        _arrival(person, said, seen_by=seen_by)
        for person, of_one in groupby(rows, key=attrgetter("person"))
        if (said := Intent.of(of_one, on)).is_coming
    ]
    return sorted(found, key=lambda arrival: not arrival.is_first)


def newcomers_alone(
    dates: Mapping[int, Sequence[date]], *, me: Person, if_i_would_sit: bool = False
) -> set[tuple[int, date]]:
    """Return on which of `dates`, by gathering, somebody new would like company and has none yet.

    It takes somebody whom `me` sees, from whom neither of the two keeps away, and a
    gathering with hosts, who bring them together. Whoever is paused is asked for nothing;
    nor is anybody, with `if_i_would_sit`, where `me` did not say that they gladly would.
    """
    days = {day for some in dates.values() for day in some}
    asking = _CONCERNED_IF_I_WOULD_SIT if if_i_would_sit else _CONCERNED
    by_gathering: dict[int, list[Coming]] = {}
    for row in asking.ask(me=me.pk, these=list(dates), days=days):
        if row.on is None or row.on in dates[row.gathering_id]:
            by_gathering.setdefault(row.gathering_id, []).append(row)
    return {
        (number, day)
        for number, found in by_gathering.items()
        for day in dates[number]
        if _is_one_alone(found, day, me)
    }


def _make_concerned() -> QuerySet[Coming]:
    these, days = GivenMany("these", BigAutoField()), GivenMany("days", DateField())
    asked = Coming.objects.filter(Q(on=None) | Q(on__in=days), gathering__in=these)
    concerned = asked.filter(Q(first_time=True) | Q(sits=True))
    return (
        asked.filter(person__in=concerned.values("person"))
        .filter(Exists(safety.visible_to(ME).filter(pk=ME)))
        .filter(gathering__in=hosts_now().values("gathering"))
        .annotate(may_meet=Exists(safety.visible_to(ME).filter(pk=OuterRef("person"))))
        .annotate(keeps_away=Exists(_distances(ME)), has_been=Exists(_earlier()))
        # Of what is sealed only the needs are opened: on a big evening these are many rows.
        .defer("guests_words", "needs_words", "offers")
        .order_by("person", "pk")
    )


_CONCERNED: Final = Prepared(_make_concerned)
_CONCERNED_IF_I_WOULD_SIT: Final = Prepared(
    lambda: _make_concerned().filter(Exists(people_queries.said_would_sit(ME)))
)


def _is_one_alone(rows: Iterable[Coming], day: date, me: Person) -> bool:
    """Return whether more people are new and alone on `day` than would sit with somebody."""
    asking = sitting = 0
    is_for_me = False
    for _person, of_one in groupby(rows, key=attrgetter("person_id")):
        said = Intent.of(of_one, day)
        row: Any = said.telling
        sitting += bool(said.is_coming and said.once and said.once.sits)
        if said.is_coming and row and row.asks_for_company and not row.has_been:
            asking += 1
            is_for_me |= row.person_id != me.pk and row.may_meet and not row.keeps_away
    return is_for_me and asking > sitting


def _of_dates(dates: Mapping[int, Sequence[date]]) -> Q:
    """Return the question for what people said of these dates, or of every one."""
    wanted = Q(pk=None)
    for number, days in dates.items():
        wanted |= Q(Q(on=None) | Q(on__in=days), gathering=number)
    return wanted


def _earlier() -> QuerySet[Coming]:
    """Return when the person of a row was at its gathering before."""
    return Coming.objects.filter(
        Q(was_there=True) | Q(is_here=True),
        person=OuterRef("person"),
        gathering=OuterRef("gathering"),
        on__lt=prepared.today(),
    )


def _distances(me: Person | Given) -> QuerySet[Distance]:
    """Return that `me` and the person of a row are not to be brought together."""
    ways = Q(by=OuterRef("person"), whom=me) | Q(by=me, whom=OuterRef("person"))
    return Distance.objects.filter(ways, kind__in=(Distances.BLOCK, Distances.AVOID))


def _arrival(person: Person, said: Intent, *, seen_by: Person) -> Arrival:
    # Each row carries whether they were there before; see `arrivals_of`.
    row: Any = said.once or said.always
    greeter = said.once.greeter if said.once else None
    return Arrival(
        reference=people.reference_to(person, seen_by=seen_by),
        called=person.called,
        is_first=said.told.first_time and not row.has_been,
        lines=tuple(lines_of(said)),
        is_here=bool(said.once and said.once.is_here),
        greeter=greeter,
        is_mine=greeter == seen_by,
    )
