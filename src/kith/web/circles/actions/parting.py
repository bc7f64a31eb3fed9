"""Two who are not to be brought together are not held together: who asked for it gets up."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from kith.web.circles import access
from kith.web.circles.actions.leaving import leave, wish_again
from kith.web.circles.choices import ChairState
from kith.web.circles.models import Chair, Circle
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

# Their wish counts as though they had waited so long: they are first in line for another circle.
WAITED: Final = timedelta(weeks=52)


@transaction.atomic
def part(*, distance: Distance) -> None:
    """Let whoever keeps away from somebody get up from every circle that holds both.

    The other one, and everybody else there, reads that they have moved on: nobody learns of the
    distance. Where not both sit yet, whoever is only asked is asked no longer.
    """
    if distance.kind not in {Kind.BLOCK, Kind.AVOID}:
        return
    at = timezone.now()
    for circle in _circles_of_both(distance):
        held = {chair.person_id: chair for chair in access.chairs_held([circle])}
        mine, theirs = held[distance.by_id], held[distance.whom_id]
        if mine.state != ChairState.SITS:
            _ask_no_longer(mine)
        elif theirs.state != ChairState.SITS:
            _ask_no_longer(theirs)
        else:
            _get_up(mine, at=at)


def _circles_of_both(distance: Distance) -> list[Circle]:
    mine = Chair.objects.filter(person=distance.by_id, state__in=access.HELD).values("circle")
    theirs = Chair.objects.filter(person=distance.whom_id, state__in=access.HELD).values("circle")
    return list(access.open_circles().filter(pk__in=mine).filter(pk__in=theirs))


def _ask_no_longer(chair: Chair) -> None:
    """Take back an ask, as though it had never been: their wish waits on."""
    chair.delete()


def _get_up(chair: Chair, *, at: datetime) -> None:
    leave(chair=chair, at=at)
    wish_again(person=chair.person, at=at, waited=WAITED)
