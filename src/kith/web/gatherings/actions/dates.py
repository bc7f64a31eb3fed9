"""Hosts call a date off, move it, rest for a while, or end it; who comes is told each time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.errors import RefusalError
from kith.web.gatherings import access, queries
from kith.web.gatherings.actions import news
from kith.web.gatherings.actions.coming import NoSuchDateError
from kith.web.gatherings.actions.editing import hold
from kith.web.gatherings.actions.hosting import keep_place
from kith.web.gatherings.bridge import hours, meetings
from kith.web.gatherings.bridge.meetings import Meeting
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Coming, Gathering, Occasion, Place
from kith.web.kit import times
from kith.web.notices.choices import About

# As far ahead as hosts plan in one sitting.
DATES_MOST = 12


class NotHeldError(RefusalError):
    """It needs two hosts before it goes on."""

    def __init__(self) -> None:
        super().__init__(
            _("It needs two hosts before it goes on. Hand the link to somebody you trust.")
        )


class PastError(RefusalError):
    """A date was moved into the past."""

    def __init__(self) -> None:
        super().__init__(_("That time is past already. Choose one that is ahead."))


@dataclass(frozen=True, slots=True)
class Change:
    """What is different on one date: None stays as it is."""

    on: date | None = None
    at: time | None = None
    place: Place | None = None
    note: str = ""


@transaction.atomic
def call_off(*, gathering: Gathering, on: date, note: str = "") -> None:
    """Call off one date of `gathering`, and tell who would come.

    Raises:
        NoSuchDateError: If it does not meet then.
    """
    occasion = _occasion(gathering, on)
    occasion.called_off, occasion.note = True, note
    _write(gathering, occasion)
    said = gettext_lazy("“%(name)s” on %(day)s is called off. %(note)s")
    _tell(gathering, on, said, note=note, about=About.CALLED_OFF)


@transaction.atomic
def meet_after_all(*, gathering: Gathering, on: date) -> None:
    """Take back that a date is called off, and tell who would come.

    Raises:
        NoSuchDateError: If it is not on the calendar any more.
    """
    occasion = _occasion(gathering, on)
    occasion.called_off, occasion.note = False, ""
    _write(gathering, occasion)
    said = gettext_lazy("“%(name)s” on %(day)s meets after all.")
    _tell(gathering, on, said, about=About.MOVED)


@transaction.atomic
def move(*, gathering: Gathering, on: date, change: Change) -> None:
    """Let one date of `gathering` be at another time or place, and tell who would come.

    Raises:
        NoSuchDateError: If it does not meet then.
        PastError: If that time is past.
    """
    occasion = _occasion(gathering, on)
    occasion.on, occasion.at = change.on or occasion.on, change.at or occasion.at
    occasion.called_off, occasion.note = False, change.note
    begins = datetime.combine(occasion.on, occasion.at, hours.zone(occasion.timezone))
    if begins <= timezone.now():
        raise PastError
    if change.place:
        occasion.place, occasion.place_key = keep_place(change.place), ""
    _write(gathering, occasion)
    if occasion.replaces is None:
        # No rule gives this date a name that stays: what people said of it moves along.
        Coming.objects.filter(gathering=gathering, on=on).update(on=occasion.on)
    where = occasion.place or gathering.place
    said = gettext_lazy("“%(name)s” of %(day)s is now on %(new)s, %(time)s%(place)s. %(note)s")
    more: dict[str, Callable[[], str]] = {
        "new": partial(news.said_date, occasion.on),
        "time": partial(times.said_time, occasion.at),
        "place": lambda: f", {where}" if change.place and where else "",
    }
    named = on if occasion.replaces else occasion.on
    _tell(gathering, named, said, note=change.note, about=About.MOVED, was=on, **more)


@transaction.atomic
def pause(*, gathering: Gathering, note: str = "") -> None:
    """Let `gathering` rest until its hosts go on, and tell who comes."""
    said = gettext_lazy("“%(name)s” is paused for now. It is not gone. %(note)s")
    _set(gathering, Status.PAUSED)
    _tell(gathering, None, said, note=note, about=About.CALLED_OFF)


@transaction.atomic
def go_on(*, gathering: Gathering) -> None:
    """Let `gathering` meet again, and tell who comes.

    Raises:
        NotHeldError: If it has no two hosts.
    """
    if gathering.is_hosted and not access.is_held(gathering):
        raise NotHeldError
    _set(gathering, Status.OPEN)
    said = gettext_lazy("“%(name)s” meets again.")
    _tell(gathering, None, said, about=About.MOVED)


@transaction.atomic
def end(*, gathering: Gathering, note: str = "") -> None:
    """End `gathering` for good, and tell who comes."""
    said = gettext_lazy("“%(name)s” is over. Thank you for coming. Others meet nearby. %(note)s")
    _set(gathering, Status.RETIRED)
    _tell(gathering, None, said, note=note, about=About.CALLED_OFF)


def meetings_ahead(gathering: Gathering) -> list[Meeting]:
    """Return the dates of `gathering` that hosts may change, by its own clock."""
    return meetings.meetings_of(
        gathering,
        queries.occasions_of(gathering),
        zone=gathering.timezone,
        now=timezone.now(),
        most=DATES_MOST,
    )


def _set(gathering: Gathering, status: Status) -> None:
    gathering.status = status
    hold(gathering=gathering, fields=["status"])


def _occasion(gathering: Gathering, on: date) -> Occasion:
    """Return the row for what meets on `on`, one that is not saved yet if the rule gives it."""
    meeting = next((m for m in meetings_ahead(gathering) if m.on == on), None)
    if meeting is None:
        raise NoSuchDateError
    rows = queries.occasions_of(gathering)
    found = [row for row in rows if (row.replaces or row.on) == on]
    if found:
        return found[0]
    return Occasion(
        gathering=gathering,
        on=on,
        at=gathering.start or meeting.begins.time(),
        timezone=gathering.timezone,
        minutes=gathering.minutes,
        replaces=on,
    )


def _write(gathering: Gathering, occasion: Occasion) -> None:
    occasion.save()
    hold(gathering=gathering, fields=["occasions"])


def _tell(
    gathering: Gathering,
    on: date | None,
    said: Promise,
    *,
    about: About,
    note: str = "",
    was: date | None = None,
    **more: Callable[[], str],
) -> None:
    day = was or on
    if day:
        more["day"] = partial(news.said_date, day)
    words_ = news.named(gathering, said, note=lambda: note, **more)
    news.tell_who_comes(gathering, on, words_, about=about)
