"""Hosts and whoever comes may write to each other, to arrange it; and so may the hosts."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from kith.web.gatherings import access, queries
from kith.web.gatherings.models import Gathering
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.people.models import Person

# For what was left behind, or a thank you.
_AFTER = timedelta(days=2)


def arrange_with(person: Person, gathering: Gathering) -> None:
    """Let `person` and the hosts of `gathering` write to each other for as long as they come."""
    hosts = [host.person for host in access.hosts_beside(person, gathering)]
    if person in hosts:
        return
    comes_until = queries.comes_until(person, gathering)
    if comes_until is None:
        messages.close_ground(reason=Reason.GATHERING_HOST, number=gathering.pk, one=person)
        return
    is_every = comes_until == date.max
    until = None if is_every else datetime.combine(comes_until, time(), UTC) + _AFTER
    _open(hosts, person, gathering, until)


def arrange_all(gathering: Gathering) -> None:
    """Let the hosts of `gathering` write to each other, and to whoever comes."""
    hosts = [host.person for host in access.hosts_beside(None, gathering)]
    for at, host in enumerate(hosts):
        _open(hosts[:at], host, gathering, None)
    for guest in queries.who_may_come(gathering, None):
        arrange_with(guest, gathering)


def leave_to_others(person: Person, gathering: Gathering) -> None:
    """Let `person`, who hosts no longer, write to nobody for that, but as somebody who comes."""
    messages.close_ground(reason=Reason.GATHERING_HOST, number=gathering.pk, one=person)
    arrange_with(person, gathering)


def _open(
    hosts: Iterable[Person], other: Person, gathering: Gathering, until: datetime | None
) -> None:
    for host in hosts:
        messages.open_ground(
            one=host, other=other, reason=Reason.GATHERING_HOST, number=gathering.pk, until=until
        )
