"""Where a circle meets, what it is called, who comes, and who was there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.circles.actions import telling
from kith.web.circles.actions.telling import tell_others
from kith.web.circles.choices import Way
from kith.web.circles.models import Chair, Circle, Meeting, Presence
from kith.web.circles.queries.evenings import calendar_of
from kith.web.people.models import Person


class NoEveningError(RefusalError):
    """The circle did not meet then, or it is too long ago to say so."""

    def __init__(self) -> None:
        super().__init__(_("You can say so from when the evening begins, for three days."))


# ---- the name, the place, what somebody brings --------------------------------------------------
@transaction.atomic
def call_it(*, chair: Chair, name: str, at: datetime) -> None:
    """Give the circle a name, or none: then it is called by its day. All are told."""
    circle = chair.circle
    if circle.name == name:
        return
    circle.name = name
    circle.save(update_fields=["name"])
    tell_others(
        circle=circle,
        words=lambda: _("Your circle has a new name."),
        part=telling.NAME,
        at=at,
        besides=chair.person,
    )


@transaction.atomic
def meet_at(*, chair: Chair, place: str, link: str, at: datetime) -> None:
    """Say where the circle meets: a place, the link of a room, both or neither. All are told."""
    circle = chair.circle
    if (circle.place, circle.link) == (place, link):
        return
    circle.place, circle.link = place, link
    circle.save(update_fields=["place", "link"])
    tell_others(
        circle=circle,
        words=lambda: _("Where your circle meets has changed. Have a look before you go."),
        part=telling.WHERE,
        at=at,
        besides=chair.person,
    )


def bring(*, chair: Chair, brings: str) -> None:
    """Say what somebody brings to the circle, in a few words of theirs."""
    chair.brings = brings
    chair.save(update_fields=["brings"])


# ---- before an evening ----------------------------------------------------------------------
@transaction.atomic
def say_comes(*, chair: Chair, comes: bool, at: datetime) -> None:
    """Say that somebody cannot come to the next evening, or that they can after all."""
    on = calendar_of(chair.circle).next_on(at=at)
    if comes:
        Presence.objects.filter(
            meeting__circle=chair.circle, meeting__on=on, person=chair.person, was_there=False
        ).delete()
        return
    Presence.objects.get_or_create(
        meeting=_meeting(chair.circle, on), person=chair.person, defaults={"was_there": False}
    )


@transaction.atomic
def take_week_off(*, chair: Chair, at: datetime) -> date:
    """Let the next evening be a week off for all; return its day. All are told."""
    circle = chair.circle
    on = calendar_of(circle).next_on(at=at)
    meeting = _meeting(circle, on)
    meeting.is_off = True
    meeting.save(update_fields=["is_off"])
    tell_others(
        circle=circle,
        words=lambda: (
            _("Your circle takes a week off: nobody meets on %(day)s.") % {"day": _day(on)}
        ),
        part=telling.OFF,
        at=at,
        besides=chair.person,
    )
    return on


@transaction.atomic
def meet_after_all(*, chair: Chair, on: date, at: datetime) -> None:
    """Let the circle meet on a day that was a week off. All are told."""
    off = Meeting.objects.filter(circle=chair.circle, on=on, is_off=True)
    if on < chair.circle.next_on(at=at) or not off.update(is_off=False):
        return
    tell_others(
        circle=chair.circle,
        words=lambda: _("Your circle meets on %(day)s after all.") % {"day": _day(on)},
        part=telling.OFF,
        at=at,
        besides=chair.person,
    )


# ---- after an evening -----------------------------------------------------------------------
@transaction.atomic
def say_was_there(*, chair: Chair, on: date, at: datetime) -> None:
    """Write down that somebody was there, and that they talked with the others who say so.

    One act for each two people: who says it second writes it.

    Raises:
        NoEveningError: If the circle did not meet then, or too long ago.
    """
    circle, person = chair.circle, chair.person
    calendar = calendar_of(circle)
    if on not in calendar.held(calendar.begun(), on) or not calendar.may_be_said(on, at=at):
        raise NoEveningError
    # Nobody else says so meanwhile: two who tap at once would each write of the other.
    meeting = Meeting.objects.select_for_update().get(pk=_meeting(circle, on).pk)
    if meeting.presences.filter(person=person, was_there=True).exists():
        return
    others = [one.person for one in meeting.presences.filter(was_there=True)]
    meeting.presences.update_or_create(person=person, defaults={"was_there": True})
    acts.record_all(
        [_act(Kind.WAS_THERE, circle, person, on)]
        + [_act(Kind.TALKED, circle, person, on, other=other) for other in others]
    )
    Chair.objects.filter(pk=chair.pk).update(is_still_mine=None)


def still_mine(*, chair: Chair) -> None:
    """Say that it is still somebody's chair, though they were not there for some evenings."""
    Chair.objects.filter(pk=chair.pk, is_still_mine=False).update(is_still_mine=True)


def mode_of(circle: Circle) -> Mode:
    """Return how people are together in `circle`."""
    return Mode.VIDEO if circle.way == Way.ONLINE else Mode.IN_PERSON


def _act(
    kind: Kind, circle: Circle, person: Person, on: date, *, other: Person | None = None
) -> Act:
    return Act(
        kind=kind,
        actor=person,
        other=other,
        mode=mode_of(circle),
        minutes=circle.minutes,
        on=on,
        setting=Setting.CIRCLE,
        number=circle.pk,
    )


def _meeting(circle: Circle, on: date) -> Meeting:
    """Return the row of that evening, made if nothing was said of it before."""
    return Meeting.objects.get_or_create(circle=circle, on=on)[0]


def _day(on: date) -> str:
    return date_format(on, _("l j F"))
