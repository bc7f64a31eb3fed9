"""Somebody stays with somebody for a while: agreed by both, and forgotten when it is over.

kith watches over nobody here. It shows the two what they agreed, and when a tap is late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.reach.choices import By
from kith.web.reach.models import Company
from kith.web.rooms import actions as rooms
from kith.web.rooms.choices import Kind


class StaysAlreadyError(RefusalError):
    """Somebody asked for company already."""

    def __init__(self) -> None:
        super().__init__(_("You have asked somebody already. End that first, then ask anew."))


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both read beforehand; see Company."""

    by: By
    every: int
    hours: int
    calls_help: bool
    where: str = ""


@transaction.atomic
def ask_to_stay(*, person: Person, other: Person, agreed: Agreed, at: datetime) -> Company:
    """Ask `other` to stay with `person`, and let them know at once; nothing begins before their yes.

    Raises:
        StaysAlreadyError: If somebody was asked before and it is not over.
    """
    Company.objects.filter(person=person, until__lte=at).delete()
    if Company.objects.filter(person=person).exists():
        raise StaysAlreadyError
    made = Company.objects.create(
        person=person,
        other=other,
        by=agreed.by,
        every=agreed.every,
        calls_help=agreed.calls_help,
        where=agreed.where,
        asked_at=at,
        until=at + timedelta(hours=agreed.hours),
    )
    notices.tell(
        person=other,
        about=About.REACH,
        words=lambda: _("%(name)s asks whether you can stay with them.") % {"name": person},
        path=made.get_absolute_url(),
        by=person,
        is_urgent=True,
    )
    return made


@transaction.atomic
def stay(*, company: Company, at: datetime) -> Company:
    """Begin: the other one has read what will happen, and stays."""
    if company.begun_at is not None:
        return company
    company.begun_at = company.here_at = at
    if company.by == By.ROOM:
        room = rooms.open_room(
            kind=Kind.CALL,
            people=[company.person, company.other],
            host=company.person,
            ends_at=company.until,
            back=company.get_absolute_url(),
        )
        company.room = room.get_absolute_url()
    company.save(update_fields=["begun_at", "here_at", "room"])
    _tell_who_asked(company, _stays, path=company.get_absolute_url())
    return company


def am_here(*, company: Company, at: datetime) -> None:
    """Note that whoever asked is there."""
    company.here_at = at
    company.save(update_fields=["here_at"])


@transaction.atomic
def end_company(*, company: Company, by: Person) -> None:
    """End it, and forget it: who, where and when. Whoever asked is told if the other one cannot."""
    path = company.get_absolute_url()
    for person, other in ((company.other, company.person), (company.person, company.other)):
        notices.take_back(person=person, about=About.REACH, path=path, by=other)
    if by.pk == company.other_id:
        words = _cannot if company.begun_at is None else _ended
        _tell_who_asked(company, words, path=reverse("reach:stay_with_me"))
    company.delete()


def _tell_who_asked(company: Company, words: Callable[[Person], str], *, path: str) -> None:
    """Let whoever asked know: they may have closed the page since."""
    notices.tell(
        person=company.person,
        about=About.REACH,
        words=partial(words, company.other),
        path=path,
        by=company.other,
        is_urgent=True,
    )


def _stays(other: Person) -> str:
    return _("%(name)s stays with you.") % {"name": other}


def _cannot(other: Person) -> str:
    return _("%(name)s can’t stay just now. Ask somebody else, or ring a line.") % {"name": other}


def _ended(other: Person) -> str:
    said = _("%(name)s has stopped staying with you. Ask somebody else, or ring a line.")
    return said % {"name": other}


def forget_company(*, at: datetime) -> int:
    """Forget the company whose time is over; return how many there were."""
    return Company.objects.filter(until__lte=at).delete()[0]
