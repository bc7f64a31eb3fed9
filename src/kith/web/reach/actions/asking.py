"""Nobody came to it: a kind note waits for them, and for the whole circle, for an hour."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.reach import access
from kith.web.reach.actions.ringing import still_fit
from kith.web.reach.bridge import choosing
from kith.web.reach.choices import ASKED_FOR, RingState, State
from kith.web.reach.models import Reach, Ring


class NobodyToAskError(RefusalError):
    """Nobody can be asked."""


@transaction.atomic
def ask_to_sit(*, reach: Reach, at: datetime) -> None:
    """Send those who did not come to their ring a note: can you sit with me?

    Raises:
        NobodyToAskError: If they have it already, or whoever asks is not waiting any more.
    """
    _refuse_if_over(reach)
    rings = access.may_be_asked(reach)
    if not rings:
        raise NobodyToAskError(_("There is nobody to whom a note can go. These lines answer."))
    until = at + ASKED_FOR
    keys = [ring.pk for ring in rings]
    Ring.objects.filter(pk__in=keys).update(state=RingState.ASKED, until=until)
    _tell_all(reach, rings)


@transaction.atomic
def ask_the_circle(*, reach: Reach, at: datetime) -> None:
    """Send the note to all others of the asker's circles who may be rung now, by their own limits.

    It counts for them as a ring does.

    Raises:
        NobodyToAskError: If there is none, or whoever asks is not waiting any more.
    """
    _refuse_if_over(reach)
    mates = access.mates_not_rung(reach)
    chosen = choosing.circle_for(mates, at=at)
    fit = still_fit(chosen, at=at)
    if not fit:
        raise NobodyToAskError(
            _("Nobody else of your circle can be asked at this hour. These lines answer.")
        )
    rings = [
        Ring(
            reach=reach, person_id=one.key, state=RingState.ASKED, rung_at=at, pushed_at=at,
            until=at + ASKED_FOR, p=one.p, is_known=True,
        )
        for one in fit
    ]  # fmt: skip
    Ring.objects.bulk_create(rings)
    _tell_all(reach, rings)
    keys = [one.key for one in fit]
    transaction.on_commit(lambda: choosing.were_asked(keys, at=at))


@transaction.atomic
def ask_not(*, reach: Reach, at: datetime) -> None:
    """Take the notes of `reach` back: nobody is asked any more."""
    take_notes_back(person=reach.person, state=RingState.ENDED, at=at)


def take_notes_back(*, person: Person, state: RingState, at: datetime) -> None:
    """Let nobody be asked for `person` any more, and nothing lead there who has not seen it."""
    for ring in access.asked_for(person, at=at):
        Ring.objects.filter(pk=ring.pk).update(state=state, until=at)
        notices.take_back(
            person=ring.person, about=About.REACH, path=ring.get_absolute_url(), by=person
        )


def _refuse_if_over(reach: Reach) -> None:
    if reach.is_closed or reach.state not in (State.OPEN, State.LINES):
        raise NobodyToAskError(_("This is over already. You can ring again at any time."))


def _tell_all(reach: Reach, rings: Sequence[Ring]) -> None:
    for ring in rings:
        known = str(reach.person) if ring.is_known else ""
        notices.tell(
            person=ring.person,
            about=About.REACH,
            words=partial(_words, known),
            path=ring.get_absolute_url(),
            by=reach.person,
            is_urgent=True,
        )


def _words(known: str) -> str:
    if known:
        return _("%(name)s asks whether you can sit with them.") % {"name": known}
    return _("Somebody here asks whether you can sit with them.")
