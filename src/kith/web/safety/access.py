"""The doors of safety: who may see whom, who is among others at all, and who reads a report."""

from collections.abc import Set as AbstractSet
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared
from kith.web.people import access as people
from kith.web.people import queries as people_queries
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause, Report

# Of more people, it is faster to read all distances that are kept.
_MOST_IN_A_QUESTION = 500


class PausedError(RefusalError):
    """Somebody is in, and is not among others for a while; `why` is what the steward wrote."""

    def __init__(self, pause: Pause) -> None:
        self.why = pause.why
        super().__init__(
            _(
                "A steward has asked you to pause until %(day)s. You can find gatherings, reach "
                "the lines, and see and take all that is yours."
            )
            % {"day": date_format(timezone.localtime(pause.until), _("j F Y"))}
        )


# ---- who sees whom ------------------------------------------------------------------------------
def apart_from(person: Person) -> frozenset[UUID]:
    """Return the keys of those who blocked `person` or whom `person` blocked."""
    rows = Distance.objects.filter(Q(by=person) | Q(whom=person), kind=Kind.BLOCK)
    ends = rows.values_list("by_id", "whom_id")
    return frozenset(one for pair in ends for one in pair) - {person.pk}


def are_apart(one: Person, other: Person) -> bool:
    """Return whether either of two people blocked the other: then neither sees the other."""
    ways = Q(by=one, whom=other) | Q(by=other, whom=one)
    return Distance.objects.filter(ways, kind=Kind.BLOCK).exists()


def not_together(people_: AbstractSet[UUID]) -> frozenset[tuple[UUID, UUID]]:
    """Return the pairs among these who are never to be brought together, the lower key first."""
    if len(people_) <= _MOST_IN_A_QUESTION:
        ends = _KEPT_APART_AMONG.ask(keys=people_)
    else:
        ends = list(_kept_apart())
    pairs = (pair for pair in ends if pair[0] in people_ and pair[1] in people_)
    return frozenset((min(pair, key=int), max(pair, key=int)) for pair in pairs)


def _kept_apart() -> QuerySet[Distance, tuple[UUID, UUID]]:
    rows = Distance.objects.filter(kind__in=(Kind.BLOCK, Kind.AVOID)).order_by()
    return rows.values_list("by_id", "whom_id")


_AMONG: Final = GivenMany("keys", UUIDField())
_KEPT_APART_AMONG: Final = Prepared(lambda: _kept_apart().filter(by__in=_AMONG, whom__in=_AMONG))


def has_muted(person: Person, other: Person) -> bool:
    """Return whether `person` asked not to be told when `other` writes."""
    return Distance.objects.filter(by=person, whom=other, kind=Kind.MUTE).exists()


def is_seen_by(person: Person | Given, *, whom: str) -> Q:
    """Return the question whether `person` may meet on a page the one at whom a row points as `whom`.

    None who is apart, paused or gone. Asked row by row, it never looks at everybody here.
    """
    is_paused = Exists(pauses_now().filter(person=OuterRef(whom)))
    here = "is_active" if whom == "pk" else f"{whom}__is_active"
    return Q(~is_apart_from(person, whom=whom), ~is_paused, **{here: True})


def is_apart_from(person: Person | Given, *, whom: str) -> Exists:
    """Return the question whether either of `person` and whom a row points at as `whom` blocked."""
    who = OuterRef(whom)
    blocks = Distance.objects.filter(Q(by=person, whom=who) | Q(by=who, whom=person))
    return Exists(blocks.filter(kind=Kind.BLOCK))


def seen_among(person: Person, keys: AbstractSet[UUID]) -> frozenset[UUID]:
    """Return those of `keys` whose people `person` may meet on a page; see `visible_to`."""
    return frozenset(visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))


def visible_to(person: Person | Given) -> QuerySet[Person]:
    """Return the people whom `person` may meet on a page: none who is apart, paused or gone."""
    return Person.objects.filter(is_seen_by(person, whom="pk"))


def open_person(person: Person, reference: str) -> Person:
    """Return whom a page showed to `person` under `reference`.

    Raises:
        Http404: If it showed nobody so, or they no longer see each other.
    """
    # The same questions whoever it is, or nobody: how long it takes must not tell why it is closed.
    seen = visible_to(person).exclude(pk=person.pk)
    other = seen.filter(pk=people.referred(person, reference)).first()
    if other is None:
        raise Http404
    return other


