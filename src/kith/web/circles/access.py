"""The doors of circles and pairs: only those who sit in one, or are asked, know that it is there."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import (
    DateField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from kith.web.circles.choices import ChairState, CircleState, Kind
from kith.web.circles.models import (
    Chair,
    Circle,
    Favor,
    Formation,
    HardWeek,
    Meeting,
    Pair,
    Presence,
    Vouch,
    Wish,
)
from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, Prepared
from kith.web.people.models import Person
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind as DistanceKind
from kith.web.safety.models import Distance

# Chairs that are somebody's, or are kept for them until they have answered.
HELD = (ChairState.ASKED, ChairState.YES, ChairState.SITS)
OPEN = (CircleState.PROPOSED, CircleState.MEETS)
# Somebody was asked, and does not sit.
QUESTIONS = (
    ChairState.ASKED,
    ChairState.YES,
    ChairState.ANOTHER,
    ChairState.NOT_NOW,
    ChairState.SILENT,
)


# ---- circles --------------------------------------------------------------------------------
def open_chair(person: Person, token: str) -> Chair:
    """Return the chair of `person` in the circle that meets and is called `token`.

    Raises:
        Http404: If they do not sit in it.
    """
    return get_object_or_404(chairs_of(person).filter(circle__token=token))


def chairs_of(person: Person) -> QuerySet[Chair]:
    """Return the chairs in which `person` sits, in circles that meet, the oldest first."""
    sits = Chair.objects.filter(person=person, state=ChairState.SITS)
    return sits.filter(circle__state=CircleState.MEETS).select_related("circle").order_by("pk")


def open_question(person: Person, token: str) -> Chair:
    """Return the chair in the circle `token` that `person` was asked to take, answered or not.

    Whoever sat in it and does not any more is asked nothing there.

    Raises:
        Http404: If they were never asked, or moved on.
    """
    sits = Q(state=ChairState.SITS, circle__state=CircleState.MEETS)
    asked = Chair.objects.filter(Q(state__in=QUESTIONS) | sits, person=person)
    return get_object_or_404(asked.filter(circle__token=token).select_related("circle"))


def asks_of(person: Person) -> QuerySet[Chair]:
    """Return the chairs that `person` is asked to take, or said yes to, the newest first."""
    asked = Chair.objects.filter(person=person, state__in=(ChairState.ASKED, ChairState.YES))
    return asked.filter(circle__state__in=OPEN).select_related("circle").order_by("-pk")


def chairs_of_circle(circle: Circle) -> QuerySet[Chair]:
    """Return the chairs in which somebody sits in `circle`, for what happens in it; not for pages."""
    return circle.chairs.filter(state=ChairState.SITS).order_by("since", "pk")


def seated_with(person: Person, circle: Circle) -> QuerySet[Chair]:
    """Return the chairs of those who sit in `circle` and whom `person`, who does, may meet there."""
    sits = circle.chairs.filter(state=ChairState.SITS).select_related("person")
    return sits.filter(safety.is_seen_by(person, whom="person")).order_by("since", "pk")


def open_seated(person: Person, circle: Circle, reference: str) -> Person:
    """Return who sits in `circle` beside `person` and was shown to them under `reference`.

    Raises:
        Http404: If nobody such sits there, or the two no longer see each other.
    """
    other = safety.open_person(person, reference)
    return get_object_or_404(seated_with(person, circle).filter(person=other)).person


def favors_in(person: Person, circle: Circle) -> QuerySet[Favor]:
    """Return what those in `circle` whom `person`, who sits there, may meet ask and offer."""
    authors = seated_with(person, circle).values("person")
    return circle.favors.filter(by__in=authors).select_related("by", "taken_by")


def open_favor(person: Person, circle: Circle, number: int) -> Favor:
    """Return the ask or offer with this number in `circle`, where `person` sits.

    Raises:
        Http404: If there is none, or it is of somebody whom they do not see.
    """
    return get_object_or_404(favors_in(person, circle).filter(pk=number))


def hard_weeks_near(person: Person, circle: Circle, *, at: datetime) -> QuerySet[HardWeek]:
    """Return the hard weeks in `circle` of which `person` was told, as they may come nearer."""
    near = Q(near=person) | Q(also_near=person)
    now = HardWeek.objects.filter(near, circle=circle, until__gte=at.date())
    return now.filter(safety.is_seen_by(person, whom="person")).select_related("person")


def hard_week_of(person: Person, circle: Circle, *, at: datetime) -> HardWeek | None:
    """Return the hard week that `person` said they have, if they did."""
    mine = HardWeek.objects.filter(person=person, circle=circle, until__gte=at.date())
    return mine.select_related("near", "also_near").order_by("-pk").first()


def told_in(circle: Circle, *, at: datetime) -> QuerySet[Chair]:
    """Return the chairs of those whom news of `circle` reaches: none who is away or paused."""
    sits = chairs_of_circle(circle).filter(person__is_active=True).select_related("person")
    here = sits.exclude(away_until__gt=at.astimezone(circle.clock).date())
    return here.exclude(person__in=safety.pauses_now().values("person"))


def who_sat_at(where: str, **_said: object) -> list[Person]:
    """Return who sits, sat or is asked in the circle at the address `where`: safety asks us."""
    try:
        found = resolve(urlsplit(where).path)
    except Resolver404:
        return []
    token = found.kwargs.get("token") if found.app_name == "circles" else None
    part = Chair.objects.filter(circle__token=token, state__in=(*HELD, ChairState.LEFT))
    return list(Person.objects.filter(pk__in=part.values("person"))) if token else []


# ---- pairs ----------------------------------------------------------------------------------
def open_pair(person: Person, token: str, *, at: datetime) -> Pair:
    """Return the pair called `token` of `person`, this week.

    Raises:
        Http404: If it is not theirs, is over, or has begun and either keeps away from the other.
    """
    return get_object_or_404(pairs_of(person, at=at).filter(token=token))


def open_begun_pair(person: Person, token: str, *, at: datetime) -> Pair:
    """Return the pair called `token` of `person`, if both said yes.

    Raises:
        Http404: If they did not, it is not theirs, is over, or the two no longer see each other.
    """
    return get_object_or_404(pairs_of(person, at=at).filter(token=token).exclude(begun_at=None))


def pairs_of(person: Person | Given, *, at: datetime | Given) -> QuerySet[Pair]:
    """Return the pairs of `person` that are not over, the soonest first.

    Until both have said yes, nothing that the other one says or does changes what is found, so
    that nobody learns of a no. Then it is there only while the two see each other.
    """
    as_low = Q(Q(begun_at=None) | _may_meet(person, whom="high"), low=person)
    as_high = Q(Q(begun_at=None) | _may_meet(person, whom="low"), high=person)
    mine = Pair.objects.filter(as_low | as_high, ends_at__gt=at)
    return mine.select_related("low", "high").order_by("starts_at")


def _may_meet(person: Person | Given, *, whom: str) -> Q:
    """Return the question whether `person` sees the other of a pair, and neither keeps away."""
    who = OuterRef(whom)
    away = Distance.objects.filter(Q(by=person, whom=who) | Q(by=who, whom=person))
    keeps_away = Exists(away.filter(kind=DistanceKind.AVOID))
    return Q(~keeps_away, safety.is_seen_by(person, whom=whom))


def begun_pairs_between(one: UUID, other: UUID, *, at: datetime) -> QuerySet[Pair]:
    """Return the pairs of these two that are not over, and to which both said yes."""
    ends = {"low__in": (one, other), "high__in": (one, other)}
    return Pair.objects.filter(**ends, ends_at__gt=at).exclude(begun_at=None)


def may_be_a_pair(pair: Pair) -> bool:
    """Return whether the two of a pair may meet: neither keeps away from the other, both are here."""
    is_seen = safety.visible_to(pair.low).filter(pk=pair.high_id).exists()
    return is_seen and not safety.not_together(frozenset((pair.low_id, pair.high_id)))


# ---- Tonight --------------------------------------------------------------------------------
_OF_THE_CIRCLE = (
    "token", "name", "way", "place", "weekday", "starts", "minutes", "zone", "state", "begun_on",
)  # fmt: skip


def at_a_glance(person: Person, *, at: datetime) -> list[dict[str, Any]]:
    """Return all of circles and pairs that Tonight shows `person`, in one question.

    A row for each chair of theirs (`state` is none if they have none), with what its circle is;
    when it does not meet or they cannot come (`off_on`, the next of these dates); what somebody in
    it asks for whom they see (`asks`, `asked_by`); and the pair of this week, as `pairs_of` has it.
    """
    return _GLANCE.ask(me=person.pk, now=at, yesterday=at.date() - timedelta(days=1))


def _make_glance() -> QuerySet[Any, dict[str, Any]]:
    chairs = Q(chairs__state__in=(ChairState.ASKED, ChairState.YES, ChairState.SITS))
    came = Presence.objects.filter(person=ME, was_there=True).order_by("pk")
    rows = Person.objects.filter(pk=ME).annotate(
        chair=FilteredRelation("chairs", condition=chairs),
        wished=F("wish__pair"),
        off_on=_first(_off(), "on"),
        asks=_first(_asks(), "words"),
        asked_by=_first(_asks(), "by__called"),
        third_evening=Subquery(came.values("pk")[2:3]),
        is_paused=Exists(safety.pauses_now().filter(person=OuterRef("pk"))),
        **{f"pair_{name}": _first(pairs_of(ME, at=prepared.now()), name) for name in _OF_THE_PAIR},
    )
    circle = {f"circle_{name}": F(f"chair__circle__{name}") for name in _OF_THE_CIRCLE}
    chair = {f"chair_{name}": F(f"chair__{name}") for name in ("state", "away_until")}
    found: QuerySet[Any, dict[str, Any]]
    found = rows.annotate(**circle, **chair).values(*circle, *chair, *_AT_A_GLANCE)
    return found


_OF_THE_PAIR = ("token", "starts_at", "begun_at")
_AT_A_GLANCE = (
    "wished", "off_on", "asks", "asked_by", "third_evening", "is_paused", *(f"pair_{n}" for n in _OF_THE_PAIR),
)  # fmt: skip


_GLANCE: Final = Prepared(_make_glance)


def _first(rows: QuerySet[Any], name: str) -> Subquery:
    return Subquery(rows.values(name)[:1])


def _off() -> QuerySet[Meeting]:
    """Return the evenings of a chair's circle that are off, or to which its person cannot come."""
    since = Given("yesterday", DateField())
    cannot = Presence.objects.filter(meeting=OuterRef("pk"), person=ME, was_there=False)
    ahead = Meeting.objects.filter(circle=OuterRef("chair__circle"), on__gte=since)
    return ahead.filter(Q(is_off=True) | Exists(cannot)).order_by("on")


