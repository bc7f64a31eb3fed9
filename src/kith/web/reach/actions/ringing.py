"""Somebody asks for a voice, and people are rung for it, all at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from kith.web.kit.prepared import Writing
from kith.web.people.models import Person
from kith.web.plans import actions as plans
from kith.web.reach import access, queries
from kith.web.reach.actions.settling import after_nobody, settle
from kith.web.reach.bridge import choosing, numbers
from kith.web.reach.bridge.choosing import Chosen
from kith.web.reach.choices import MOST_A_DAY, MOST_A_WEEK, OpenTo, RingState, State, Way
from kith.web.reach.models import Reach, Ring

# Whom the database knew better about is chosen around so often, and left alone for a while.
_TRIES: Final = 3
_LEFT_ALONE: Final = timedelta(seconds=20)
_REACHES: Final = Writing(Reach)
_RINGS: Final = Writing(Ring)


def reach(*, person: Person, at: datetime, way: Way = Way.VOICE, language: str = "") -> Reach:
    """Ring up to three people for `person`, and return the reach; the one that rings, if one does.

    With nobody to ring it begins with the open room, or with the lines. Nothing of why is asked.
    """
    live = access.live_reach(person)
    if live is not None and settle(live, at=at).state == State.RINGING:
        return live
    for _ in range(_TRIES):
        chosen = _chosen(person, at=at, language=language)
        made = _begun(person, chosen, at=at, way=way)
        if made is not None:
            return made
    made = _begun(person, [], at=at, way=way)
    assert made is not None  # noqa: S101 - with nobody to ring, nobody is in the way
    return made


def ring_others(reach_: Reach, *, at: datetime) -> bool:
    """Ring up to three more people, after all who were rung said not now; return whether any rings."""
    before = frozenset(reach_.rings.values_list("person_id", flat=True))
    chosen = _chosen(reach_.person, at=at, language="", besides=before)
    fit: list[Chosen] = []
    try:
        with transaction.atomic():
            locked = Reach.objects.select_for_update().get(pk=reach_.pk)
            fit = still_fit(chosen, at=at) if locked.state == State.RINGING else []
            _ring(locked, fit, at=at)
    except IntegrityError:
        # Somebody else rang one of them in this moment.
        fit = []
    _leave(chosen, fit, at=at)
    return bool(fit)


def _chosen(
    person: Person, *, at: datetime, language: str, besides: frozenset[UUID] = frozenset()
) -> list[Chosen]:
    return choosing.chosen_for(
        person,
        plan=queries.plan_of(person, at=at),
        at=at,
        language=language,
        besides=besides,
        ring_s=numbers.rings_for().total_seconds(),
    )


def _begun(person: Person, chosen: list[Chosen], *, at: datetime, way: Way) -> Reach | None:
    """Return the reach that rings those of `chosen` who still may; None to choose once more."""
    fit: list[Chosen] = []
    made: Reach | None = None
    try:
        with transaction.atomic():
            fit = still_fit(chosen, at=at)
            if fit or not chosen:
                made = _write(person, fit, at=at, way=way)
    except IntegrityError:
        # Somebody else rang one of them in this moment, or they tapped twice.
        _leave(chosen, [], at=at)
        return access.live_reach(person)
    _leave(chosen, fit, at=at)
    return made


def _write(person: Person, fit: list[Chosen], *, at: datetime, way: Way) -> Reach:
    made = Reach(
        person=person,
        way=way,
        started_at=at,
        rings_until=at + numbers.rings_for(),
        seed=choosing.seed_of(person, at=at),
        state=State.RINGING if fit else after_nobody(person, at=at),
    )
    _REACHES.write([made])
    if fit:
        _ring(made, fit, at=at)
    return made


def _ring(made: Reach, fit: Sequence[Chosen], *, at: datetime) -> None:
    _RINGS.write(_rings(made, fit, at=at))
    in_plan = {one.key for one in fit if one.in_plan}
    if in_plan:
        plans.note_calls(planner=made.person, people=in_plan, at=at)


def _rings(made: Reach, fit: Sequence[Chosen], *, at: datetime) -> list[Ring]:
    until = min(at + numbers.rings_for(), made.rings_until)
    return [
        Ring(
            reach=made, person_id=one.key, rung_at=at, until=until, p=one.p, is_known=one.is_known,
            turn=turn,
        )
        for turn, one in enumerate(fit)
    ]  # fmt: skip


def still_fit(chosen: list[Chosen], *, at: datetime) -> list[Chosen]:
    """Return those whom the database lets ring at this moment; what is over there is written down."""
    rows = access.standing_of([one.key for one in chosen], at=at) if chosen else []
    standing = {row["pk"]: row for row in rows}
    over = [key for key, row in standing.items() if row["is_over"]]
    if over:
        late = Ring.objects.filter(person__in=over, state=RingState.RINGS, until__lte=at)
        late.update(state=RingState.MISSED)
    return [one for one in chosen if one.key in standing and _may(one, standing[one.key], at=at)]


def _may(one: Chosen, row: dict[str, Any], *, at: datetime) -> bool:
    is_open = row["open_to"] == OpenTo.ANYBODY
    is_open |= one.in_circle and row["open_to"] == OpenTo.KNOWN
    rests = row["rests_until"] is not None and row["rests_until"] > at
    return (
        (one.in_plan or (is_open and not rests))
        and not row["is_busy"]
        and (row["today"] or 0) < (row["most_a_day"] or MOST_A_DAY)
        and (row["this_week"] or 0) < (row["most_a_week"] or MOST_A_WEEK)
    )


def _leave(chosen: Sequence[Chosen], fit: Sequence[Chosen], *, at: datetime) -> None:
    left = [one.key for one in chosen if one not in fit]
    if left:
        choosing.take_back(left, until=at + _LEFT_ALONE)
