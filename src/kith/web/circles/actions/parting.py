"""Two who are not to be brought together are not held together: who asked for it gets up."""

from django.db import transaction
from django.utils import timezone

from kith.web.circles import access
from kith.web.circles.actions.apart import FIRST_IN_LINE, keep_apart
from kith.web.circles.actions.leaving import leave, wish_again
from kith.web.circles.choices import ChairState
from kith.web.circles.models import Chair, Circle
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance


@transaction.atomic
def part(*, distance: Distance) -> None:
    """Let whoever keeps away from somebody get up from every circle in which both sit.

    The other one, and everybody else there, reads that they have moved on: nobody learns of the
    distance. They are first in line for another. Where not both sit yet, see `keep_apart`.
    """
    if distance.kind not in {Kind.BLOCK, Kind.AVOID}:
        return
    at = timezone.now()
    for circle in _circles_of_both(distance):
        held = {chair.person_id: chair for chair in access.chairs_held([circle])}
        mine, theirs = held[distance.by_id], held[distance.whom_id]
        if mine.state == theirs.state == ChairState.SITS:
            leave(chair=mine, at=at)
            wish_again(person=mine.person, at=at, waited=FIRST_IN_LINE)
        else:
            keep_apart(circle=circle, at=at)


def _circles_of_both(distance: Distance) -> list[Circle]:
    mine = Chair.objects.filter(person=distance.by_id, state__in=access.HELD).values("circle")
    theirs = Chair.objects.filter(person=distance.whom_id, state__in=access.HELD).values("circle")
    return list(access.open_circles().filter(pk__in=mine).filter(pk__in=theirs))
