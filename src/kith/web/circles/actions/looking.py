"""What a circle needs every night, without anybody asking."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.actions import telling
from kith.web.circles.actions.answering import forget_unanswered
from kith.web.circles.actions.arcs import ask_whether_it_goes_on, close_if_over, settle_arc
from kith.web.circles.actions.favors import fade_favors
from kith.web.circles.actions.leaving import close_if_empty
from kith.web.circles.choices import CircleState
from kith.web.circles.models import Chair, Circle, Presence
from kith.web.circles.queries.evenings import SAY_WITHIN, Calendar, calendar_of
from kith.web.notices.actions import tell
from kith.web.notices.choices import About

_MISSED: Final = 4
_LOOKED_AT: Final = timedelta(weeks=26)


def look_after(*, at: datetime) -> int:
    """Look after every circle that meets; return how many there are."""
    fade_favors(at=at)
    forget_unanswered(at=at)
    Chair.objects.filter(away_until__lte=at.date()).update(away_until=None)
    meets = list(Circle.objects.filter(state=CircleState.MEETS).order_by("pk"))
    for circle in meets:
        close_if_empty(number=circle.pk)
        if not close_if_over(circle=circle, at=at) and not settle_arc(circle=circle, at=at):
            ask_whether_it_goes_on(circle=circle, at=at)
            ask_who_is_missing(circle=circle, at=at)
    return len(meets)


def ask_who_is_missing(*, circle: Circle, at: datetime) -> None:
    """Ask whoever was not at the last four evenings, once and alone, whether it is still their chair.

    It is not asked again until they have been there again.
    """
    calendar = calendar_of(circle)
    for chair in access.told_in(circle, at=at).filter(is_still_mine=None):
        if _has_missed_four(chair, calendar, at=at):
            Chair.objects.filter(pk=chair.pk).update(is_still_mine=False)
            tell(
                person=chair.person,
                about=About.CIRCLE,
                words=lambda: _("Is it still your chair? It is fine either way."),
                path=telling.path_of(circle, telling.STILL),
            )


def _has_missed_four(chair: Chair, calendar: Calendar, *, at: datetime) -> bool:
    """Return whether `chair` stood empty on the last four evenings of which all may have said so."""
    over = (at - SAY_WITHIN).astimezone(calendar.circle.clock).date()
    first = max(chair.since or over, over - _LOOKED_AT)
    last = list(calendar.held(first, over))[-_MISSED:]
    been = Presence.objects.filter(
        meeting__circle=calendar.circle, meeting__on__in=last, person=chair.person, was_there=True
    )
    return len(last) == _MISSED and not been.exists()
