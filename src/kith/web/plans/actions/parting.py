"""Two who are not to be brought together are not in each other's plans."""

from django.db import transaction
from django.utils import timezone

from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.plans.actions.asking import say_no, step_back
from kith.web.plans.models import Asking
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance


@transaction.atomic
def part(*, distance: Distance) -> None:
    """Let whoever keeps away out of the other's plan, and the other out of theirs.

    It reads like stepping back, or like silence: nobody learns of the distance.
    """
    if distance.kind not in {Kind.BLOCK, Kind.AVOID}:
        return
    at = timezone.now()
    theirs = Asking.objects.filter(planner=distance.whom, person=distance.by).first()
    if theirs is not None and theirs.is_in:
        step_back(asking=theirs, at=at)
    elif theirs is not None and theirs.is_open(at):
        say_no(theirs, at)
    for mine in Asking.objects.filter(planner=distance.by, person=distance.whom):
        messages.close_ground(reason=Reason.PLAN, number=mine.pk)
        mine.delete()
