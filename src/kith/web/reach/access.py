"""The doors of reach: lines are everybody's; a reach is whose it is, a ring is whose it is."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
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
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.http import Http404
from django.utils import timezone

from kith.web.acts.choices import Help
from kith.web.acts.models import Act, Tie
from kith.web.circles.choices import ChairState, CircleState
from kith.web.circles.models import Chair
from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, GivenMany, Prepared
from kith.web.notices.choices import About
from kith.web.notices.models import Notice
from kith.web.people.choices import Topic
from kith.web.people.models import Person, Said
from kith.web.reach.choices import ANSWERED_WITHIN, CALL_MOST, RingState, State
from kith.web.reach.models import Company, Line, Reach, Ring, Turn, Willing
from kith.web.reach.models.willing import TURN_HOURS
from kith.web.rooms import access as rooms
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind as DistanceKind
from kith.web.safety.models import Distance

DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Of fewer acts than these the share of giving says nothing.
LEAST_ACTS: Final = 4


# ---- the lines ----------------------------------------------------------------------------------
def shown_to_all() -> QuerySet[Line]:
    """Return the lines no steward hid, country by country, the most fitting first."""
    return (
        Line.objects.filter(is_hidden=False, country__is_hidden=False)
        .select_related("country")
        .order_by("country__order", "country__code", "order", "key")
    )


# ---- whoever asks -------------------------------------------------------------------------------
def open_reach(person: Person, token: str) -> Reach:
    """Return the reach called `token`, for whoever asked.

    Raises:
        Http404: If it is not theirs, or was forgotten.
    """
    mine = Reach.objects.filter(person=person, token=token).select_related("answered_by")
    found = mine.first()
    if found is None:
        raise Http404
    return found


def live_reach(person: Person) -> Reach | None:
    """Return the reach of `person` that rings, whether or not its time is over."""
    for found in _LIVE.ask(me=person.pk):
        return found
    return None


_LIVE: Final = Prepared(lambda: Reach.objects.filter(person=ME, state=State.RINGING))


def last_call(person: Person, *, at: datetime) -> Reach | None:
    """Return the call in which `person` was last, of the last hours: as who asked, or who answered."""
    either = Q(person=person) | Q(answered_by=person)
    called = Reach.objects.filter(either, state=State.ANSWERED, answered_at__gt=at - CALL_MOST)
    return called.order_by("-answered_at").first()


def seen_rings(reach: Reach) -> list[Ring]:
    """Return who is rung for `reach`, in the order of choice, as far as the asker sees them."""
    rings = reach.rings.filter(safety.is_seen_by(reach.person, whom="person"))
    return list(rings.select_related("person").order_by("pk"))


def rang_anybody(reach: Reach) -> bool:
    """Return whether anybody was rung for `reach`."""
    return reach.rings.exists()


# ---- whoever is rung ----------------------------------------------------------------------------
def open_ring(person: Person, token: str) -> Ring:
    """Return the ring called `token`, for whoever is rung, while the two see each other.

    Raises:
        Http404: If it is not theirs, was forgotten, or the two keep apart.
    """
    mine = Ring.objects.filter(person=person, token=token)
    seen = mine.filter(safety.is_seen_by(person, whom="reach__person"))
    found = seen.select_related("reach__person", "reach__answered_by").first()
    if found is None or safety.not_together(frozenset((person.pk, found.reach.person_id))):
        raise Http404
    return found


def rings_now(person: Person, *, at: datetime) -> Ring | None:
    """Return what rings for `person` now, if anything does."""
    for found in _RINGS_NOW.ask(me=person.pk, now=at):
        return found
    return None


def _make_rings_now() -> QuerySet[Ring]:
    mine = Ring.objects.filter(person=ME, state=RingState.RINGS, until__gt=prepared.now())
    return mine.filter(safety.is_seen_by(ME, whom="reach__person")).select_related("reach__person")


_RINGS_NOW: Final = Prepared(_make_rings_now)


def anybody_rings(*, at: datetime) -> bool:
    """Return whether anybody here is being rung now."""
    return bool(_ANYBODY_RINGS.ask(now=at))


_ANYBODY_RINGS: Final = Prepared(
    lambda: Ring.objects.filter(state=RingState.RINGS, until__gt=prepared.now()).values_list(
        "pk", flat=True
    )[:1]
)


def may_answer(reach: Reach, *, at: datetime) -> bool:
    """Return whether somebody who was rung may still answer: it rings, or they wait with the lines."""
    return _waits(reach) and at < reach.started_at + ANSWERED_WITHIN


def may_answer_to(ring: Ring, *, at: datetime) -> bool:
    """Return whether whoever is rung, or was asked in a note, may still answer."""
    if ring.state == RingState.ASKED:
        return _waits(ring.reach) and at < ring.until
    if ring.state in (RingState.ENDED, RingState.TOLD):
        return False
    return may_answer(ring.reach, at=at)


def _waits(reach: Reach) -> bool:
    return reach.state in (State.RINGING, State.OPEN, State.LINES) and not reach.is_closed


# ---- a note to those who did not come to it --------------------------------------------------------
def may_be_asked(reach: Reach) -> list[Ring]:
    """Return the rings of those who did not come to them, and whom the asker sees.

    Whoever said not now is among them: a note is no ring, and the asker must not learn of it.
    """
    rings = reach.rings.filter(state__in=(RingState.MISSED, RingState.DECLINED))
    seen = rings.filter(safety.is_seen_by(reach.person, whom="person"))
    apart = kept_apart_from(reach.person_id)
    found = seen.select_related("person").order_by("pk")
    return [ring for ring in found if ring.person_id not in apart]


def asked_for(person: Person, *, at: datetime) -> list[Ring]:
    """Return the notes of `person` that can be answered."""
    notes = Ring.objects.filter(reach__person=person, state=RingState.ASKED, until__gt=at)
    return list(notes.select_related("person", "reach__person"))


def is_asked(reach: Reach, *, at: datetime) -> bool:
    """Return whether somebody has a note of `reach` that can be answered."""
    return reach.rings.filter(state=RingState.ASKED, until__gt=at).exists()


def mates_not_rung(reach: Reach) -> set[UUID]:
    """Return the keys of those of the asker's circles who have no part in `reach`."""
    near = around(reach.person_id)
    return set(near.mates) - near.apart - set(reach.rings.values_list("person_id", flat=True))


