"""Somebody asks for something, or offers it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from kith.web.gatherings.models import Gathering
from kith.web.people import access as people
from kith.web.people import queries as said
from kith.web.people.choices import Topic
from kith.web.people.models import Cell, Person
from kith.web.service import access
from kith.web.service.actions.refusals import EnoughError, see_that_words_are_kind
from kith.web.service.choices import OPEN_FOR, OPEN_MOST, Place, SeenBy, Side, What, mask_of
from kith.web.service.models import Errand

# A night belongs to the evening before it.
_NIGHT_ENDS: Final = time(5)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody would ask or offer.

    Args:
        on: The day, if it is for one; `days` are those of a week otherwise, Monday is 0.
        parts: Parts of a day, as the week of people calls them.
        zone: The clock by which that is.
    """

    side: Side
    what: What
    zone: str
    words: str = ""
    on: date | None = None
    days: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    place: Place = Place.NEAR
    seen_by: SeenBy = SeenBy.OTHERS
    gathering: Gathering | None = None


@transaction.atomic
def say(*, person: Person, draft: Draft, instead: Errand | None = None, at: datetime) -> Errand:
    """Ask for something, or offer it; `instead` of one that was over without anybody.

    Whoever is new, or lives nowhere that we know of, is seen by their circles and hosts only.

    Raises:
        EnoughError: If three of theirs are open.
        MoneyError, LendingError, ContactError: If the words hold any of it.
    """
    see_that_words_are_kind(draft.words)
    # Whoever says two at once waits here for the first.
    Person.objects.select_for_update().get(pk=person.pk)
    if instead is not None:
        access.errands_of(person).filter(pk=instead.pk, ends_at__lte=at).delete()
    mine = access.errands_of(person).filter(done_on=None, hidden_at=None, ends_at__gt=at)
    if mine.count() >= OPEN_MOST:
        raise EnoughError
    square = _square_of(person, draft.place)
    is_kept = people.is_new(person) or not square
    return Errand.objects.create(
        by=person,
        side=draft.side,
        what=draft.what,
        words=draft.words,
        on=draft.on,
        parts=mask_of([draft.on.weekday()] if draft.on else draft.days, draft.parts),
        zone=draft.zone,
        place=draft.place,
        square=square,
        seen_by=SeenBy.CIRCLES if is_kept else draft.seen_by,
        gathering=draft.gathering,
        made_at=at,
        ends_at=_ends(draft, at),
    )


def _square_of(person: Person, place: Place) -> str:
    if place == Place.ONLINE:
        return access.square_of(access.ONLINE)
    home = said.said_by(person, Topic.HOME)
    return "" if home is None else access.square_of(Cell(*home))


def _ends(draft: Draft, at: datetime) -> datetime:
    if draft.on is None:
        return at + OPEN_FOR
    hour = _NIGHT_ENDS if "night" in draft.parts else time()
    return datetime.combine(draft.on + timedelta(days=1), hour, ZoneInfo(draft.zone))
