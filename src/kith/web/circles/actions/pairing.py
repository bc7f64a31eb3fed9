"""Pairs are formed every week; the two answer, meet, and say that they listened."""

import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.acts import actions as acts
from kith.web.acts.choices import Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.circles import access
from kith.web.circles.actions.rooms import suggested_room
from kith.web.circles.bridge import crowd as crowds
from kith.web.circles.choices import Way
from kith.web.circles.models import Formation, Pair
from kith.web.circles.models.circle import LINK_MOST, PLACE_MOST
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.safety.choices import Kind as Distant
from kith.web.safety.models import Distance

if TYPE_CHECKING:
    from kith.web.circles.bridge.pairing import Couple

# So long after it began its page is there; and so much longer the two may write to each other.
STAYS_FOR: Final = timedelta(days=1)
WRITE_ON_FOR: Final = timedelta(days=2)
# Five minutes each.
MINUTES: Final = 10
_SEED_BITS: Final = 62
_is_link = URLValidator(schemes=["https"])


class TooLateError(RefusalError):
    """The hour has come, and what was said before stands."""

    def __init__(self) -> None:
        super().__init__(_("The hour has come. We look for somebody for next week."))


class TooEarlyError(RefusalError):
    """It has not begun yet."""

    def __init__(self) -> None:
        super().__init__(_("That is for when you have met."))


class NoPlaceError(RefusalError):
    """What was said is no place, or no link."""


class NoRoomsError(RefusalError):
    """Nobody here keeps rooms to talk in."""

    def __init__(self) -> None:
        super().__init__(_("There is no room here to meet in. Put in a link of your own."))


@transaction.atomic
def form_pairs(*, at: datetime, seed: int | None = None) -> Formation:
    """Ask people to listen to each other in the week that begins next: two and two.

    The seed is drawn if it is not given, and kept, with how chance took part.

    Raises:
        BrokenCirclesError: If the engine broke a hard rule: then nobody is asked.
    """
    # What they stand on is machine code, which takes a while to be loaded.
    from kith.web.circles.bridge import forming, pairing  # noqa: PLC0415

    drawn = secrets.randbits(_SEED_BITS) if seed is None else seed
    crowd = crowds.crowd_for_pairs(at=at)
    past = pairing.Past(
        pairs=list(access.pairs_since(pairing.first_week(crowd.monday))),
        chairs=list(access.chairs_held(access.open_circles())),
    )
    found = pairing.couples(crowd, past, seed=drawn)
    formation = Formation.objects.create(
        at=at,
        is_pairs=True,
        seed=drawn,
        people=len(crowd.keys),
        formed=len(found),
        law=forming.law(),
    )
    for couple in found:
        _ask(couple, formation)
    return formation


def _ask(couple: "Couple", formation: Formation) -> None:
    pair = Pair.objects.create(
        low_id=couple.low,
        high_id=couple.high,
        week_of=couple.week_of,
        way=couple.way,
        starts_at=couple.starts_at,
        ends_at=couple.starts_at + STAYS_FOR,
        zone=couple.zone,
        reasons=couple.reasons,
        formation=formation,
    )
    for person in (pair.low, pair.high):
        tell(
            person=person,
            about=About.PAIR,
            words=lambda: _("There is somebody to listen to this week, if you like. Have a look."),
            path=_page(pair),
        )


@transaction.atomic
def answer_pair(*, pair: Pair, person: Person, is_yes: bool, at: datetime) -> Pair:
    """Take down what one of the two says; when both said yes, they know of each other.

    The other one is told of nothing but that. Before, either may change what they said.

    Raises:
        TooLateError: If the hour has come.
    """
    pair = _locked(pair)
    if pair.is_on:
        return pair
    if at >= pair.starts_at:
        raise TooLateError
    setattr(pair, "low_says" if person.pk == pair.low_id else "high_says", is_yes)
    # Asked whatever the other one said: how long it takes must not tell.
    if access.may_be_a_pair(pair) and pair.low_says and pair.high_says:
        pair.begun_at = at
        _begin(pair)
    pair.save()
    return pair