# ---- who talks ------------------------------------------------------------------------------------
def talking(*, at: datetime) -> list[Ring]:
    """Return the rings of those who answered and count as talking."""
    return _TALKING.ask(now=at)


_TALKING: Final = Prepared(
    lambda: Ring.objects.filter(state=RingState.ANSWERED, until__gt=prepared.now()).select_related(
        "reach"
    )
)


def who_talked(*, since: datetime, until: datetime) -> list[UUID]:
    """Return the keys of those whose call ended between these moments."""
    return _TALKED.ask(since=since, until=until)


_TALKED: Final = Prepared(
    lambda: Ring.objects.filter(
        state=RingState.ANSWERED,
        until__gt=Given("since", DateTimeField()),
        until__lte=Given("until", DateTimeField()),
    ).values_list("person_id", flat=True)
)


def open_call(person: Person, *, at: datetime) -> Reach | None:
    """Return the call to which `person` may go back, as who asked or who answered, if there is one."""
    for found in _CALLS.ask(me=person.pk, since=at - CALL_MOST):
        try:
            seat = rooms.open_call(person, found.room)
        except Http404:
            continue
        if not seat.room.is_over(at=at):
            return found
    return None


_CALLS: Final = Prepared(
    lambda: Reach.objects.filter(
        Q(person=ME) | Q(answered_by=ME),
        state=State.ANSWERED,
        answered_at__gt=Given("since", DateTimeField()),
    ).order_by("-answered_at")
)


# ---- for the choice, whose answers are people; no page shows what it reads ------------------------
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


# ---- company ------------------------------------------------------------------------------------
def open_company(person: Person, token: str, *, at: datetime) -> Company:
    """Return the company called `token`, for the two in it, while they see each other.

    Raises:
        Http404: If it is of others, over, or the two keep apart.
    """
    mine = Company.objects.filter(
        Q(Q(person=person) & safety.is_seen_by(person, whom="other"))
        | Q(Q(other=person) & safety.is_seen_by(person, whom="person")),
        token=token,
        until__gt=at,
    )
    found = mine.select_related("person", "other").first()
    if found is None:
        raise Http404
    return found


