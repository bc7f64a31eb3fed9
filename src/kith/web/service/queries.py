"""Reads of asks and offers for pages: in words, and never a number about anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kith.web.people import access as people
from kith.web.people.choices.week import PARTS
from kith.web.people.models import Person
from kith.web.service import access
from kith.web.service.choices import (
    DAYS,
    KEPT_FOR,
    Place,
    SeenBy,
    Side,
    State,
    What,
    days_in,
    parts_in,
)
from kith.web.service.models import Errand, Take

_WEEKDAYS: Final = range(5)


@dataclass(frozen=True, slots=True)
class Card:
    """One ask or offer, in words.

    Args:
        head: Who asks or offers what.
        where: How far away it is, or what of it is known.
        path: Its page.
    """

    errand: Errand
    head: str
    words: str
    when: str
    where: str
    path: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One of somebody's own, or that they took up, and how it stands."""

    card: Card
    said: str
    is_urgent: bool


# ---- the page -----------------------------------------------------------------------------------
def card_of(errand: Errand, *, is_of_a_circle: bool = False, ring: int = 0) -> Card:
    """Return what a page shows of `errand` to somebody else."""
    where = _("One of your own people") if is_of_a_circle else _far(errand, ring)
    return Card(errand, head_of(errand), errand.words, said_when(errand), where, errand.get_absolute_url())  # fmt: skip


def mine_of(person: Person, *, at: datetime) -> list[Mine]:
    """Return what `person` said and took up and is not over, what waits for them first."""
    found = [_own(row, person, at) for row in access.ours(person, since=at - KEPT_FOR)]
    shown = (one for one in found if one is not None)
    return sorted(shown, key=lambda one: not one.is_urgent)


def _own(row: Any, person: Person, at: datetime) -> Mine | None:
    if row.by_id != person.pk:
        return None if _is_closed(row.held) else _taken(row, row.held)
    return _mine(row, row.held if row.sees_taker else None, at)


def _mine(errand: Errand, take: Take | None, at: datetime) -> Mine | None:
    card = Card(errand, _own_head(errand), errand.words, said_when(errand), "", errand.get_absolute_url())  # fmt: skip
    if errand.hidden_at is not None:
        return Mine(card, _("A steward has put this away."), is_urgent=False)
    if take is not None:
        return None if _is_closed(take) else Mine(card, *_said_of_mine(errand, take))
    if errand.done_on is not None:
        return None
    if errand.ends_at <= at:
        return Mine(card, _("Is it still needed?"), is_urgent=True)
    day = date_format(last_day_of(errand), _("j F"))
    return Mine(card, _("Open until %(day)s.") % {"day": day}, is_urgent=False)


def _said_of_mine(errand: Errand, take: Take) -> tuple[str, bool]:
    who = take.person
    if take.state == State.WAITS:
        said = _("%(who)s would like it.") if errand.is_offer else _("%(who)s could do it.")
        return said % {"who": who}, True
    return _said_of_both(who, has_thanked=take.author_thanked, was_thanked=take.taker_thanked)


def _taken(errand: Errand, take: Take) -> Mine:
    card, who = card_of(errand), errand.by
    if take.state == State.WAITS:
        said = _("You said yes. %(who)s answers when they can.")
        return Mine(card, said % {"who": who}, is_urgent=False)
    said, is_urgent = _said_of_both(
        who, has_thanked=take.taker_thanked, was_thanked=take.author_thanked
    )
    return Mine(card, said, is_urgent)


def _said_of_both(who: Person, *, has_thanked: bool, was_thanked: bool) -> tuple[str, bool]:
    """Return how it stands between two who agreed, and whether it waits for the reader."""
    said = _("Agreed with %(who)s.")
    if has_thanked:
        said = _("Done. You thanked %(who)s.")
    elif was_thanked:
        said = _("%(who)s thanks you.")
    return said % {"who": who}, was_thanked and not has_thanked


def _is_closed(take: Take) -> bool:
    return take.author_thanked and take.taker_thanked


# ---- one of them --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Page:
    """One ask or offer, as one person sees it.

    Args:
        take: Who took it up, where the reader is one of the two.
        other: The other one of the two, or whoever said it, and `card_path` is their card.
        is_gone: Somebody else was first, or it is over, or the reader was told no.
    """

    errand: Errand
    card: Card
    is_mine: bool
    is_mine_to_take_back: bool
    is_over: bool
    is_gone: bool
    take: Take | None
    other: Person | None
    card_path: str
    write_path: str
    has_thanked: bool
    was_thanked: bool
    ends_on: str
    who_sees: str

    @property
    def waits(self) -> bool:
        """Whether whoever said it is still to answer."""
        return self.take is not None and self.take.state == State.WAITS

    @property
    def is_agreed(self) -> bool:
        """Whether the two said yes."""
        return self.take is not None and self.take.is_agreed


