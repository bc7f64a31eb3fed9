"""One gathering that somebody could try: it is what they like, and they do not go there yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from kith.web.gatherings import queries
from kith.web.gatherings.bridge import hours, shelf, words
from kith.web.gatherings.bridge.finding import Asked, Spot, find
from kith.web.gatherings.choices import Mode
from kith.web.kit import times
from kith.web.people import queries as people
from kith.web.people.choices import Topic
from kith.web.people.models import Cell, Person

NEAR_KM: Final = 20.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A gathering, and when it meets next by the reader's clock."""

    name: str
    path: str
    day: str
    at: str


def something_to_try(
    person: Person, *, besides: Collection[int], zone: str, now: datetime
) -> Suggestion | None:
    """Return one gathering of this week for what `person` likes; another one each day.

    It is one that everybody may find, near where they live or else online, and none of those
    `besides`, to which they go. Who goes there plays no part in it: nobody is known by it.
    """
    said = people.said_by_each([person.pk])[person.pk]
    likes = tuple(c for c in said.get(Topic.PRACTICES) or () if c in shelf.PRACTICE_NUMBERS)
    if not likes:
        return None
    home = said.get(Topic.HOME)
    asked = Asked(
        zone=zone,
        near=Spot(*Cell(*home).middle) if home else None,
        km=NEAR_KM,
        whens=hours.WEEKDAYS,
        modes=() if home else (Mode.ONLINE,),
        practices=likes,
        languages=tuple(said.get(Topic.LANGUAGES) or ()),
    )
    hits = {hit.number: hit for hit in reversed(find(asked, now).hits)}
    new = sorted(number for number in hits if number not in besides)
    if not new:
        return None
    chosen = new[hours.day_of(asked.local(now)).toordinal() % len(new)]
    begins = hits[chosen].at.astimezone(hours.zone(zone))
    found = _named(chosen, shelf.current().editions.get(chosen, -1))
    if found is None:
        return None
    day = words.said_evening(begins, asked.local(now))
    return Suggestion(*found, day, times.said_time(begins.time()))


@lru_cache(maxsize=4096)
def _named(number: int, _edition: int) -> tuple[str, str] | None:
    """Return what a gathering is called and its page, kept while nothing of it changes."""
    for gathering in queries.in_order([number]):
        return gathering.name, gathering.get_absolute_url()
    return None


def forget() -> None:
    """Drop what is kept."""
    _named.cache_clear()
