"""Afterwards: one tap, of which nothing is kept but that two people talked."""

from datetime import datetime
from typing import Final

from django.db import transaction

from kith.web.acts import actions as acts
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.plans import actions as plans
from kith.web.reach.actions.asking import take_notes_back
from kith.web.reach.bridge import choosing
from kith.web.reach.choices import RingState, Said, Way
from kith.web.reach.models import Reach, Ring

_MODES: Final = {Way.VOICE: Mode.VOICE, Way.VIDEO: Mode.VIDEO}
_MINUTES_MOST: Final = 60


@transaction.atomic
def say_after(*, reach: Reach, said: Said, at: datetime) -> None:
    """Close `reach`. That a person was reached becomes an act of the two, once; the rest is of nobody.

    A study hears of that act as of any other, only from those who said yes to it. Of `said` nobody
    hears: how it was at the moment is asked by its own check-in, to which they said yes.
    """
    closed = Reach.objects.filter(pk=reach.pk, is_closed=False)
    is_first = bool(closed.update(is_closed=True))
    reach.is_closed = True
    take_notes_back(person=reach.person, state=RingState.ENDED, at=at)
    if reach.answered_by_id is None or not is_first:
        return
    talked = Ring.objects.filter(reach=reach, person=reach.answered_by_id)
    talked.update(until=at)
    key = reach.answered_by_id
    transaction.on_commit(lambda: choosing.freed([key]))
    if said == Said.REACHED:
        acts.record(_act(reach, at=at))
        plans.note_reached(person=reach.person, on=at.date())


def _act(reach: Reach, *, at: datetime) -> Act:
    since = reach.answered_at or at
    minutes = min((at - since).total_seconds() / 60, _MINUTES_MOST)
    return Act(
        kind=Kind.REACHED,
        actor=reach.person,
        other=reach.answered_by,
        mode=_MODES[Way(reach.way)],
        minutes=round(max(minutes, 1.0)),
        help=Help.RECEIVED,
        on=at.date(),
        setting=Setting.REACH,
    )