def company_of(person: Person, *, at: datetime) -> Company | None:
    """Return the company that `person` asked for and that is not over, if they did."""
    return Company.objects.filter(person=person, until__gt=at).first()


def near_people(person: Person, plan: Collection[UUID]) -> list[Person]:
    """Return whom `person` may ask to stay and sees: of their plan, and who may be rung of their circles."""
    keys = (set(plan) | set(mates_of(person.pk))) - kept_apart_from(person.pk)
    seen = safety.visible_to(person).filter(pk__in=keys)
    return list(seen.filter(Q(pk__in=plan) | Q(willing__isnull=False)).order_by("pk"))


# ---- the open room ------------------------------------------------------------------------------
def turns_of(person: Person) -> QuerySet[Turn]:
    """Return when `person` keeps the open room."""
    return Turn.objects.filter(person=person).order_by("weekday", "hour")


def takes_turns(person: Person) -> bool:
    """Return whether `person` ever keeps the open room."""
    return turns_of(person).exists()


def keepers(*, seen_by: Person, at: datetime) -> list[Person]:
    """Return who keeps the open room now, as far as `seen_by` sees them and nobody keeps apart."""
    turns = _KEEPERS.ask(me=seen_by.pk, **_hour_of(at))
    people = list({turn.person_id: turn.person for turn in turns}.values())
    apart = kept_apart_from(seen_by.pk) if people else set()
    return [one for one in people if one.pk not in apart]


def keeps(person: Person, *, at: datetime) -> bool:
    """Return whether `person` keeps the open room now."""
    return turns_of(person).filter(**_hour_of(at)).exists()


def _hour_of(at: datetime) -> dict[str, int]:
    """Return the day of the week and the hour at which the present turn began."""
    here = timezone.localtime(at)
    return {"weekday": here.weekday(), "hour": here.hour - here.hour % TURN_HOURS}


def _make_keepers() -> QuerySet[Turn]:
    day, hour = (Given(name, PositiveSmallIntegerField()) for name in ("weekday", "hour"))
    turns = Turn.objects.filter(weekday=day, hour=hour).exclude(person=ME)
    seen = turns.filter(safety.is_seen_by(ME, whom="person"))
    return seen.select_related("person").order_by("pk")


_KEEPERS: Final = Prepared(_make_keepers)


# ---- how help runs; no page shows what these read -------------------------------------------------
def was_told(person: Person, *, path: str, since: datetime) -> bool:
    """Return whether `person` was told of that page since then, whether or not they saw it."""
    told = Notice.objects.filter(person=person, about=About.REACH, path=path)
    return told.filter(made_at__gt=since).exists()


def shares_of_giving(*, since: date) -> list[tuple[Person, float]]:
    """Return given / (given + received) of each who took part in help a few times since that day."""
    given: Counter[UUID] = Counter()
    had: Counter[UUID] = Counter()
    helped = Act.objects.filter(on__gte=since, actor__isnull=False, other__isnull=False)
    for actor, other, help_ in helped.exclude(help=Help.NONE).values_list("actor", "other", "help"):
        if help_ in (Help.GIVEN, Help.BOTH):
            given[actor] += 1
            had[other] += 1
        if help_ in (Help.RECEIVED, Help.BOTH):
            given[other] += 1
            had[actor] += 1
    often = [key for key in given | had if given[key] + had[key] >= LEAST_ACTS]
    people = Person.objects.filter(pk__in=often, is_active=True).order_by("pk")
    return [(one, given[one.pk] / (given[one.pk] + had[one.pk])) for one in people]


# ---- for what ends by itself --------------------------------------------------------------------
def to_settle(*, at: datetime) -> QuerySet[Reach]:
    """Return the reaches that ring and whose time is over."""
    return Reach.objects.filter(state=State.RINGING, rings_until__lte=at).select_related("person")


def to_push(*, at: datetime, most: int) -> list[Ring]:
    """Return the rings that no push service has been told of, those of a reach's first before all."""
    return _TO_PUSH.ask(now=at)[:most]


_TO_PUSH: Final = Prepared(
    lambda: Ring.objects.filter(
        pushed_at=None, state=RingState.RINGS, until__gt=prepared.now()
    ).order_by("rung_at", "pk")
)