def page_of(
    errand: Errand, person: Person, *, ring: int, is_of_a_circle: bool, at: datetime
) -> Page:
    """Return the page of `errand` for `person`, who may open it."""
    is_mine = errand.by_id == person.pk
    take, is_gone = _take_for(errand, person, is_mine=is_mine)
    other = (take.person if take else None) if is_mine else errand.by
    reference = people.reference_to(other, seen_by=person) if other else ""
    card = card_of(errand, is_of_a_circle=is_of_a_circle, ring=ring)
    if is_mine:
        card = Card(errand, _own_head(errand), errand.words, card.when, _far(errand, 0), card.path)
    thanked = (take.author_thanked, take.taker_thanked) if take else (False, False)
    return Page(
        errand=errand,
        card=card,
        is_mine=is_mine,
        is_mine_to_take_back=errand.done_on is None and (is_mine or take is not None),
        is_over=errand.ends_at <= at and take is None,
        is_gone=is_gone,
        take=take,
        other=other,
        card_path=f"/person/{reference}/" if reference else "",
        write_path=_write_path(take, reference),
        has_thanked=thanked[0] if is_mine else thanked[1],
        was_thanked=thanked[1] if is_mine else thanked[0],
        ends_on=date_format(last_day_of(errand), _("j F")),
        who_sees=_said_seen_by(errand),
    )


def _take_for(errand: Errand, person: Person, *, is_mine: bool) -> tuple[Take | None, bool]:
    """Return the take that concerns `person`, and whether the errand is gone for them."""
    if is_mine:
        return access.held_takes(person, [errand]).first(), False
    take = access.taken_up(errand)
    if take is not None and take.person_id == person.pk:
        return take, False
    before = access.was_taken_by(errand, person)
    return None, take is not None or before is not None


def _write_path(take: Take | None, reference: str) -> str:
    if take is None or not take.is_agreed:
        return ""
    return reverse("kith_messages:conversation", args=[reference])


# ---- in words -----------------------------------------------------------------------------------
def head_of(errand: Errand) -> str:
    """Return who asks or offers what."""
    said = _("%(who)s offers %(what)s") if errand.is_offer else _("%(who)s asks for %(what)s")
    return said % {"who": errand.by, "what": What(errand.what).label}


def _own_head(errand: Errand) -> str:
    said = _("You offer %(what)s") if errand.is_offer else _("You ask for %(what)s")
    return said % {"what": What(errand.what).label}


def said_when(errand: Errand) -> str:
    """Return when it would be, in words: Thursday 3 December, in the evening."""
    parts = [str(PARTS[name][0]) for name in parts_in(errand.parts)]
    has_all = len(parts) in {0, len(PARTS)}
    if errand.on is not None:
        days = [date_format(errand.on, _("l j F"))]
    else:
        days = _said_days(days_in(errand.parts))
    said = [*days, *([] if has_all else [", ".join(parts).lower()])]
    if not said:
        return _("Any time")
    words = capfirst(", ".join(said))
    is_theirs = errand.place == Place.ONLINE and errand.zone != timezone.get_current_timezone_name()
    return _("%(when)s, by their clock") % {"when": words} if is_theirs else words


def last_day_of(errand: Errand) -> date:
    """Return the last day on which it is open."""
    return errand.on or timezone.localtime(errand.ends_at).date()


def _said_days(days: list[int]) -> list[str]:
    if len(days) in {0, len(DAYS)}:
        return []
    if days == list(_WEEKDAYS):
        return [_("On weekdays")]
    return [", ".join(str(WEEKDAYS[day]) for day in days)]


def _far(errand: Errand, ring: int) -> str:
    if errand.place == Place.ONLINE:
        return _("Online or by phone")
    return _("Near you") if ring == 0 else _("Not far from you")


def _said_seen_by(errand: Errand) -> str:
    if errand.seen_by == SeenBy.CIRCLES:
        return _("Your circles and the hosts where you come can see it.")
    if errand.place == Place.ONLINE:
        return _("Your circles and others here can see it.")
    return _("Your circles and people near you can see it.")


# ---- Tonight ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """One ask, in one line, and the page it leads to."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Tonight:
    """What Tonight says of asks and offers: one that somebody could answer, and one of their own."""

    could: Line | None = None
    mine: Line | None = None


def tonight_of(person: Person, *, squares: Collection[str] = (), at: datetime) -> Tonight:
    """Return one thing that `person` could do, and one that they asked for, in one question.

    What somebody in their circles asks comes first. `squares` are those around their home
    (`bridge.rings_around`), if whoever asks knows it: then what is asked nearby is among them.
    """
    rows = access.at_a_glance(person, squares=squares, at=at)
    mine = next((row for row in rows if row["is_mine"] and row["side"] == Side.ASK), None)
    could = next((row for row in rows if not row["is_mine"]), None)
    return Tonight(
        could=_line(could, _said_could(could)) if could else None,
        mine=_line(mine, _said_mine(mine)) if mine else None,
    )


def _line(row: dict[str, Any], words: str) -> Line:
    return Line(words, reverse("service:errand", args=[row["token"]]))


def _said_could(row: dict[str, Any]) -> str:
    who, what = row["called"] or _("Somebody"), What(row["what"]).label
    return _("%(who)s asks for %(what)s") % {"who": who, "what": what}


def _said_mine(row: dict[str, Any]) -> str:
    what = {"what": What(row["what"]).label}
    if row["is_waited_for"]:
        return _("You ask for %(what)s. Somebody could.") % what
    if row["is_agreed"]:
        return _("You ask for %(what)s. It is agreed.") % what
    return _("You ask for %(what)s") % what