def _asks() -> QuerySet[Favor]:
    """Return what others in a chair's circle ask for and nobody took up, the newest first."""
    open_ = Favor.objects.filter(
        circle=OuterRef("chair__circle"), kind=Kind.ASK, taken_by=None, done_on=None
    )
    seen = open_.exclude(by=ME).filter(safety.is_seen_by(ME, whom="by"))
    return seen.order_by("-made_at", "-pk")


# ---- wishes ---------------------------------------------------------------------------------
def wish_of(person: Person) -> Wish | None:
    """Return what `person` wishes for; none if they never said, or took it back."""
    return Wish.objects.filter(person=person).first()


# ---- for the desk ---------------------------------------------------------------------------
def people_to_vouch_for() -> QuerySet[Person]:
    """Return those for whom a steward may vouch, whom stewards know: those who host, and stewards."""
    known = Person.objects.filter(Q(hostings__isnull=False) | Q(is_steward=True), is_active=True)
    return known.distinct().prefetch_related("hostings__gathering").order_by("pk")


# ---- for the weekly run, whose answers are people and chairs; no page shows them ---------------
def wishes_waiting(*, at: datetime) -> QuerySet[Wish]:
    """Return the wishes that are looked at now: of people who are here, not paused, not resting."""
    awake = Q(rests_until=None) | Q(rests_until__lte=at.date())
    here = Wish.objects.filter(awake, person__is_active=True)
    return here.exclude(person__in=safety.pauses_now().values("person")).order_by("pk")