def _begin(pair: Pair) -> None:
    messages.open_ground(
        one=pair.low,
        other=pair.high,
        reason=Reason.PAIR,
        number=pair.pk,
        until=pair.ends_at + WRITE_ON_FOR,
    )
    for person, other in ((pair.low, pair.high), (pair.high, pair.low)):
        # What asked them is answered, and what they read now is another thing.
        saw_page(person=person, paths=[_page(pair)])
        tell(
            person=person,
            about=About.PAIR,
            words=partial(_said_of_yes, other),
            path=_page(pair),
            by=other,
        )


def _said_of_yes(other: Person) -> str:
    said = _("%(who)s said yes too: you listen to each other this week.")
    return said % {"who": other.called or _("Somebody")}


@transaction.atomic
def say_where(*, pair: Pair, words: str) -> None:
    """Keep where the two meet: a place or, online, a link; whoever of them says it last.

    Raises:
        NoPlaceError: If it is too long, or no link that begins with https.
    """
    pair = _locked(pair)
    said = " ".join(words.split())
    if pair.way == Way.ONLINE:
        pair.link = _must_be_link(said)
    elif len(said) > PLACE_MOST:
        raise NoPlaceError(_("Say the place in fewer words."))
    else:
        pair.place = said
    pair.save(update_fields=["link", "place"])


def _must_be_link(said: str) -> str:
    try:
        _is_link(said)
    except ValidationError as error:
        raise NoPlaceError(_("Copy the whole link, as in https://…")) from error
    if len(said) > LINK_MOST:
        raise NoPlaceError(_("That link is too long to keep."))
    return said


def make_room(*, pair: Pair) -> None:
    """Let the two meet in a room of the community's own, whose name nobody guesses.

    Raises:
        NoRoomsError: If there are none.
    """
    room = suggested_room()
    if not room or pair.way != Way.ONLINE:
        raise NoRoomsError
    say_where(pair=pair, words=room)


@transaction.atomic
def say_listened(*, pair: Pair, person: Person, at: datetime) -> None:
    """Note that one of the two says that they listened to each other; it is one talk, not two.

    Raises:
        TooEarlyError: If both did not say yes, or the hour has not come.
    """
    pair = _locked(pair)
    if not pair.is_on or at < pair.starts_at:
        raise TooEarlyError
    is_first = not (pair.low_did or pair.high_did)
    if person.pk == pair.low_id:
        pair.low_did = True
    else:
        pair.high_did = True
    pair.save(update_fields=["low_did", "high_did"])
    if is_first:
        acts.record(
            Act(
                kind=Kind.TALKED,
                actor=person,
                other=pair.other(person),
                on=pair.starts_at.astimezone(pair.clock).date(),
                mode=Mode.VIDEO if pair.way == Way.ONLINE else Mode.IN_PERSON,
                setting=Setting.PAIR,
                number=pair.pk,
                minutes=MINUTES,
            )
        )


def part_pair(*, distance: Distance) -> None:
    """End what two people who are not to be brought together have as a pair: they write no more.

    Its page is gone for both by itself, since each look at it asks whether they keep apart.
    """
    if distance.kind not in {Distant.BLOCK, Distant.AVOID}:
        return
    two = distance.by_id, distance.whom_id
    for pair in access.begun_pairs_between(*two, at=timezone.now()):
        messages.close_ground(reason=Reason.PAIR, number=pair.pk)


def _page(pair: Pair) -> str:
    return reverse("circles:pair", args=[pair.token])


def _locked(pair: Pair) -> Pair:
    """Return the pair as it stands; until we are done nobody else changes it."""
    Pair.objects.select_for_update().get(pk=pair.pk)
    return Pair.objects.select_related("low", "high").get(pk=pair.pk)
