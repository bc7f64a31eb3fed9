"""Somebody who comes tells the hosts something: what they need, whom they bring, what they would do."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.gatherings import queries
from kith.web.gatherings.actions.coming import NoSuchDateError, dates_ahead, of_date
from kith.web.gatherings.choices import Guests, Need
from kith.web.gatherings.models import Coming, Gathering, Told
from kith.web.notices.actions import tell
from kith.web.notices.choices import About
from kith.web.people import access as people
from kith.web.people.actions import empty_log
from kith.web.people.models import Person

_READ_FOR = timedelta(days=2)


class NobodyReadsError(RefusalError):
    """Nobody who holds it is here."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody at this gathering reads kith, so nobody can be told. You can still go.")
        )


class TooNewError(RefusalError):
    """Somebody new here is looked after first."""

    def __init__(self) -> None:
        super().__init__(
            _("Come a few more times first. Whoever is new to kith is looked after here.")
        )


@transaction.atomic
def tell_hosts(
    *, person: Person, gathering: Gathering, on: date, told: Told, is_for_once: bool
) -> None:
    """Keep for the hosts what `person` tells them: for that date, or for every one they come to.

    Raises:
        NoSuchDateError: If it does not meet then.
        NobodyReadsError: If nobody who holds it is here.
        NotComingError: If they did not say that they come.
    """
    _must_be_read(person, gathering, on)
    said = queries.said_of(person, gathering, on)
    if said.once is None and said.always is not None and not is_for_once:
        coming = said.always
    else:
        coming = of_date(person=person, gathering=gathering, on=on)
    coming.tell(told, at=timezone.now())
    coming.save()


@transaction.atomic
def ask_for_company(*, person: Person, gathering: Gathering, on: date) -> None:
    """Tell the hosts that on that date `person` would like somebody to sit with.

    Raises:
        NoSuchDateError: If it does not meet then.
        NobodyReadsError: If nobody who holds it is here.
        NotComingError: If they did not say that they come.
    """
    _must_be_read(person, gathering, on)
    coming = of_date(person=person, gathering=gathering, on=on)
    told = queries.said_of(person, gathering, on).told
    needs = tuple(dict.fromkeys((*told.needs, Need.SIT_WITH)))
    coming.tell(replace(told, needs=needs), at=timezone.now())
    coming.save()


@transaction.atomic
def answer_ask(*, person: Person, gathering: Gathering, on: date, will_sit: bool) -> None:
    """Remember whether `person` would sit with somebody new on that date; if so, tell the hosts.

    The hosts bring the two together. Whoever is new learns of nobody before, and is not written to.

    Raises:
        NoSuchDateError: If it does not meet then.
        NobodyReadsError: If nobody who holds it is here.
        NotComingError: If they did not say that they come.
        TooNewError: If they are new here themselves.
    """
    _must_be_read(person, gathering, on)
    if will_sit and people.is_new(person):
        raise TooNewError
    coming = of_date(person=person, gathering=gathering, on=on)
    was_known = coming.sits
    coming.sits = will_sit
    coming.save()
    if will_sit and not was_known:
        _tell_who_holds(person, gathering, on)


@transaction.atomic
def forget_told(*, at: datetime) -> int:
    """Clear what people told the hosts of dates that are past, and return of how many answers.

    Hosts read it until the day after. A day more, for no clock is farther behind than that. That
    they meant to come, and were there, stays theirs.
    """
    past = Coming.objects.filter(on__lt=at.date() - _READ_FOR)
    told = past.exclude(told_at=None, sits=None, first_time=False)
    count = told.update(
        told_at=None, first_time=False, guests=Guests.NOBODY, guests_words="", needs="",
        needs_words="", offers="", sits=None,
    )  # fmt: skip
    if count:
        transaction.on_commit(empty_log)
    return count


def _tell_who_holds(person: Person, gathering: Gathering, on: date) -> None:
    def words() -> str:
        day = date_format(on, _("l j F"))
        said = {"who": person, "gathering": gathering.name, "day": day}
        return _("%(who)s would sit with somebody new: %(gathering)s, %(day)s.") % said

    path = reverse("gatherings:arrivals", args=[gathering.slug, on.isoformat()])
    for host in queries.hosts_among([gathering], person):
        if host != person:
            tell(person=host, about=About.HOSTING, words=words, path=path, by=person)


def _must_be_read(person: Person, gathering: Gathering, on: date) -> None:
    if on not in dates_ahead(gathering):
        raise NoSuchDateError
    if not queries.hosts_among([gathering], person):
        raise NobodyReadsError
