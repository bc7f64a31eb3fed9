"""A host looks out for somebody, and sees them there."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Kind, Setting
from kith.web.acts.models import Act
from kith.web.gatherings import access, queries
from kith.web.gatherings.actions.coming import (
    NoSuchDateError,
    dates_ahead,
    minutes_held,
    mode_of,
    of_date,
)
from kith.web.gatherings.models import Gathering
from kith.web.notices.actions import take_back, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person

# A hello at the door is short.
_HELLO_MINUTES = 1


class TooEarlyError(RefusalError):
    """Nobody is there before the day."""

    def __init__(self) -> None:
        super().__init__(_("It is not that day yet. Mark people when you see them there."))


class SomebodyElseError(RefusalError):
    """Another host said so before."""

    def __init__(self) -> None:
        super().__init__(_("Another host looks out for them already."))


@transaction.atomic
def look_out_for(*, host: Person, guest: Person, gathering: Gathering, on: date) -> None:
    """Let `host` be who meets `guest` at the door on that date, and let the guest know.

    Raises:
        NoSuchDateError: If it does not meet then.
        NotComingError: If the guest does not come.
        SomebodyElseError: If another host of today looks out for them.
    """
    if on not in dates_ahead(gathering):
        raise NoSuchDateError
    coming = of_date(person=guest, gathering=gathering, on=on)
    holding = access.hosts_now().filter(gathering=gathering).values_list("person", flat=True)
    if coming.greeter_id not in {None, host.pk} and coming.greeter_id in holding:
        raise SomebodyElseError
    if coming.greeter_id == host.pk:
        return
    coming.greeter = host
    coming.save()
    # If they were told meanwhile that this host cannot, that is over.
    take_back(person=guest, about=About.GREETING, path=gathering.get_absolute_url(), by=host)
    tell(
        person=guest,
        about=About.GREETING,
        words=lambda: words_of_greeter(host),
        path=gathering.get_absolute_url(),
        by=host,
    )


@transaction.atomic
def look_out_no_more(*, host: Person, guest: Person, gathering: Gathering, on: date) -> None:
    """Take back that `host` meets `guest` at the door; who has read it already is told.

    Raises:
        NotComingError: If the guest does not come.
    """
    coming = of_date(person=guest, gathering=gathering, on=on)
    if coming.greeter_id != host.pk:
        return
    coming.greeter = None
    coming.save()
    path = gathering.get_absolute_url()
    if not take_back(person=guest, about=About.GREETING, path=path, by=host):
        tell(
            person=guest,
            about=About.GREETING,
            words=lambda: _(
                "Whoever was to meet you at the door cannot. The other hosts are there."
            ),
            path=path,
            by=host,
        )


@transaction.atomic
def mark_here(
    *, host: Person, guest: Person, gathering: Gathering, on: date, is_here: bool
) -> None:
    """Remember whether `host` saw `guest` there; the first time it is a welcome, and so an act.

    Raises:
        NoSuchDateError: If it does not meet then.
        TooEarlyError: If that day has not come.
        NotComingError: If the guest does not come.
    """
    if on > access.today_of(gathering):
        raise TooEarlyError
    if on not in dates_ahead(gathering):
        minutes_held(gathering, on)
    coming = of_date(person=guest, gathering=gathering, on=on)
    coming.is_here = is_here
    coming.save()
    if is_here and not queries.is_welcomed(guest, gathering, on):
        acts.record(
            Act(
                kind=Kind.WELCOMED,
                actor=host,
                other=guest,
                on=on,
                mode=mode_of(gathering),
                setting=Setting.GATHERING,
                number=gathering.pk,
                minutes=_HELLO_MINUTES,
            )
        )


def words_of_greeter(host: Person) -> str:
    """Return who looks out for somebody, as they are told."""
    if host.called:
        return _("%(host)s will look out for you at the door.") % {"host": host.called}
    return _("One of the hosts will look out for you at the door.")
