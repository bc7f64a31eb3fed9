"""What the choice reads, whose answers are people. No page shows it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)

from kith.web.acts.models import Tie
from kith.web.circles.choices import ChairState, CircleState
from kith.web.circles.models import Chair
from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared
from kith.web.people.choices import Topic
from kith.web.people.models import Person, Said
from kith.web.reach.choices import RingState, State
from kith.web.reach.models import Reach, Ring, Willing
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind as DistanceKind
from kith.web.safety.models import Distance

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Around(NamedTuple):
    """Who is around somebody.

    Args:
        mates: Who sits in a circle with them.
        ties: Low, high, strength, and the day from which it fades, of each of their ties.
        apart: Whom they must not be brought together with, and they themselves.
    """

    mates: list[UUID]
    ties: list[tuple[UUID, UUID, float, float]]
    apart: set[UUID]


def around(person: UUID) -> Around:
    """Return who is around this person, in one question."""
    found = Around([], [], {person})
    for kind, one, other, strength, day in _AROUND.ask(me=person):
        if kind == _MATE:
            found.mates.append(one)
        elif kind == _TIE:
            found.ties.append((one, other, strength, day))
        else:
            found.apart.update((one, other))
    return found


def mates_of(person: UUID) -> list[UUID]:
    """Return the keys of those who sit in a circle with this person."""
    return around(person).mates


def kept_apart_from(person: UUID) -> set[UUID]:
    """Return the keys of those whom this person must not be brought together with, and their own."""
    return around(person).apart


_MATE, _TIE, _APART = range(3)


def _make_around() -> QuerySet[Any, Any]:
    sits = Chair.objects.filter(state=ChairState.SITS, circle__state=CircleState.MEETS)
    mine = sits.filter(person=ME).values("circle")
    mates = sits.filter(circle__in=mine).exclude(person=ME)
    ties = Tie.objects.filter(Q(low=ME) | Q(high=ME))
    kinds = (DistanceKind.BLOCK, DistanceKind.AVOID)
    apart = Distance.objects.filter(Q(by=ME) | Q(whom=ME), kind__in=kinds)
    nothing = Value(0.0, FloatField())
    rows = (
        _columns(ties, _TIE, F("low_id"), F("high_id"), F("strength"), F("day")),
        _columns(mates, _MATE, F("person_id"), F("person_id"), nothing, nothing),
        _columns(apart, _APART, F("by_id"), F("whom_id"), nothing, nothing),
    )
    return rows[0].union(*rows[1:], all=True)


def _columns(rows: QuerySet[Any, Any], kind: int, *said: Any) -> QuerySet[Any, Any]:
    one, other, strength, from_day = said
    columns = {"a": Value(kind, IntegerField()), "b": one, "c": other, "d": strength, "e": from_day}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return found


_AROUND: Final = Prepared(_make_around)


def spoken_by(person: UUID) -> list[str]:
    """Return the languages that this person said they speak."""
    return [code for said in _SPOKEN.ask(me=person) for code in said.value]


_SPOKEN: Final = Prepared(lambda: Said.objects.filter(person=ME, topic=Topic.LANGUAGES))


def standing_of(keys: Collection[UUID], *, at: datetime) -> list[dict[str, Any]]:
    """Return how each of these people stands at this moment, for the last look before they ring.

    One row each of those who are here and not paused: what they said yes to, how often they were
    rung, whether they are busy, and whether a ring of theirs is over that nobody wrote down.
    """
    return _STANDING.ask(keys=keys, now=at, day=at - DAY, week=at - WEEK)


def _make_standing() -> QuerySet[Any, dict[str, Any]]:
    mine = Ring.objects.filter(person=OuterRef("pk"))
    rings = Q(state=RingState.RINGS) | Q(state=RingState.ANSWERED)
    busy = mine.filter(rings, until__gt=prepared.now())
    asks = Reach.objects.filter(
        person=OuterRef("pk"), state=State.RINGING, rings_until__gt=prepared.now()
    )
    over = mine.filter(state=RingState.RINGS, until__lte=prepared.now())
    here = Person.objects.filter(
        ~Exists(safety.pauses_now().filter(person=OuterRef("pk"))),
        pk__in=GivenMany("keys", UUIDField()),
        is_active=True,
    )
    columns: dict[str, Any] = {
        "open_to": F("willing__open_to"),
        "most_a_day": F("willing__most_a_day"),
        "most_a_week": F("willing__most_a_week"),
        "rests_until": F("willing__rests_until"),
        "today": _many(mine, since="day"),
        "this_week": _many(mine, since="week"),
        "is_busy": Exists(busy) | Exists(asks),
        "is_over": Exists(over),
    }
    found: QuerySet[Any, dict[str, Any]] = here.annotate(**columns).values("pk", *columns)
    return found


def _many(rings: QuerySet[Ring], *, since: str) -> Subquery:
    counted = rings.filter(rung_at__gt=Given(since, DateTimeField())).order_by()
    return Subquery(counted.values("person").annotate(many=Count("pk")).values("many"))


_STANDING: Final = Prepared(_make_standing)


def those(keys: Iterable[UUID]) -> QuerySet[Person]:
    """Return the people with these keys, whom the choice let through."""
    return Person.objects.filter(pk__in=list(keys))


def willing_people() -> QuerySet[Willing]:
    """Return all who let themselves be rung, for the shelf."""
    return Willing.objects.filter(person__is_active=True)


def willing_of(person: Person) -> Willing | None:
    """Return by whom and how often `person` lets themselves be rung; none if they do not."""
    return Willing.objects.filter(person=person).first()


def rings_since(at: datetime) -> QuerySet[Ring]:
    """Return the rings after `at`, for limits."""
    return Ring.objects.filter(rung_at__gt=at)
