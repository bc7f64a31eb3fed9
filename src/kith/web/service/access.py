"""The doors of asks and offers: who sees whose, and who holds one."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from kith.web.gatherings.access import shown_to_all
from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models import Gathering
from kith.web.kit import sealed
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared
from kith.web.messages.choices import Reason
from kith.web.messages.models import Ground
from kith.web.people import access as people
from kith.web.people.models import Cell, Person
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind
from kith.web.safety.choices import State as ReportState
from kith.web.safety.models import Distance, Report
from kith.web.service.choices import HELD, Place, SeenBy, Side, State
from kith.web.service.models import Errand, Invitation, Take

ONLINE: Final = "online"


# ---- where, without saying where ----------------------------------------------------------------
def square_of(where: Cell | str) -> str:
    """Return what a square of the map, or `ONLINE`, is found by: a digest with a key of ours."""
    return _digest(sealed.newest_key(), where if isinstance(where, str) else where.code)


def squares_of(where: Cell | str) -> list[str]:
    """Return all that `where` may have been kept as: by the newest key, and by those before it."""
    code = where if isinstance(where, str) else where.code
    return [_digest(key, code) for key in settings.KITH_SEAL_KEYS]


@lru_cache(maxsize=65_536)
def _digest(key: str, code: str) -> str:
    return hmac.digest(_key(key), code.encode(), "sha256").hex()


@lru_cache(maxsize=16)
def _key(text: str) -> bytes:
    return sealed.key_for("service squares", text)


# ---- whose ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Company:
    """Those with whom somebody has something to do already, by their keys.

    Args:
        circles: Those who sit in a circle with them.
        hosts: Those who host where they come.
        guests: Those who come where they host.
    """

    circles: frozenset[UUID]
    hosts: frozenset[UUID]
    guests: frozenset[UUID]

    @property
    def all(self) -> frozenset[UUID]:
        """All of them."""
        return self.circles | self.hosts | self.guests


def company_of(person: Person, *, at: datetime) -> Company:
    """Return with whom `person` has something to do now, as messages knows it."""
    found: dict[str, set[UUID]] = {"circles": set(), "hosts": set(), "guests": set()}
    for ground in _GROUNDS.ask(me=person.pk, at=at):
        other = ground.high_id if ground.low_id == person.pk else ground.low_id
        kind = "circles"
        if ground.reason == Reason.GATHERING_HOST:
            kind = "guests" if ground.is_hosted_by(person) else "hosts"
        found[kind].add(other)
    return Company(**{kind: frozenset(keys) for kind, keys in found.items()})


def _make_grounds() -> QuerySet[Ground]:
    at = Given("at", DateTimeField())
    mine = Ground.objects.filter(Q(low=ME) | Q(high=ME), Q(until=None) | Q(until__gt=at))
    return mine.filter(reason__in=(Reason.CIRCLE, Reason.GATHERING_HOST)).order_by("pk")


_GROUNDS: Final = Prepared(_make_grounds)


def open_for(
    person: Person, *, company: Company, squares: Collection[str], at: datetime
) -> QuerySet[Errand]:
    """Return what `person` may see of what others ask and offer, whoever took it up.

    Whoever is new sees, beside what their circles say, only what their hosts do: nobody draws
    them out with an offer. What they say themselves is kept for the same few (`actions.say`).
    """
    others = Q(by__in=company.hosts)
    if not people.is_new(person):
        others |= Q(square__in=squares)
    is_told = Q(by__in=company.circles | company.guests) | (Q(seen_by=SeenBy.OTHERS) & others)
    here = Errand.objects.filter(is_told, done_on=None, hidden_at=None, ends_at__gt=at)
    return here.exclude(by=person)


def may_meet(person: Person | Given, *, whom: str) -> Q:
    """Return the question whether `person` sees whom a row points at as `whom`, and neither avoids."""
    who = OuterRef(whom)
    away = Distance.objects.filter(Q(by=person, whom=who) | Q(by=who, whom=person))
    keeps_away = Exists(away.filter(kind=Kind.AVOID))
    return Q(~keeps_away, safety.is_seen_by(person, whom=whom))


def first_of(
    person: Person, *, near: Collection[str], company: Company, parts: int, at: datetime
) -> list[dict[str, Any]]:
    """Return what `open_for` finds, as far as it is put in order by; of strangers' not more than are needed.

    Their own people's come first, then what fits into `parts`, what is over sooner before the
    rest; what does not fit is looked at only where little else is. Each is a question of its own:
    so an index gives the first ones, and nobody's page waits for all that are asked in a town.
    """
    told = {"told": list(company.circles | company.guests), "hosts": list(company.hosts)}
    found = _OWN_PEOPLES.ask(me=person.pk, at=at, **told) if company.all else []
    if not people.is_new(person):
        given = {"me": person.pk, "at": at, "squares": list(near), "parts": parts}
        known = {row["pk"] for row in found}
        others = _FITTING.ask(**given) if parts else []
        if len(others) < _FEW:
            others = [*others, *_NEAR.ask(**given)]
        found += [row for row in _each_once(others) if row["pk"] not in known]
    return found


_PUT_IN_ORDER_BY: Final = ("pk", "by_id", "square", "place", "parts", "ends_at")
_STRANGERS_MOST: Final = 72
_FEW: Final = 30


def _each_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["pk"]: row for row in rows}.values())


def _make_own_peoples() -> Any:
    at = Given("at", DateTimeField())
    of_hosts = Q(by__in=GivenMany("hosts", UUIDField()), seen_by=SeenBy.OTHERS)
    here = Errand.objects.filter(done_on=None, hidden_at=None, ends_at__gt=at).exclude(by=ME)
    rows: Any = here.filter(Q(by__in=GivenMany("told", UUIDField())) | of_hosts)
    return rows.values(*_PUT_IN_ORDER_BY)


def _make_near() -> Any:
    at, squares = Given("at", DateTimeField()), GivenMany("squares", CharField())
    here = Errand.objects.filter(done_on=None, hidden_at=None, ends_at__gt=at)
    near = here.filter(seen_by=SeenBy.OTHERS, square__in=squares).exclude(by=ME)
    return near.order_by("ends_at", "pk").values(*_PUT_IN_ORDER_BY)[:_STRANGERS_MOST]


def _make_fitting() -> Any:
    at, squares = Given("at", DateTimeField()), GivenMany("squares", CharField())
    here = Errand.objects.filter(done_on=None, hidden_at=None, ends_at__gt=at)
    near = here.filter(seen_by=SeenBy.OTHERS, square__in=squares).exclude(by=ME)
    parts: Any = Given("parts", BigIntegerField())
    common = F("parts").bitand(parts)
    fits = Q(parts=0) | Q(place=Place.ONLINE) | ~Q(common=0)
    fitting = near.annotate(common=common).filter(fits).order_by("ends_at", "pk")
    return fitting.values(*_PUT_IN_ORDER_BY)[:_STRANGERS_MOST]


_OWN_PEOPLES: Final[Prepared[dict[str, Any]]] = Prepared(_make_own_peoples)
_NEAR: Final[Prepared[dict[str, Any]]] = Prepared(_make_near)
_FITTING: Final[Prepared[dict[str, Any]]] = Prepared(_make_fitting)


def still_open(person: Person, numbers: Collection[int]) -> list[Errand]:
    """Return those of `numbers` that nobody took up, of people whom `person` may meet.

    None that they took up before: whoever was told no does not see it, and so does not learn it.
    """
    return _STILL_OPEN.ask(me=person.pk, numbers=list(numbers))


def _make_still_open() -> QuerySet[Errand]:
    held = Take.objects.filter(errand=OuterRef("pk")).filter(Q(state__in=HELD) | Q(person=ME))
    numbers = GivenMany("numbers", BigIntegerField())
    rows = Errand.objects.filter(may_meet(ME, whom="by"), pk__in=numbers)
    return rows.exclude(Exists(held)).select_related("by", "gathering")


_STILL_OPEN: Final = Prepared(_make_still_open)


# ---- one of them --------------------------------------------------------------------------------
def open_errand(
    person: Person, token: str, *, company: Company, squares: Collection[str], at: datetime
) -> Errand:
    """Return the ask or offer called `token`, if it is theirs, they took it up, or may see it.

    Raises:
        Http404: If there is none, or none for them.
    """
    mine = Take.objects.filter(person=person, state__in=HELD, errand__hidden_at=None)
    seen = open_for(person, company=company, squares=squares, at=at)
    others = Q(pk__in=mine.values("errand")) | Q(pk__in=seen.values("pk"))
    is_theirs = Q(others, may_meet(person, whom="by")) | Q(by=person)
    rows = Errand.objects.filter(is_theirs, token=token)
    found = rows.select_related("by", "gathering").first()
    if found is None:
        raise Http404
    return found


def open_mine(person: Person, token: str) -> Errand:
    """Return the ask or offer of `person` called `token`.

    Raises:
        Http404: If it is not theirs.
    """
    # A form names it too: PostgreSQL takes no null character, not even in a question.
    return get_object_or_404(errands_of(person), token=token.replace("\x00", "?"))


def open_ours(person: Person, token: str) -> Errand:
    """Return the ask or offer called `token` that is theirs, or that they took up.

    Raises:
        Http404: If it is neither.
    """
    mine = Take.objects.filter(person=person, state__in=HELD, errand__hidden_at=None)
    taken = Q(Q(pk__in=mine.values("errand")), may_meet(person, whom="by"))
    found = Errand.objects.filter(Q(by=person) | taken, token=token).select_related("by").first()
    if found is None:
        raise Http404
    return found


def open_reported(steward: Person, token: str) -> tuple[Errand, Report]:
    """Return the ask or offer called `token`, for a steward who was told of it, and the report.

    Raises:
        Http404: If nobody told of it, or they have a part in that.
    """
    waiting = safety.reports_for(steward).exclude(state=ReportState.CLOSED)
    errand = Errand.objects.filter(token=token).select_related("by", "gathering").first()
    # What is told is sealed, so each that is not closed is opened: few are.
    report = next((one for one in waiting if errand and token == token_at(one.page)), None)
    if errand is None or report is None or errand.by_id == steward.pk:
        raise Http404
    return errand, report


def errands_of(person: Person) -> QuerySet[Errand]:
    """Return what `person` asked and offered, the latest first."""
    return Errand.objects.filter(by=person).select_related("by", "gathering")


def ours(person: Person, *, since: datetime) -> list[Any]:
    """Return what `person` said that ended after `since`, and what they took up, the latest first.

    Each has as `held` who took it up, and as `sees_taker` whether they may meet them.
    """
    return _OURS.ask(me=person.pk, since=since)


def _make_ours() -> Any:
    held = FilteredRelation("takes", condition=Q(takes__state__in=HELD))
    mine = Take.objects.filter(person=ME, state__in=HELD).values("errand")
    taken = Q(may_meet(ME, whom="by"), pk__in=mine, hidden_at=None)
    said = Q(by=ME, ends_at__gt=Given("since", DateTimeField()))
    rows: Any = Errand.objects.annotate(held=held).filter(said | taken)
    sees = Case(When(may_meet(ME, whom="held__person"), then=Value(1)), default=Value(0))
    return rows.annotate(sees_taker=sees).select_related("by", "held__person", "gathering")


_OURS: Final[Prepared[Any]] = Prepared(_make_ours)


def held_takes(person: Person, errands: Collection[Errand]) -> QuerySet[Take]:
    """Return who took up these of `person`'s, as far as they may meet them."""
    rows = Take.objects.filter(may_meet(person, whom="person"), state__in=HELD)
    return rows.filter(errand__in=errands).select_related("person")


