"""Somebody takes some weeks off, looks for another circle, or moves on. Nobody is told why."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.actions import telling
from kith.web.circles.actions.favors import drop_favors_of
from kith.web.circles.actions.telling import tell_others
from kith.web.circles.choices import ChairState, CircleState
from kith.web.circles.models import Chair, Circle, HardWeek, Wish
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.people.models import Person


def take_weeks_off(*, chair: Chair, weeks: int, at: datetime) -> None:
    """Let somebody be away for some weeks, from today. Their chair stays."""
    today = at.astimezone(chair.circle.clock).date()
    chair.away_until = today + timedelta(weeks=weeks)
    chair.save(update_fields=["away_until"])


def come_back(*, chair: Chair) -> None:
    """Let somebody be back from their weeks off."""
    chair.away_until = None
    chair.save(update_fields=["away_until"])


@transaction.atomic
def look_on(*, chair: Chair, at: datetime) -> None:
    """Look for another circle for somebody. Their chair stays theirs until they say yes to one."""
    chair.looks_on = True
    chair.save(update_fields=["looks_on"])
    wish_again(person=chair.person, at=at)


@transaction.atomic
def stay(*, chair: Chair) -> None:
    """No longer look for another circle for somebody."""
    chair.looks_on = False
    chair.save(update_fields=["looks_on"])
    Wish.objects.filter(person=chair.person).update(circle=False)


def wish_again(*, person: Person, at: datetime, waited: timedelta = timedelta()) -> None:
    """Let somebody wish for a circle, as though they had waited for some time already."""
    since = (at - waited).date()
    wish, _is_new = Wish.objects.get_or_create(person=person, defaults={"since": since})
    if not wish.circle or wish.since > since:
        wish.since = since
    wish.circle, wish.rests_until = True, None
    wish.save()


@transaction.atomic
def leave(*, chair: Chair, at: datetime) -> None:
    """Let somebody move on from a circle. The others read one sentence, and nobody learns why."""
    circle, person = Circle.objects.select_for_update().get(pk=chair.circle_id), chair.person
    if not access.chairs_of_circle(circle).filter(pk=chair.pk).exists():
        return
    _get_up(chair, at=at)
    drop_favors_of(person=person, circle=circle)
    HardWeek.objects.filter(circle=circle, person=person).delete()
    messages.close_ground(reason=Reason.CIRCLE, number=circle.pk, one=person)
    tell_others(circle=circle, words=lambda: farewell_of(person), part=telling.LEFT, at=at)
    close_if_empty(number=circle.pk)


def farewell_of(person: Person) -> str:
    """Return what the others read of one who moves on."""
    return _("%(who)s has moved on, and wishes you well.") % {"who": person}


def leave_for_another(*, chair: Chair, at: datetime) -> None:
    """Let somebody who has sat down in another circle move on from those they sought it from."""
    old = access.chairs_of(chair.person).filter(looks_on=True).exclude(pk=chair.pk)
    for one in old.select_related("person"):
        leave(chair=one, at=at)


def close_if_empty(*, number: int) -> None:
    """Let the circle with this number be closed if nobody sits in it any more."""
    circle = Circle.objects.filter(pk=number, state=CircleState.MEETS).first()
    if circle is not None and not access.chairs_of_circle(circle).exists():
        Chair.objects.filter(circle=circle, state__in=access.HELD).delete()
        _end(circle)


def end(*, circle: Circle, at: datetime) -> None:
    """Let a circle that meets be closed: everybody gets up, and nobody is told of anybody."""
    for chair in access.chairs_of_circle(circle):
        _get_up(chair, at=at)
    Chair.objects.filter(circle=circle, state__in=access.HELD).delete()
    messages.close_ground(reason=Reason.CIRCLE, number=circle.pk)
    _end(circle)


def _get_up(chair: Chair, *, at: datetime) -> None:
    chair.state, chair.left_on = ChairState.LEFT, at.date()
    chair.away_until = chair.goes_on = chair.is_still_mine = None
    chair.looks_on = chair.would_close = False
    chair.save()


def _end(circle: Circle) -> None:
    circle.state, circle.closed_on = CircleState.CLOSED, timezone.localdate()
    circle.save(update_fields=["state", "closed_on"])
