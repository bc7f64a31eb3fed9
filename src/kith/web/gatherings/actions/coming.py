"""Somebody says whether they come, and afterwards whether they did."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Kind, Setting
from kith.web.acts.choices import Mode as ActMode
from kith.web.acts.models import Act
from kith.web.gatherings import access, queries
from kith.web.gatherings.actions.grounds import arrange_with
from kith.web.gatherings.bridge import meetings
from kith.web.gatherings.choices import Answer, Mode
from kith.web.gatherings.models import Coming, Gathering, Intent
from kith.web.people.models import Person

# For so long somebody may say that they were there.
LATELY = timedelta(days=7)
# Nobody plans more evenings of one gathering than its page shows.
_DATES_MOST = 12


class NoSuchDateError(RefusalError):
    """It does not meet on that date, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "It does not meet then, or no longer does. Look at its page again for its next dates."
            )
        )


class NotComingError(RefusalError):
    """They did not say that they come."""

    def __init__(self) -> None:
        super().__init__(_("Say first whether you come."))


@transaction.atomic
def answer(*, person: Person, gathering: Gathering, on: date | None, said: Answer) -> None:
    """Remember what `person` said of `gathering`: of one date, or, without a date, of every one.

    Raises:
        NoSuchDateError: If it does not meet then.
        NotTheirsError: If it is kept for others, and they say that they come.
    """
    if said != Answer.NOT:
        access.may_come(person, gathering)
    if on is not None and on not in dates_ahead(gathering):
        raise NoSuchDateError
    rows = Coming.objects.filter(person=person, gathering=gathering)
    if on is None and said == Answer.NOT:
        rows.filter(was_there=None, is_here=False).delete()
        arrange_with(person, gathering)
        return
    Coming.objects.update_or_create(
        person=person, gathering=gathering, on=on, defaults={"answer": said}
    )
    if said == Answer.NOT:
        # Whom nobody expects any more, nobody looks out for, and nobody counts on.
        rows.filter(on=on).update(greeter=None, sits=None)
    arrange_with(person, gathering)


def come_every_time(person: Person, gathering: Gathering) -> None:
    """Let `person`, who hosts, come every time: Tonight shows it, and they are told what changes."""
    Coming.objects.update_or_create(
        person=person, gathering=gathering, on=None, defaults={"answer": Answer.COME}
    )


@transaction.atomic
def say_was_there(*, person: Person, gathering: Gathering, on: date, was_there: bool) -> None:
    """Remember whether `person` was there on a date of late; if so, it is an act of theirs.

    Raises:
        NoSuchDateError: If it did not meet then, or too long ago.
    """
    minutes = minutes_held(gathering, on)
    coming, _is_new = Coming.objects.select_for_update().get_or_create(
        person=person, gathering=gathering, on=on, defaults={"answer": Answer.COME}
    )
    # What is written down stays written down; a second tap is no second evening.
    if coming.was_there:
        return
    coming.was_there = was_there
    coming.save(update_fields=["was_there"])
    if was_there:
        acts.record(
            Act(
                kind=Kind.WAS_THERE,
                actor=person,
                on=on,
                mode=mode_of(gathering),
                setting=Setting.GATHERING,
                number=gathering.pk,
                minutes=minutes,
            )
        )


def of_date(*, person: Person, gathering: Gathering, on: date) -> Coming:
    """Return the row of that date, held until it is saved; made of the answer to every date if need be.

    Raises:
        NotComingError: If they do not mean to come then.
    """
    rows = Coming.objects.select_for_update().filter(person=person, gathering=gathering)
    said = Intent.of(rows.filter(Q(on=on) | Q(on=None)), on)
    if not said.is_coming:
        raise NotComingError
    row, _is_new = Coming.objects.select_for_update().get_or_create(
        person=person, gathering=gathering, on=on, defaults={"answer": said.answer}
    )
    return row


def mode_of(gathering: Gathering) -> ActMode:
    """Return how people are together there; where both are possible, most are in the room."""
    return ActMode.VIDEO if gathering.mode == Mode.ONLINE else ActMode.IN_PERSON


def minutes_held(gathering: Gathering, on: date) -> int:
    """Return how long `gathering` met on that date of late.

    Raises:
        NoSuchDateError: If it did not, or too long ago.
    """
    now = datetime.now(UTC)
    held = meetings.held_lately(gathering, queries.occasions_of(gathering), now=now, within=LATELY)
    minutes = dict(held).get(on)
    if minutes is None:
        raise NoSuchDateError
    return minutes


def dates_ahead(gathering: Gathering) -> set[date]:
    """Return on which dates `gathering` meets next, one that has begun and is not over among them."""
    ahead = meetings.meetings_of(
        gathering,
        queries.occasions_of(gathering),
        zone=gathering.timezone,
        now=datetime.now(UTC),
        most=_DATES_MOST,
    )
    return {meeting.on for meeting in ahead if not meeting.called_off}