def open_person_to_tell_of(person: Person, reference: str) -> Person:
    """Return whom `person` may tell a steward of under `reference`: those they blocked as well.

    Raises:
        Http404: If a page showed nobody so, or the other one is no longer to be seen.
    """
    blocked = distances_of(person).filter(kind=Kind.BLOCK).values("whom")
    seen = visible_to(person).exclude(pk=person.pk).values("pk")
    either = Person.objects.filter(Q(pk__in=blocked) | Q(pk__in=seen))
    other = either.filter(pk=people.referred(person, reference)).first()
    if other is None:
        raise Http404
    return other


def told_of(person: Person | None, reference: str) -> Person | None:
    """Return whom the form that `person` was shown speaks of, if anybody.

    A page never says whom this finds. So it finds even those who blocked `person` meanwhile:
    nobody gets out of being told of by that.
    """
    if person is None or not reference:
        return None
    try:
        other = people.open_reference(person, reference)
    except Http404:
        return None
    return other if other != person else None


def distances_of(person: Person) -> QuerySet[Distance]:
    """Return the distances that `person` keeps from people who are here."""
    return Distance.objects.filter(by=person, whom__is_active=True)


def open_distance(person: Person, reference: str, kind: str) -> Distance | None:
    """Return the distance of that kind from whom a page showed under `reference`; None if undone.

    Raises:
        Http404: If it showed nobody so, or they do not see each other for another reason.
    """
    key = people.referred(person, reference)
    found = distances_of(person).filter(whom=key, kind=kind).first()
    is_seen = visible_to(person).exclude(pk=person.pk).filter(pk=key).exists()
    if found is None and not is_seen:
        raise Http404
    return found


# ---- a pause ------------------------------------------------------------------------------------
def pauses_now() -> QuerySet[Pause]:
    """Return the pauses that hold now."""
    return Pause.objects.filter(until__gt=prepared.now())


def paused_until(person: Person) -> Pause | None:
    """Return the pause that holds for `person` now, the one that ends last."""
    for found in _PAUSE.ask(me=person.pk):
        return found
    return None


_PAUSE: Final = Prepared(lambda: pauses_now().filter(person=ME).order_by("-until")[:1])


def me_among_others(request: HttpRequest) -> Person:
    """Return the person who asks, if they may do something with others.

    Raises:
        StrangerError: If nobody is in.
        PausedError: If a steward paused them.
    """
    person = people.me(request)
    pause = paused_until(person)
    if pause is not None:
        raise PausedError(pause)
    return person


# ---- the first ninety days ----------------------------------------------------------------------
def may_write_first(writer: Person, to: Person, *, as_host: bool = False) -> bool:
    """Return whether `writer` may be the first to write to `to`, who has not written to them.

    Never across a block or a pause; and never to somebody new, unless `writer` is a host where
    they come and they said that hosts may.
    """
    is_seen = visible_to(writer).exclude(pk=writer.pk).filter(pk=to.pk).exists()
    if paused_until(writer) is not None or not is_seen:
        return False
    return not people.is_new(to) or (as_host and people_queries.may_be_written_to(to))


# ---- reports ------------------------------------------------------------------------------------
def me_steward(request: HttpRequest) -> Person:
    """Return the steward who asks.

    Raises:
        Http404: If it is anybody else, or a steward whom another one asked to pause.
    """
    person = request.user
    if not isinstance(person, Person) or not stewards().filter(pk=person.pk).exists():
        raise Http404
    return person


def stewards() -> QuerySet[Person]:
    """Return the stewards who may look at reports at all."""
    here = Person.objects.filter(is_active=True, is_steward=True)
    return here.exclude(pk__in=pauses_now().values("person"))


def reports_for(steward: Person) -> QuerySet[Report]:
    """Return the reports that `steward` has no part in."""
    return Report.objects.exclude(involved=steward)


def open_report(steward: Person, number: int) -> Report:
    """Return the report with this number, for a steward who has no part in it.

    Raises:
        Http404: If there is none, or they have.
    """
    found = reports_for(steward).filter(pk=number).select_related("about", "by").first()
    if found is None:
        raise Http404
    return found


def somebody_looks(report: Report) -> bool:
    """Return whether there is a steward who has no part in `report`."""
    return stewards_for(report).exists()


def stewards_for(report: Report) -> QuerySet[Person]:
    """Return the stewards who may look at `report`: those who have no part in it."""
    return stewards().exclude(reports_involved_in=report)
