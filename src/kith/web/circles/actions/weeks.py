"""Somebody has a hard week: two who are steady come nearer. It removes nobody from anything."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.actions import telling
from kith.web.circles.bridge.steady import steadiest
from kith.web.circles.models import Chair, HardWeek
from kith.web.notices.actions import tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.safety import access as safety

HARD_FOR: Final = timedelta(days=14)


@transaction.atomic
def say_hard_week(*, chair: Chair, at: datetime) -> HardWeek:
    """Let the two steadiest of the circle know that somebody has a hard week, and nobody else.

    Nobody new is told, nobody who is away or has a hard week themselves, nobody who does not want
    to hear of them. Said again it is the same week. Until it is over they count as tender where
    circles are formed.
    """
    circle, person = chair.circle, chair.person
    found = access.hard_week_of(person, circle, at=at)
    if found is not None:
        return found
    near, also_near = _near(chair, at=at)
    today = at.date()
    week = HardWeek.objects.create(
        circle=circle,
        person=person,
        near=near,
        also_near=also_near,
        since=today,
        until=today + HARD_FOR,
    )
    for one in filter(None, (near, also_near)):
        tell(
            person=one,
            about=About.CIRCLE,
            words=lambda: _("%(who)s has a hard week.") % {"who": person},
            path=telling.path_of(circle, telling.NEAR),
            by=person,
        )
    return week


@transaction.atomic
def take_back_hard_week(*, chair: Chair) -> None:
    """Let somebody's hard week be over."""
    HardWeek.objects.filter(circle=chair.circle, person=chair.person).delete()


def _near(chair: Chair, *, at: datetime) -> tuple[Person | None, Person | None]:
    seen = access.seated_with(chair.person, chair.circle).values("pk")
    told = access.told_in(chair.circle, at=at).filter(pk__in=seen).exclude(pk=chair.pk)
    willing = [one.person for one in told if not safety.has_muted(one.person, chair.person)]
    found = steadiest(willing, at=at)
    return found[0] if found else None, found[1] if len(found) > 1 else None
