"""The first who answers talks; the others are thanked; not now costs nothing."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.reach import access
from kith.web.reach.actions.asking import take_notes_back
from kith.web.reach.actions.ringing import ring_others
from kith.web.reach.actions.settling import go_on, silence
from kith.web.reach.bridge import choosing
from kith.web.reach.choices import CALL_MOST, RingState, State
from kith.web.reach.models import Reach, Ring
from kith.web.rooms import actions as rooms
from kith.web.rooms.choices import Kind


class TakenError(RefusalError):
    """Somebody else answered first."""

    def __init__(self) -> None:
        super().__init__(_("They are talking with somebody now. Thank you for being there."))


class OverError(RefusalError):
    """Nobody waits any more."""

    def __init__(self) -> None:
        super().__init__(_("They don’t need it any more. Thank you for being there."))


@transaction.atomic
def answer(*, ring: Ring, at: datetime) -> Reach:
    """Let the one who is rung talk with the one who asks, and return the reach with its room.

    Of two who answer at once one talks.

    Raises:
        TakenError: If somebody else did.
        OverError: If they stopped, or it was too long ago.
    """
    reach = access.locked_reach(ring)
    if reach.state == State.ANSWERED:
        if reach.answered_by_id == ring.person_id:
            return reach
        raise TakenError
    ring.state, ring.until = access.state_of(ring)
    ring.reach = reach
    if ring.state == RingState.TOLD:
        raise TakenError
    if not access.may_answer_to(ring, at=at):
        raise OverError
    was_asked = ring.state == RingState.ASKED
    _meet(reach, ring.person, at=at)
    until = at + CALL_MOST
    Ring.objects.filter(pk=ring.pk).update(state=RingState.ANSWERED, until=until)
    silence(reach, RingState.TOLD)
    take_notes_back(person=reach.person, state=RingState.TOLD, at=at)
    if was_asked:
        _tell_who_asked(reach, ring)
    transaction.on_commit(lambda: choosing.talks(ring.person_id, until=until))
    return reach


def _meet(reach: Reach, other: Person, *, at: datetime) -> None:
    """Open the room for the two, and write down that they talk."""
    room = rooms.open_room(
        kind=Kind.CALL,
        people=[reach.person, other],
        host=reach.person,
        ends_at=at + CALL_MOST,
        back=reverse("reach:left"),
    )
    reach.state = State.ANSWERED
    reach.answered_by = other
    reach.answered_at = at
    reach.room = room.get_absolute_url()
    reach.save(update_fields=["state", "answered_by", "answered_at", "room"])


def _tell_who_asked(reach: Reach, ring: Ring) -> None:
    """Let whoever asked know that somebody is there: they may have closed the page since."""
    notices.tell(
        person=reach.person,
        about=About.REACH,
        words=lambda: _("%(name)s can sit with you now.") % {"name": ring.person},
        path=reach.get_absolute_url(),
        by=ring.person,
        is_urgent=True,
    )


def decline(*, ring: Ring, at: datetime) -> None:
    """Note that it is no good moment, which nobody is told; when it is none for all, ring others."""
    notes = Ring.objects.filter(pk=ring.pk, state=RingState.ASKED)
    if notes.update(state=RingState.DECLINED, until=at):
        return
    mine = Ring.objects.filter(pk=ring.pk, state=RingState.RINGS)
    if not mine.update(state=RingState.DECLINED, until=at):
        return
    choosing.freed([ring.person_id])
    reach = Reach.objects.select_related("person").get(pk=ring.reach_id)
    if reach.state != State.RINGING or reach.rings.filter(state=RingState.RINGS).exists():
        return
    if not ring_others(reach, at=at):
        go_on(reach=reach, at=at)
