"""Afterwards somebody says whom they talked with, and thanks somebody."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.gatherings import queries
from kith.web.gatherings.actions.coming import minutes_held, mode_of
from kith.web.gatherings.choices import Thanks
from kith.web.gatherings.models import Coming, Gathering
from kith.web.notices.actions import tell
from kith.web.notices.choices import About
from kith.web.people.models import Person

_TALK_MOST_MINUTES = 30


class NotThereError(RefusalError):
    """They did not say that they were there."""

    def __init__(self) -> None:
        super().__init__(_("Say first that you were there."))


@transaction.atomic
def say_talked(*, person: Person, others: Sequence[Person], gathering: Gathering, on: date) -> None:
    """Write down that `person` talked with each of `others` there: one act for each two people.

    A quarter of the evening, and half an hour at most: nobody remembers how long they talked, a
    big gathering makes nobody talk with everybody, and longer than that is what circles are for.
    It is a choice of ours, with no study behind it. What both say is one talk, not two.

    Raises:
        NoSuchDateError: If it did not meet then, or too long ago.
        NotThereError: If they did not say that they were there.
    """
    minutes = min(minutes_held(gathering, on) / 4, _TALK_MOST_MINUTES)
    _must_have_been(person, gathering, on)
    known = queries.talked_with(person, gathering, on)
    acts.record_all(
        Act(
            kind=Kind.TALKED,
            actor=person,
            other=other,
            on=on,
            mode=mode_of(gathering),
            setting=Setting.GATHERING,
            number=gathering.pk,
            minutes=minutes,
        )
        for other in others
        if other.pk not in known
    )


@transaction.atomic
def thank(*, person: Person, other: Person, gathering: Gathering, on: date, said: Thanks) -> None:
    """Let `other` know that `person` thanks them; for the ties, `other` helped `person` then.

    It is one of our sentences and takes no answer, so that nobody can begin to write with it.

    Raises:
        NoSuchDateError: If it did not meet then, or too long ago.
        NotThereError: If they did not say that they were there.
    """
    minutes_held(gathering, on)
    _must_have_been(person, gathering, on)
    if other.pk in queries.thanked(person, gathering, on):
        return
    acts.record(
        Act(
            kind=Kind.THANKED,
            actor=person,
            other=other,
            on=on,
            mode=Mode.TEXT,
            help=Help.RECEIVED,
            setting=Setting.GATHERING,
            number=gathering.pk,
        )
    )

    # Notices about one page are one notice; thanks from two people are two.
    tell(
        person=other,
        about=About.THANKS,
        words=lambda: _words_of_thanks(person, said),
        path=f"{gathering.get_absolute_url()}#{secrets.token_urlsafe(6)}",
        by=person,
    )


def _words_of_thanks(person: Person, said: Thanks) -> str:
    if person.called:
        return _("%(who)s thanks you: “%(words)s”") % {"who": person.called, "words": said.label}
    return _("Somebody thanks you: “%(words)s”") % {"words": said.label}


def _must_have_been(person: Person, gathering: Gathering, on: date) -> None:
    """Return if `person` said that they were there; nobody else writes of them meanwhile."""
    rows = Coming.objects.select_for_update().filter(person=person, gathering=gathering, on=on)
    if not any(row.was_there for row in rows):
        raise NotThereError
