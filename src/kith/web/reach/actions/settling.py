"""What becomes of a reach that nobody answered: the open room, and then the lines."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kith.web.people.models import Person
from kith.web.reach import access
from kith.web.reach.bridge import choosing
from kith.web.reach.choices import RingState, State
from kith.web.reach.models import Reach, Ring
from kith.web.rooms import actions as rooms


def after_nobody(person: Person, *, at: datetime) -> State:
    """Return what is next for `person` when nobody answers: the open room, if somebody keeps it."""
    return State.OPEN if access.keepers(seen_by=person, at=at) else State.LINES


def settle(reach: Reach, *, at: datetime) -> Reach:
    """Return `reach` as it stands at this moment; when its time is over nobody is rung any more."""
    if reach.state == State.RINGING and at >= reach.rings_until:
        _end(reach, after_nobody(reach.person, at=at), RingState.MISSED)
    return reach


def settle_all(*, at: datetime) -> int:
    """Settle all reaches whose time is over; return how many there were."""
    due = list(access.to_settle(at=at))
    for reach in due:
        settle(reach, at=at)
    return len(due)


def end_calls(*, at: datetime) -> int:
    """Let nobody count as talking in whose call nobody is any more; return how many that were."""
    talking = access.talking(at=at)
    if not talking:
        return 0
    over = rooms.end_calls(wheres={ring.reach.room for ring in talking}, at=at)
    ended = [ring for ring in talking if ring.reach.room in over]
    Ring.objects.filter(pk__in=[ring.pk for ring in ended]).update(until=at)
    choosing.freed([ring.person_id for ring in ended])
    return len(ended)


def go_on(*, reach: Reach, at: datetime) -> Reach:
    """Return `reach` with what comes after the ringing, at once: they wait for it no longer."""
    _end(reach, after_nobody(reach.person, at=at), RingState.MISSED)
    return reach


def stop(*, reach: Reach) -> Reach:
    """Stop ringing: whoever asked needs it no more. It is asked of nobody why."""
    _end(reach, State.STOPPED, RingState.ENDED)
    return reach


@transaction.atomic
def _end(reach: Reach, state: State, rings: RingState) -> None:
    """End the ringing, unless it ended already: then `reach` learns how."""
    if Reach.objects.filter(pk=reach.pk, state=State.RINGING).update(state=state):
        reach.state = state
        silence(reach, rings)
    else:
        reach.refresh_from_db()


def silence(reach: Reach, state: RingState) -> None:
    """Let nobody be rung for `reach` any more."""
    keys = access.ringing_for(reach)
    if not keys:
        return
    ringing = Ring.objects.filter(reach=reach, state=RingState.RINGS)
    ringing.update(state=state, until=timezone.now())
    transaction.on_commit(lambda: choosing.freed(keys))
