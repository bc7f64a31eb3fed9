"""Whoever is rung: what rings for them, whether they may still answer, and who talks."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Q,
    QuerySet,
)
from django.http import Http404

from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Given, Prepared
from kith.web.people.models import Person
from kith.web.reach.choices import ANSWERED_WITHIN, CALL_MOST, RingState, State
from kith.web.reach.models import Reach, Ring
from kith.web.rooms import access as rooms
from kith.web.safety import access as safety


def open_ring(person: Person, token: str) -> Ring:
    """Return the ring called `token`, for whoever is rung, while the two see each other.

    Raises:
        Http404: If it is not theirs, was forgotten, or the two keep apart.
    """
    for found in _OPEN_RING.ask(me=person.pk, token=token):
        if not safety.not_together({person.pk, found.reach.person_id}):
            found.person = person
            return found
    raise Http404


def _make_open_ring() -> QuerySet[Ring]:
    mine = Ring.objects.filter(person=ME, token=Given("token", CharField()))
    seen = mine.filter(safety.is_seen_by(ME, whom="reach__person"))
    return seen.select_related("reach__person", "reach__answered_by")


_OPEN_RING: Final = Prepared(_make_open_ring)


def locked_reach(ring: Ring) -> Reach:
    """Return the reach for which `ring` rings; until the transaction ends nobody else changes it."""
    (found,) = _LOCKED_REACH.ask(reach=ring.reach_id)
    return found


_LOCKED_REACH: Final = Prepared(
    lambda: (
        Reach.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=Given("reach", BigIntegerField()))
    )
)


def state_of(ring: Ring) -> tuple[str, datetime]:
    """Return how `ring` stands at this moment, and until when."""
    (found,) = _STATE.ask(ring=ring.pk)
    return found


_STATE: Final = Prepared(
    lambda: Ring.objects.filter(pk=Given("ring", BigIntegerField())).values_list("state", "until")
)


def ringing_for(reach: Reach) -> list[UUID]:
    """Return the keys of those whom `reach` rings now."""
    return _RINGING_FOR.ask(reach=reach.pk)


_RINGING_FOR: Final = Prepared(
    lambda: Ring.objects.filter(
        reach=Given("reach", BigIntegerField()), state=RingState.RINGS
    ).values_list("person_id", flat=True)
)


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