def wishes_for_a_pair(*, at: datetime, week_of: date) -> QuerySet[Wish]:
    """Return the wishes for a pair that are looked at now.

    None of whoever has one for that week, or left the last two unanswered: they are asked again
    when those are two weeks old.
    """
    of_me = Q(low=OuterRef("person")) | Q(high=OuterRef("person"))
    silent = Q(low=OuterRef("person"), low_says=None) | Q(high=OuterRef("person"), high_says=None)
    last = Pair.objects.filter(silent, week_of=week_of - timedelta(weeks=1))
    before = Pair.objects.filter(silent, week_of=week_of - timedelta(weeks=2))
    wishes = wishes_waiting(at=at).filter(pair=True)
    wishes = wishes.exclude(Exists(Pair.objects.filter(of_me, week_of=week_of)))
    return wishes.exclude(Exists(last), Exists(before))


def pairs_since(week_of: date) -> QuerySet[Pair]:
    """Return the pairs of that week and of those after it."""
    return Pair.objects.filter(week_of__gte=week_of).order_by("pk")


def open_circles() -> QuerySet[Circle]:
    """Return the circles that meet, and those whose people are asked."""
    return Circle.objects.filter(state__in=OPEN).order_by("pk")


def chairs_held(circles: Collection[Circle]) -> QuerySet[Chair]:
    """Return the chairs in `circles` that are somebody's, or kept for them until they answer."""
    return Chair.objects.filter(circle__in=circles, state__in=HELD).order_by("pk")


def chairs_given_up(circles: Collection[Circle]) -> QuerySet[Chair]:
    """Return the chairs in `circles` whose people are not to be asked to take them again."""
    gone = Chair.objects.filter(circle__in=circles)
    return gone.filter(~Q(state__in=HELD) | Q(looks_on=True)).order_by("pk")


def chairs_ever(people: Collection[UUID]) -> QuerySet[Chair]:
    """Return the chairs that `people` have or had in circles that began, the first first.

    Only for a study that they let know of it.
    """
    sat = Chair.objects.filter(person__in=people, state__in=(ChairState.SITS, ChairState.LEFT))
    return sat.exclude(since=None).select_related("circle").order_by("pk")


def formed_since(at: datetime) -> QuerySet[Formation]:
    """Return the formations after `at`, of circles and of pairs."""
    return Formation.objects.filter(at__gt=at)


def locked(circle: Circle) -> Circle:
    """Return `circle` as it stands; until the transaction ends nobody else changes it."""
    return Circle.objects.select_for_update().get(pk=circle.pk)


def in_a_hard_week(*, at: datetime) -> frozenset[UUID]:
    """Return the keys of those who said that they have a hard week."""
    found = HardWeek.objects.filter(until__gte=at.date())
    return frozenset(found.values_list("person_id", flat=True))


def vouched_for() -> frozenset[UUID]:
    """Return the keys of those for whom a steward vouches."""
    return frozenset(Vouch.objects.values_list("person_id", flat=True))
