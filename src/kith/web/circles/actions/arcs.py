"""Six evenings, then each says whether they go on; and a circle that closes well."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.circles import access
from kith.web.circles.actions import telling
from kith.web.circles.actions.leaving import end, leave
from kith.web.circles.actions.telling import tell_farewell, tell_others
from kith.web.circles.models import Chair, Circle
from kith.web.circles.queries.evenings import WEEK, Calendar, calendar_of
from kith.web.people.models import Person

# So many go on, and nobody else needs to be found.
_ENOUGH: Final = 4
# The look comes round once a day: what it says once is said on one of them.
_A_DAY: Final = timedelta(days=1)


class NotAskedError(RefusalError):
    """Nobody is asked whether they go on."""

    def __init__(self) -> None:
        super().__init__(_("This is asked after the sixth evening. It is not open now."))


# ---- six evenings ---------------------------------------------------------------------------
@transaction.atomic
def say_goes_on(*, chair: Chair, goes_on: bool, at: datetime) -> None:
    """Take down whether somebody goes on after six evenings; nobody else is told what they say.

    Raises:
        NotAskedError: If it is not asked now.
    """
    circle = _locked(chair.circle)
    calendar = calendar_of(circle)
    if not calendar.is_asked_whether_it_goes_on(at=at):
        raise NotAskedError
    Chair.objects.filter(pk=chair.pk).update(goes_on=goes_on)
    settle_arc(circle=circle, at=at)


@transaction.atomic
def settle_arc(*, circle: Circle, at: datetime) -> bool:
    """Let the next six evenings begin once all have answered, or a week has passed.

    Who goes on, or said nothing, keeps their chair; the others move on. If too few go on they are
    kept together, and the weekly run looks for people to sit with them. If nobody stays it closes.
    """
    calendar = calendar_of(circle)
    if not calendar.is_asked_whether_it_goes_on(at=at) or not _all_said(circle, calendar, at=at):
        return False
    sits = access.chairs_of_circle(circle).select_related("person")
    going = list(sits.filter(goes_on=False))
    if len(going) == sits.count():
        close(circle=circle, at=at)
        return True
    for chair in going:
        leave(chair=chair, at=at)
    circle.arc_from = _after(calendar)
    circle.save(update_fields=["arc_from"])
    _say_it_goes_on(circle, at=at)
    sits.update(goes_on=None)
    return True


def _all_said(circle: Circle, calendar: Calendar, *, at: datetime) -> bool:
    is_late = at >= circle.starts_on(calendar.arc_ends_on()) + WEEK
    return is_late or not access.told_in(circle, at=at).filter(goes_on=None).exists()


def _after(calendar: Calendar) -> date:
    day = calendar.arc_ends_on() + WEEK
    while day in calendar.off:
        day += WEEK
    return day


def _say_it_goes_on(circle: Circle, *, at: datetime) -> None:
    is_enough = access.chairs_of_circle(circle).filter(goes_on=True).count() >= _ENOUGH
    tell_others(
        circle=circle, words=lambda: _said_of_going_on(is_enough=is_enough), part=telling.ON, at=at
    )


def _said_of_going_on(*, is_enough: bool) -> str:
    if is_enough:
        return _("Your circle goes on, at the same hour.")
    return _("Your circle goes on. We look for people to sit with you.")


def ask_whether_it_goes_on(*, circle: Circle, at: datetime) -> None:
    """Let those in `circle` know, on the day after, that they are asked whether they go on."""
    calendar = calendar_of(circle)
    begun = circle.starts_on(calendar.arc_ends_on())
    if not calendar.is_asked_whether_it_goes_on(at=at) or at >= begun + _A_DAY:
        return
    tell_others(
        circle=circle,
        words=lambda: _("You have met for some weeks now. Would you like to go on?"),
        part=telling.ON,
        at=at,
    )


# ---- closing well ---------------------------------------------------------------------------
@transaction.atomic
def would_close(*, chair: Chair, would: bool, at: datetime) -> None:
    """Say that the circle should close well, or not after all; once all say so its last evening is set."""
    circle = _locked(chair.circle)
    if chair.would_close == would:
        return
    is_first = not access.chairs_of_circle(circle).filter(would_close=True).exists()
    chair.would_close = would
    chair.save(update_fields=["would_close"])
    if not would:
        Circle.objects.filter(pk=circle.pk).update(closes_on=None)
    elif not _set_last_evening(circle, at=at) and is_first:
        tell_others(
            circle=circle,
            words=lambda: _wish_to_close_of(chair.person),
            part=telling.CLOSING,
            at=at,
            besides=chair.person,
        )


def _wish_to_close_of(person: Person) -> str:
    said = _("%(who)s would like your circle to close well. What do you say?")
    return said % {"who": person}


def _set_last_evening(circle: Circle, *, at: datetime) -> bool:
    """Set the last evening of `circle` if all who sit in it and are here would close it."""
    sits = access.told_in(circle, at=at)
    if circle.closes_on or not sits or sits.filter(would_close=False).exists():
        return False
    circle.closes_on = calendar_of(circle).next_on(at=at)
    circle.save(update_fields=["closes_on"])
    tell_others(
        circle=circle,
        words=lambda: _("All of you would close the circle. The next evening is its last."),
        part=telling.CLOSING,
        at=at,
    )
    return True


def close_if_over(*, circle: Circle, at: datetime) -> bool:
    """Close `circle` if its last evening is over."""
    if circle.closes_on is None:
        # Who had not agreed may have moved on since.
        if access.chairs_of_circle(circle).filter(would_close=True).exists():
            _set_last_evening(circle, at=at)
        return False
    if at < calendar_of(circle).ends_at(circle.closes_on):
        return False
    close(circle=circle, at=at)
    return True


@transaction.atomic
def close(*, circle: Circle, at: datetime) -> None:
    """Let a circle close well, now: those who sat in it, or a steward, said so."""
    tell_farewell(
        circle=circle,
        words=lambda: _("Your circle has closed well. Thank you for sitting there."),
        at=at,
    )
    end(circle=circle, at=at)


def _locked(circle: Circle) -> Circle:
    return Circle.objects.select_for_update().get(pk=circle.pk)