def taken_up(errand: Errand) -> Take | None:
    """Return who has taken up `errand` and was not told no, for rules; not for pages."""
    return errand.takes.filter(state__in=HELD).select_related("person").first()


def was_taken_by(errand: Errand, person: Person) -> Take | None:
    """Return how `person` took up `errand`, however that ended."""
    return errand.takes.filter(person=person).first()


def gatherings_of(person: Person) -> QuerySet[Gathering]:
    """Return the gatherings that anybody may find and to which `person` means to come, by name."""
    means = Q(comings__person=person, comings__answer__in=(Answer.COME, Answer.MAYBE))
    return shown_to_all().filter(means).distinct().order_by("name", "pk")


def open_gathering(slug: str) -> Gathering:
    """Return the gathering at `slug`, if everybody may find it.

    Raises:
        Http404: If there is none such.
    """
    found = shown_to_all().filter(slug=slug).first() if "\x00" not in slug else None
    if found is None:
        raise Http404
    return found


def invitation_of(person: Person) -> Invitation | None:
    """Return the door that `person` was last offered."""
    return next(iter(_INVITATION.ask(me=person.pk)), None)


_INVITATION: Final = Prepared(lambda: Invitation.objects.filter(person=ME))


# ---- for safety ---------------------------------------------------------------------------------
def token_at(where: str) -> str:
    """Return what the ask or offer at the address `where` is called, or ""."""
    try:
        found = resolve(urlsplit(where).path)
    except Resolver404:
        return ""
    return str(found.kwargs.get("token", "")) if found.app_name == "service" else ""


