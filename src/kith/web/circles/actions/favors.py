"""What those in a circle ask of each other, and offer: taken up, done, taken back, faded."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Help, Setting
from kith.web.acts.choices import Kind as ActKind
from kith.web.acts.models import Act
from kith.web.circles import access
from kith.web.circles.actions import telling
from kith.web.circles.actions.evenings import mode_of
from kith.web.circles.actions.telling import tell_others
from kith.web.circles.choices import Kind
from kith.web.circles.models import Chair, Circle, Favor
from kith.web.notices.actions import Words, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person

DONE_FOR: Final = timedelta(days=7)
OPEN_FOR: Final = timedelta(days=30)
_OPEN_MOST: Final = 5


class EnoughError(RefusalError):
    """Somebody has several open already."""

    def __init__(self) -> None:
        super().__init__(
            _("Several of yours are open. Take one back or mark one done, then there is room.")
        )


class TakenError(RefusalError):
    """Somebody else took it up, or it is no longer open."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has taken this up already, or it is over."))


@transaction.atomic
def say_favor(*, chair: Chair, kind: Kind, words: str, at: datetime) -> Favor:
    """Ask the circle for something, or offer it something. The others are told.

    Raises:
        EnoughError: If several of theirs are open.
    """
    circle, person = chair.circle, chair.person
    mine = circle.favors.filter(by=person, done_on=None)
    if mine.count() >= _OPEN_MOST:
        raise EnoughError
    favor = Favor.objects.create(circle=circle, by=person, kind=kind, words=words, made_at=at)
    tell_others(
        circle=circle,
        words=lambda: _said_of(kind, person),
        part=telling.FAVORS,
        at=at,
        besides=person,
    )
    return favor


@transaction.atomic
def take_up(*, favor: Favor, person: Person) -> None:
    """Let `person` take up what another asks or offers. Who asked or offered is told.

    Raises:
        TakenError: If somebody did before, it is over, or it is their own.
    """
    favor = _locked(favor)
    if favor.taken_by is not None or favor.done_on or favor.by == person:
        raise TakenError
    favor.taken_by = person
    favor.save(update_fields=["taken_by"])
    said = _("%(who)s can do what you asked for.")
    if favor.kind == Kind.OFFER:
        said = _("%(who)s says “Yes please” to what you offered.")
    _tell(favor, said % {"who": person})


@transaction.atomic
def do(*, favor: Favor, person: Person, at: datetime) -> None:
    """Note that it is done, and write down who helped whom; either of the two may say so.

    Raises:
        TakenError: If it is not theirs, nobody took it up, or it is done.
    """
    favor = _locked(favor)
    if favor.taken_by is None or favor.done_on or person not in {favor.by, favor.taken_by}:
        raise TakenError
    favor.done_on = _today(favor.circle, at)
    favor.save(update_fields=["done_on"])
    helper, helped = favor.taken_by, favor.by
    if favor.kind == Kind.OFFER:
        helper, helped = helped, helper
    acts.record(
        Act(
            kind=ActKind.HELPED,
            actor=helper,
            other=helped,
            mode=mode_of(favor.circle),
            help=Help.GIVEN,
            on=favor.done_on,
            setting=Setting.CIRCLE,
            number=favor.circle_id,
        )
    )


@transaction.atomic
def take_favor_back(*, favor: Favor, person: Person) -> None:
    """Take back what `person` asked or offered, or that they took it up.

    Raises:
        TakenError: If it is not theirs, or is done.
    """
    favor = _locked(favor)
    if favor.done_on or person not in {favor.by, favor.taken_by}:
        raise TakenError
    if person == favor.by:
        favor.delete()
        return
    favor.taken_by = None
    favor.save(update_fields=["taken_by"])
    _tell(
        favor, lambda: _("%(who)s can’t after all. What you said is open again.") % {"who": person}
    )


def drop_favors_of(*, person: Person, circle: Circle) -> None:
    """Let go of what somebody who leaves asked, offered or took up, and is not done."""
    circle.favors.filter(by=person, done_on=None).delete()
    circle.favors.filter(taken_by=person, done_on=None).update(taken_by=None)


def fade_favors(*, at: datetime) -> None:
    """Let go of what was done a week ago, and of what has been open for thirty days."""
    Favor.objects.filter(done_on__lte=(at - DONE_FOR).date()).delete()
    Favor.objects.filter(done_on=None, made_at__lte=at - OPEN_FOR).delete()


def _locked(favor: Favor) -> Favor:
    """Return the favor as it stands; until we are done nobody else changes it."""
    rows = Favor.objects.select_for_update(of=("self",))
    found = rows.select_related("circle", "by", "taken_by").filter(pk=favor.pk).first()
    if found is None:
        raise TakenError
    return found


def _said_of(kind: Kind, person: Person) -> str:
    said = _("%(who)s asks something of your circle.")
    if kind is Kind.OFFER:
        said = _("%(who)s offers something to your circle.")
    return said % {"who": person}


def _tell(favor: Favor, words: Words) -> None:
    sits = access.chairs_of_circle(favor.circle).filter(person=favor.by).exists()
    if sits:
        path = telling.path_of(favor.circle, telling.FAVORS)
        tell(person=favor.by, about=About.CIRCLE, words=words, path=path)


def _today(circle: Circle, at: datetime) -> date:
    return at.astimezone(circle.clock).date()
