"""Two people agree in a few lines; afterwards each thanks the other."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.web.acts import actions as acts
from kith.web.acts.choices import Help, Mode, Setting
from kith.web.acts.choices import Kind as ActKind
from kith.web.acts.models import Act
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.notices.actions import Words, saw_page, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance
from kith.web.service import access, bridge
from kith.web.service.actions.refusals import (
    FirstMeetingError,
    TakenError,
    TooEarlyError,
    see_that_words_are_kind,
    taken_kindly,
)
from kith.web.service.choices import HELD, THANKED_WITHIN, Meets, Place, State
from kith.web.service.models import Errand, Take

TOLD: Final = "told"


@transaction.atomic
def take_up(*, errand: Errand, person: Person, line: str, meets: Meets, at: datetime) -> Take:
    """Let `person` say that they would, in a line or two, and where the two meet. The author is told.

    Raises:
        TakenError: If somebody else was first, it is over, they were told no, or it is their own.
        FirstMeetingError: If the two never met, and would meet where nobody else is.
        MoneyError, LendingError, ContactError: If the line holds any of it.
    """
    see_that_words_are_kind(line)
    errand = locked(errand)
    is_open = errand.ends_at > at and errand.done_on is None and errand.hidden_at is None
    is_held = access.taken_up(errand) or access.was_taken_by(errand, person)
    if not is_open or is_held or errand.by_id == person.pk:
        raise TakenError
    if meets == Meets.PRIVATE and not bridge.have_met(person, errand.by):
        raise FirstMeetingError
    take = Take.objects.create(errand=errand, person=person, line=line, meets=meets, at=at)
    said = _("%(who)s could do what you asked for. Would you like that?")
    if errand.is_offer:
        said = _("%(who)s would like what you offered. Shall you?")
    tell_about(errand, errand.by, lambda: said % {"who": person}, by=person)
    return take


@transaction.atomic
def answer(*, errand: Errand, person: Person, says_yes: bool, words: str, at: datetime) -> None:
    """Say yes or no to whoever took it up. After a yes the two may write to each other.

    After a no they read what is read by anybody who came too late.

    Raises:
        TakenError: If nobody waits for an answer, or it is not theirs.
        MoneyError, LendingError, ContactError: If the words hold any of it.
    """
    see_that_words_are_kind(words)
    errand = locked(errand)
    take = access.taken_up(errand)
    if take is None or take.state != State.WAITS or errand.by_id != person.pk:
        raise TakenError
    if not says_yes:
        _come_to(take, State.NOT, at=at)
        tell_too_late(errand, take.person)
        return
    take.answer = words
    _come_to(take, State.AGREED, at=at)
    messages.open_ground(
        one=person,
        other=take.person,
        reason=Reason.ASK,
        number=errand.pk,
        until=errand.ends_at + THANKED_WITHIN,
    )
    tell_about(
        errand,
        take.person,
        lambda: _("%(who)s says “Yes please”. You can write to each other now.") % {"who": person},
        by=person,
    )


@transaction.atomic
def thank(*, errand: Errand, person: Person, at: datetime) -> None:
    """Say that it is done, and thank the other; either may be first. Who helped whom is written down.

    Raises:
        TooEarlyError: If the two have not agreed, or it is not theirs.
    """
    errand = locked(errand)
    take = access.taken_up(errand)
    if take is None or not take.is_agreed or person not in {errand.by, take.person}:
        raise TooEarlyError
    is_author = person == errand.by
    name = "author_thanked" if is_author else "taker_thanked"
    if getattr(take, name):
        return
    setattr(take, name, True)
    take.save(update_fields=[name])
    if errand.done_on is None:
        _write_down(errand, take, at)
    other = take.person if is_author else errand.by
    tell_about(errand, other, lambda: _("%(who)s thanks you.") % {"who": person}, by=person)


def part(*, distance: Distance) -> None:
    """Let go of what two people agreed on who are not to be brought together any more."""
    if distance.kind in (Kind.BLOCK, Kind.AVOID):
        one, other = distance.by_id, distance.whom_id
        ours = Q(person=one, errand__by=other) | Q(person=other, errand__by=one)
        let_go(takes=Take.objects.filter(ours, state__in=HELD, errand__done_on=None))


def pause(*, person: Person) -> None:
    """Let go of what somebody agreed on with others whom a steward asked to pause."""
    theirs = Q(person=person) | Q(errand__by=person)
    let_go(takes=Take.objects.filter(theirs, state__in=HELD, errand__done_on=None))


def go(*, person: Person) -> None:
    """Tell those kindly with whom somebody agreed on something who is about to erase themselves."""
    theirs = Take.objects.filter(state__in=HELD, errand__done_on=None)
    for take in theirs.filter(errand__by=person).select_related("errand", "person"):
        tell_too_late(take.errand, take.person)
    for take in theirs.filter(person=person).select_related("errand__by"):
        tell_about(take.errand, take.errand.by, lambda: _("What you said is open again."))


@transaction.atomic
def let_go(*, takes: Iterable[Take]) -> None:
    """Open again what these took up. Neither of the two reads who it was, or why."""
    for take in takes:
        errand = locked(take.errand)
        _come_to(take, State.BACK, at=take.at)
        close(errand)
        tell_too_late(errand, take.person)
        tell_about(errand, errand.by, lambda: _("What you said is open again."))


def locked(errand: Errand) -> Errand:
    """Return `errand` as it stands; until we are done nobody else changes it.

    Raises:
        TakenError: If it is no more.
    """
    rows = Errand.objects.select_for_update(of=("self",)).select_related("by")
    found = rows.filter(pk=errand.pk).first()
    if found is None:
        raise TakenError
    return found


def close(errand: Errand) -> None:
    """End what the two could write to each other for; what they wrote stays until it fades."""
    messages.close_ground(reason=Reason.ASK, number=errand.pk)


def tell_about(errand: Errand, person: Person, words: Words, *, by: Person | None = None) -> None:
    """Let `person` know the latest of `errand`, which leads to its page."""
    path = errand.get_absolute_url()
    # What they were told of it before is no longer so.
    saw_page(person=person, paths=[path])
    tell(person=person, about=About.SERVICE, words=words, path=path, by=by)


def tell_too_late(errand: Errand, person: Person) -> None:
    """Let `person` know that what they took up is taken care of; it never says by whom."""
    saw_page(person=person, paths=[errand.get_absolute_url()])
    tell(person=person, about=About.SERVICE, words=taken_kindly, path=too_late_path())


def too_late_path() -> str:
    """Return the address to which that leads: the page of all, which then knows that it was read."""
    return f"{reverse('service:service')}?{TOLD}="


def _come_to(take: Take, state: State, *, at: datetime) -> None:
    take.state, take.answered_at = state, at
    take.save(update_fields=["state", "answer", "answered_at"])


def _write_down(errand: Errand, take: Take, at: datetime) -> None:
    errand.done_on = at.astimezone(errand.clock).date()
    errand.save(update_fields=["done_on"])
    helper, helped = take.person, errand.by
    if errand.is_offer:
        helper, helped = helped, helper
    is_from_afar = errand.place == Place.ONLINE or take.meets == Meets.VIDEO
    acts.record(
        Act(
            kind=ActKind.HELPED,
            actor=helper,
            other=helped,
            mode=Mode.VIDEO if is_from_afar else Mode.IN_PERSON,
            help=Help.GIVEN,
            on=errand.done_on,
            setting=Setting.SERVICE,
        )
    )
