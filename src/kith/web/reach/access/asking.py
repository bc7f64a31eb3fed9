"""Whoever asks: the lines, a reach that is theirs, and a note to those who did not come to it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import (
    Q,
    QuerySet,
)
from django.http import Http404

from kith.web.kit import prepared
from kith.web.kit.prepared import ME, Prepared
from kith.web.people.models import Person
from kith.web.reach.access.choosing import around, kept_apart_from
from kith.web.reach.choices import CALL_MOST, RingState, State
from kith.web.reach.models import Line, Reach, Ring
from kith.web.safety import access as safety


def shown_to_all() -> QuerySet[Line]:
    """Return the lines no steward hid, country by country, the most fitting first."""
    return (
        Line.objects.filter(is_hidden=False, country__is_hidden=False)
        .select_related("country")
        .order_by("country__order", "country__code", "order", "key")
    )


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
    return _ASKED_FOR.ask(me=person.pk, now=at)


def _make_asked_for() -> QuerySet[Ring]:
    notes = Ring.objects.filter(reach__person=ME, state=RingState.ASKED, until__gt=prepared.now())
    return notes.select_related("person", "reach__person")


_ASKED_FOR: Final = Prepared(_make_asked_for)


def is_asked(reach: Reach, *, at: datetime) -> bool:
    """Return whether somebody has a note of `reach` that can be answered."""
    return reach.rings.filter(state=RingState.ASKED, until__gt=at).exists()


def mates_not_rung(reach: Reach) -> set[UUID]:
    """Return the keys of those of the asker's circles who have no part in `reach`."""
    near = around(reach.person_id)
    return set(near.mates) - near.apart - set(reach.rings.values_list("person_id", flat=True))
