"""Who is asked answers: yes, another one, or not now. Nobody is refused in the open."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.circles import access
from kith.web.circles.actions.apart import keep_apart, let_go
from kith.web.circles.actions.leaving import leave_for_another
from kith.web.circles.bridge import crowd as crowds
from kith.web.circles.bridge.checking import may_begin
from kith.web.circles.choices import Answer, ChairState, CircleState
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.notices.models import KEPT_FOR

ANSWER_WITHIN: Final = timedelta(days=6)
# What is proposed and finds no four who say yes is let go after so long, and all wait on.
PROPOSED_FOR: Final = timedelta(days=21)
RESTS_FOR: Final = timedelta(days=28)
LEAST: Final = 4
OPEN: Final = frozenset({ChairState.ASKED, ChairState.YES})


class OverError(RefusalError):
    """The question is no longer open."""

    def __init__(self) -> None:
        super().__init__(_("This question is closed. If you still wish for a circle, we look on."))


def answer(*, chair: Chair, answer: Answer, at: datetime) -> Chair:
    """Take down what somebody answers who is asked; a circle begins when enough said yes.

    Raises:
        OverError: If it is no longer asked, or the circle has ended.
    """
    answered = _answered(chair, answer, at=at)
    # Raised only now: what became of the question stays.
    if answered is None:
        raise OverError
    return answered


@transaction.atomic
def _answered(chair: Chair, answer: Answer, *, at: datetime) -> Chair | None:
    circle = access.locked(chair.circle)
    keep_apart(circle=circle, at=at)
    chair = Chair.objects.select_related("person", "circle").get(pk=chair.pk)
    if chair.state not in OPEN or circle.state not in access.OPEN:
        return None
    chair.circle = circle
    chair.answered_at = at
    saw_page(person=chair.person, paths=[reverse("circles:asked", args=[circle.token])])
    if answer is Answer.YES:
        _say_yes(chair, at=at)
    else:
        chair.state = ChairState.ANOTHER if answer is Answer.ANOTHER else ChairState.NOT_NOW
        chair.save()
        if answer is Answer.NOT_NOW:
            _let_rest(chair, at=at)
    return chair


def _say_yes(chair: Chair, *, at: datetime) -> None:
    circle = chair.circle
    if circle.state == CircleState.MEETS:
        sit(chair=chair, at=at)
        return
    chair.state = ChairState.YES
    chair.save()
    if begin_if_enough(circle=circle, at=at):
        chair.refresh_from_db(fields=["state", "since"])


@transaction.atomic
def begin_if_enough(*, circle: Circle, at: datetime) -> bool:
    """Let a circle that is proposed begin if enough said yes, and they break no hard rule."""
    circle = access.locked(circle)
    keep_apart(circle=circle, at=at)
    chairs = list(
        access.chairs_held([circle]).filter(state=ChairState.YES).select_related("person")
    )
    if circle.state != CircleState.PROPOSED or len(chairs) < LEAST:
        return False
    if not may_begin(crowds.crowd_of(circle, chairs, at=at)):
        return False
    circle.begun_on = circle.arc_from = circle.next_on(at=at)
    circle.state = CircleState.MEETS
    circle.save()
    for chair in chairs:
        chair.circle = circle
        sit(chair=chair, at=at)
    return True


def sit(*, chair: Chair, at: datetime) -> None:
    """Let somebody take their chair in a circle that meets: those in it may write to each other."""
    circle = chair.circle
    chair.state = ChairState.SITS
    chair.since = at.astimezone(circle.clock).date()
    chair.save()
    Wish.objects.filter(person=chair.person).update(circle=False, rests_until=None)
    for other in access.chairs_of_circle(circle).exclude(pk=chair.pk).select_related("person"):
        messages.open_ground(
            one=chair.person, other=other.person, reason=Reason.CIRCLE, number=circle.pk
        )
    tell(
        person=chair.person,
        about=About.CIRCLE,
        words=lambda: _("Your circle begins. There is a chair for you."),
        path=reverse("circles:circle", args=[circle.token]),
    )
    leave_for_another(chair=chair, at=at)


@transaction.atomic
def forget_unanswered(*, at: datetime) -> None:
    """Ask no longer who did not answer in time: their wish rests, and nobody is told.

    What was proposed and did not come to be is let go; who had said yes waits on, and comes first.
    Its row goes when no notice leads there any more: whoever was asked may still open the page.
    """
    late = Chair.objects.filter(state=ChairState.ASKED, asked_at__lte=at - ANSWER_WITHIN)
    for chair in late.select_related("person", "circle"):
        chair.state = ChairState.SILENT
        chair.save()
        saw_page(person=chair.person, paths=[reverse("circles:asked", args=[chair.circle.token])])
        _let_rest(chair, at=at)
    old = Circle.objects.filter(state=CircleState.PROPOSED, asked_at__lte=at - PROPOSED_FOR)
    empty = Circle.objects.filter(state=CircleState.PROPOSED).exclude(chairs__state__in=access.HELD)
    for circle in {*old, *empty}:
        _give_up(circle, at=at)
    gone = Circle.objects.filter(state=CircleState.CLOSED, begun_on=None)
    gone.filter(closed_on__lte=(at - KEPT_FOR).date()).delete()


def _give_up(circle: Circle, *, at: datetime) -> None:
    """Let go of what was proposed and did not come to be, and of all who are kept for it."""
    for chair in access.chairs_held([circle]).select_related("person", "circle"):
        let_go(chair=chair, at=at)
    circle.state = CircleState.CLOSED
    circle.closed_on = at.date()
    circle.save(update_fields=["state", "closed_on"])


def _let_rest(chair: Chair, *, at: datetime) -> None:
    """Look for nothing for somebody for a while."""
    Wish.objects.filter(person=chair.person).update(rests_until=at.date() + RESTS_FOR)
