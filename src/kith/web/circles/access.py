"""The doors of circles and pairs: only those who sit in one, or are asked, know that it is there."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404

from kith.web.circles.choices import ChairState, CircleState
from kith.web.circles.models import Chair, Circle, Formation, HardWeek, Pair, Vouch, Wish
from kith.web.people.models import Person
from kith.web.safety import access as safety

Row = TypeVar("Row", bound=Model)
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
    return _one(chairs_of(person).filter(circle__token=token))


def open_ask(person: Person, token: str) -> Chair:
    """Return the chair that `person` is asked to take, or said yes to, in the circle `token`.

    Raises:
        Http404: If they are not asked.
    """
    asked = Chair.objects.filter(person=person, state__in=(ChairState.ASKED, ChairState.YES))
    return _one(asked.filter(circle__state__in=OPEN, circle__token=token))


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
    return _one(asked.filter(circle__token=token).select_related("circle"))


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
    return _one(seated_with(person, circle).filter(person=other)).person


def share_a_circle(person: Person) -> QuerySet[Person]:
    """Return those who sit in a circle with `person` and whom they may meet on a page."""
    mine = chairs_of(person).values("circle")
    beside = Chair.objects.filter(circle__in=mine, state=ChairState.SITS, person=OuterRef("pk"))
    return safety.visible_to(person).filter(Exists(beside)).exclude(pk=person.pk)


# ---- pairs ----------------------------------------------------------------------------------
def open_pair(person: Person, token: str, *, at: datetime) -> Pair:
    """Return the pair called `token` of `person`, this week.

    Raises:
        Http404: If it is not theirs, is over, or the two no longer see each other.
    """
    return _one(pairs_of(person, at=at).filter(token=token))


def pairs_of(person: Person, *, at: datetime) -> QuerySet[Pair]:
    """Return the pairs of `person` that are not over: neither said no, and the two see each other."""
    as_low = Q(safety.is_seen_by(person, whom="high"), low=person)
    as_high = Q(safety.is_seen_by(person, whom="low"), high=person)
    mine = Pair.objects.filter(as_low | as_high).exclude(low_says=False).exclude(high_says=False)
    return mine.filter(ends_at__gt=at).select_related("low", "high").order_by("starts_at")


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


def ran_since(at: datetime) -> bool:
    """Return whether circles were formed after `at`."""
    return Formation.objects.filter(is_pairs=False, at__gt=at).exists()


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


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise Http404
    return row
