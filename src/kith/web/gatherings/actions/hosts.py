"""People become hosts, together, for a year; and lay it down again whenever they like."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Help, Kind, Setting
from kith.web.acts.models import Act
from kith.web.gatherings import access, queries
from kith.web.gatherings.actions import news
from kith.web.gatherings.actions.coming import NoSuchDateError, come_every_time, mode_of
from kith.web.gatherings.actions.editing import hold
from kith.web.gatherings.actions.grounds import arrange_all, leave_to_others
from kith.web.gatherings.actions.hosting import HOSTS_FOR, drop
from kith.web.gatherings.bridge.meetings import Meeting
from kith.web.gatherings.choices import Joining, Status
from kith.web.gatherings.models import Coming, Gathering, Host, HostLink
from kith.web.notices.choices import About
from kith.web.people.models import Person

HOSTS_MOST = 4
LINK_FOR = timedelta(days=7)
# Hosts say that they are there from so long before the start.
DOORS_BEFORE = timedelta(hours=3)
TOLD_BEFORE = timedelta(days=30)
# 128 bits that nobody guesses.
_CODE_BYTES = 16


class EnoughHostsError(RefusalError):
    """A gathering has as many hosts as know of each other."""

    def __init__(self) -> None:
        super().__init__(_("It has enough hosts. One of them can hand over to you instead."))


class HostAlreadyError(RefusalError):
    """Somebody opened the link that they were to hand on."""

    def __init__(self) -> None:
        super().__init__(_("You host this already. Hand the link to somebody else."))


class NotYetError(RefusalError):
    """It is not the evening yet."""

    def __init__(self) -> None:
        super().__init__(_("It is too early, or too late, to say so. Come back that evening."))


# ---- links ----------------------------------------------------------------------------------
@transaction.atomic
def invite(*, person: Person, gathering: Gathering, joining: Joining) -> HostLink:
    """Return the link that `person` hands to whoever may host beside or instead of them.

    Raises:
        EnoughHostsError: If there is room for nobody beside them.
    """
    if joining == Joining.BESIDE and _is_full(gathering):
        raise EnoughHostsError
    now = timezone.now()
    mine = HostLink.objects.filter(gathering=gathering, by=person, joining=joining)
    mine.filter(ends_at__lte=now).delete()
    link = mine.first()
    if link is None:
        code = secrets.token_urlsafe(_CODE_BYTES)
        link = HostLink.objects.create(
            gathering=gathering,
            by=person,
            joining=joining,
            code=code,
            digest=access.digest_of(code),
            ends_at=now + LINK_FOR,
        )
    return link


@transaction.atomic
def take_back(*, person: Person, gathering: Gathering) -> None:
    """Let the links that `person` made for `gathering` work no more."""
    HostLink.objects.filter(gathering=gathering, by=person).delete()


@transaction.atomic
def accept(*, person: Person, link: HostLink) -> Gathering:
    """Make `person` a host by `link`, and return the gathering; it opens if that was missing.

    Raises:
        HostAlreadyError: If they are one.
        EnoughHostsError: If there is no room beside the others.
        RefusalError: If somebody was quicker.
    """
    gathering = Gathering.objects.select_for_update().get(pk=link.gathering_id)
    if access.is_host(person, gathering):
        raise HostAlreadyError
    if link.joining == Joining.BESIDE and _is_full(gathering):
        raise EnoughHostsError
    if not HostLink.objects.filter(pk=link.pk).delete()[0]:
        raise RefusalError(_("This link was just used. Ask for another one."))
    was_held = access.is_held(gathering)
    Host.objects.update_or_create(
        gathering=gathering,
        person=person,
        defaults={"until": timezone.localdate() + HOSTS_FOR, "told_on": None},
    )
    come_every_time(person, gathering)
    arrange_all(gathering)
    if link.joining == Joining.INSTEAD:
        _lay_down(link.by, gathering)
        said = gettext_lazy("“%(name)s” is in other hands now. Thank you for holding it.")
        news.tell_former_host(link.by, gathering, news.named(gathering, said))
    gathering.refresh_from_db(fields=["status"])
    if not was_held and access.is_held(gathering):
        _open(gathering)
    else:
        said = gettext_lazy("Somebody said yes: they host “%(name)s” too now.")
        news.tell_hosts(gathering, news.named(gathering, said), besides=person.pk)
    return gathering


@transaction.atomic
def decline(*, link: HostLink) -> None:
    """Use `link` up without a host, and say so to whoever made it."""
    link.delete()
    said = gettext_lazy(
        "Not this time, said whoever you gave the link for “%(name)s”. You can make another."
    )
    news.tell_host(link.by, link.gathering, news.named(link.gathering, said))


def _is_full(gathering: Gathering) -> bool:
    return len(access.hosts_beside(None, gathering)) >= HOSTS_MOST


# ---- the role -------------------------------------------------------------------------------
@transaction.atomic
def leave(*, person: Person, gathering: Gathering) -> None:
    """Let `person` host no more; what they held with one other rests until there are two again."""
    _lay_down(person, gathering)
    left = Gathering.objects.filter(pk=gathering.pk).first()
    if left is not None:
        said = gettext_lazy("Somebody has laid down hosting “%(name)s”, and wishes you well.")
        news.tell_hosts(left, news.named(left, said), besides=person.pk)


def _lay_down(person: Person, gathering: Gathering) -> None:
    HostLink.objects.filter(gathering=gathering, by=person).delete()
    # Whoever listens to that (apps.py) settles what becomes of the gathering.
    Host.objects.filter(gathering=gathering, person=person).delete()
    # Whoever hosted came every time; whether they still come is theirs to say.
    Coming.objects.filter(gathering=gathering, person=person, on=None).delete()
    leave_to_others(person, gathering)


@transaction.atomic
def go_on_hosting(*, person: Person, gathering: Gathering) -> None:
    """Let `person` host for another year."""
    until = timezone.localdate() + HOSTS_FOR
    Host.objects.filter(gathering=gathering, person=person).update(until=until, told_on=None)


@transaction.atomic
def show_name(*, person: Person, gathering: Gathering, is_named: bool) -> None:
    """Let everybody read, or not, what `person` is called, on the page of what they host."""
    Host.objects.filter(gathering=gathering, person=person).update(is_named=is_named)


@transaction.atomic
def tell_whose_year_ends() -> int:
    """Tell hosts whose year ends within a month, once; return how many."""
    today = timezone.localdate()
    ending = access.hosts_now().filter(until__lte=today + TOLD_BEFORE, told_on=None)
    hosts = list(ending.select_related("person", "gathering"))
    said = gettext_lazy(
        "Your year as a host of “%(name)s” ends on %(day)s. One tap, and you go on."
    )
    for host in hosts:
        day = partial(_said_day, host.until)
        news.tell_host(host.person, host.gathering, news.named(host.gathering, said, day=day))
    Host.objects.filter(pk__in=[host.pk for host in hosts]).update(told_on=today)
    return len(hosts)


def _said_day(on: date) -> str:
    return date_format(on, _("j F"))


@transaction.atomic
def end_what_is_over() -> int:
    """End the role of those whose year is over, and thank them; return how many."""
    over = Host.objects.filter(until__lt=timezone.localdate())
    hosts = list(over.select_related("person", "gathering"))
    for host in hosts:
        said = gettext_lazy("Your year as a host of “%(name)s” is over. Thank you for holding it.")
        news.tell_former_host(host.person, host.gathering, news.named(host.gathering, said))
        _lay_down(host.person, host.gathering)
    return len(hosts)


# ---- two, or it does not open -----------------------------------------------------------------
@transaction.atomic
def settle(*, gathering: Gathering, besides: UUID | None = None) -> None:
    """Open `gathering` if it waited for hosts that it has now; let it rest if it lacks them.

    Whoever is `besides` is going, and is told nothing.
    """
    if not gathering.is_hosted:
        return
    is_held = access.is_held(gathering)
    if gathering.status == Status.WAITING and not Host.objects.filter(gathering=gathering).exists():
        drop(gathering=gathering)
    elif gathering.status == Status.WAITING and is_held:
        _open(gathering)
    elif gathering.status == Status.OPEN and not is_held:
        _rest(gathering, besides)


def settle_for(*, people: Iterable[UUID]) -> None:
    """Settle all that those with these keys host: one of them was paused, or two keep away from each other."""
    for gathering in Gathering.objects.filter(hosts__person__in=people).distinct():
        settle(gathering=gathering)


def settle_all() -> None:
    """Settle whatever waits or meets: training was given, or somebody is no longer new."""
    alive = Gathering.objects.filter(is_hosted=True, status__in=(Status.WAITING, Status.OPEN))
    for gathering in alive:
        settle(gathering=gathering)


def _open(gathering: Gathering) -> None:
    was_waiting = gathering.status == Status.WAITING
    gathering.status = Status.OPEN
    if was_waiting:
        # For those who look it is new today.
        gathering.added_at = timezone.now()
    hold(gathering=gathering, fields=["status"])
    said = gettext_lazy("“%(name)s” is open: it has its two hosts. People can find it now.")
    news.tell_hosts(gathering, news.named(gathering, said))


def _rest(gathering: Gathering, besides: UUID | None) -> None:
    gathering.status = Status.PAUSED
    hold(gathering=gathering, fields=["status"])
    said = gettext_lazy("“%(name)s” is paused until it has two hosts again. It is not gone.")
    words = news.named(gathering, said)
    news.tell_who_comes(gathering, None, words, about=About.CALLED_OFF, besides=besides)
    said = gettext_lazy("“%(name)s” is paused: it needs a second host. Hand somebody the link.")
    news.tell_hosts(gathering, news.named(gathering, said), besides=besides)


# ---- the evening ----------------------------------------------------------------------------
@transaction.atomic
def say_here(*, person: Person, gathering: Gathering, meeting: Meeting, all_are: bool) -> None:
    """Remember that `person`, or every host who can be, is there; two who are have hosted it.

    Raises:
        NotYetError: If it is not the evening of `meeting`.
    """
    if not is_evening_of(meeting):
        raise NotYetError
    hosts = access.hosts_beside(None, gathering)
    for host in hosts:
        if host.person_id == person.pk or (all_are and host.away_on != meeting.on):
            host.here_on, host.away_on = meeting.on, None
            host.save(update_fields=["here_on", "away_on"])
    here = [host.person for host in hosts if host.here_on == meeting.on]
    _record(here, gathering, meeting)


@transaction.atomic
def say_away(*, person: Person, gathering: Gathering, meeting: Meeting | None) -> None:
    """Remember that `person` cannot host the next time, and let the others know at once.

    Raises:
        NoSuchDateError: If it does not meet.
    """
    if meeting is None:
        raise NoSuchDateError
    Host.objects.filter(gathering=gathering, person=person).update(away_on=meeting.on, here_on=None)
    said = gettext_lazy(
        "One of you cannot host “%(name)s” on %(day)s. Ask somebody in, or call it off."
    )
    words = news.named(gathering, said, day=partial(news.said_date, meeting.on))
    news.tell_hosts(gathering, words, besides=person.pk)


def is_evening_of(meeting: Meeting) -> bool:
    """Return whether hosts are about to open the door for `meeting`, or have."""
    return meeting.begins - DOORS_BEFORE <= timezone.now() < meeting.ends and not meeting.called_off


def _record(here: list[Person], gathering: Gathering, meeting: Meeting) -> None:
    """Write down, once for each two of them, that they held it together."""
    minutes = round((meeting.ends - meeting.begins).total_seconds() / 60)
    acts.record_all(
        Act(
            kind=Kind.HOSTED,
            actor=one,
            other=other,
            on=meeting.on,
            mode=mode_of(gathering),
            setting=Setting.GATHERING,
            number=gathering.pk,
            minutes=minutes,
            help=Help.BOTH,
        )
        for one, other in combinations(here, 2)
        if not queries.have_hosted(one, other, gathering, meeting.on)
    )