def who_is_part_of(where: str, **_said: object) -> list[Person]:
    """Return who said, and who took up, what is at the address `where`: safety asks us."""
    token = token_at(where)
    taken = Take.objects.filter(errand__token=token, state__in=HELD).values("person")
    said = Errand.objects.filter(token=token).values("by")
    return list(Person.objects.filter(Q(pk__in=taken) | Q(pk__in=said))) if token else []


# ---- at a glance ----------------------------------------------------------------------------------
def at_a_glance(
    person: Person, *, squares: Collection[str] = (), at: datetime
) -> list[dict[str, Any]]:
    """Return what Tonight shows of asks and offers to `person`: theirs, and those they could answer."""
    near = [] if people.is_new(person) else list(squares)
    return _GLANCE.ask(me=person.pk, at=at, squares=near)


def _make_glance() -> QuerySet[Errand, dict[str, Any]]:
    at = Given("at", DateTimeField())
    here = Errand.objects.filter(done_on=None, hidden_at=None, ends_at__gt=at)
    circle = Ground.objects.filter(Q(until=None) | Q(until__gt=at), reason=Reason.CIRCLE)
    of_circle = Q(by__in=circle.filter(low=ME).values("high"))
    of_circle |= Q(by__in=circle.filter(high=ME).values("low"))
    squares = GivenMany("squares", CharField())
    near = here.filter(side=Side.ASK, seen_by=SeenBy.OTHERS, square__in=squares).exclude(by=ME)
    # The first few are enough, and an index gives them.
    nearest = Q(pk__in=near.order_by("ends_at", "pk").values("pk")[:_NEAREST])
    taken = Take.objects.filter(errand=OuterRef("pk")).filter(Q(state__in=HELD) | Q(person=ME))
    could = Q(of_circle | nearest, may_meet(ME, whom="by"), ~Exists(taken), side=Side.ASK)
    waits = Take.objects.filter(errand=OuterRef("pk"), state=State.WAITS)
    agreed = Take.objects.filter(errand=OuterRef("pk"), state=State.AGREED)
    rows = here.filter(Q(by=ME) | could).annotate(
        called=F("by__called"),
        is_mine=Case(When(by=ME, then=Value(1)), default=Value(0)),
        is_near=Case(When(of_circle, then=Value(0)), default=Value(1)),
        is_waited_for=Exists(waits),
        is_agreed=Exists(agreed),
    )
    names = ("token", "side", "what", "words", "on", "called", "is_mine", "is_waited_for", "is_agreed")  # fmt: skip
    order = ("-is_mine", "-is_waited_for", "-is_agreed", "is_near", "ends_at", "pk")
    found: QuerySet[Errand, dict[str, Any]] = rows.order_by(*order).values(*names)[:_GLANCED]
    return found


# Three of one's own at most, and the first that one could answer.
_GLANCED: Final = 4
_NEAREST: Final = 20
_GLANCE: Final = Prepared(_make_glance)
