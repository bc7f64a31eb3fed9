"""What people said of themselves: for pages in words, for the rest of kith as values.

Whoever shows a page asks `said_to` and nothing else here. The others are for rules and matching,
whose answers are people, times and choices: what they read is never put on a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kith.web.kit.prepared import Given
from kith.web.people import access
from kith.web.people.choices import ShownTo, Space, Steadiness, Topic
from kith.web.people.choices.week import Week, unpacked
from kith.web.people.models import Cell, Person, Said

# No database takes a question about everybody at once.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class InWords:
    """One thing that somebody said of themselves, for a page: never a label beside their name."""

    topic: Topic
    label: str
    words: str


def said_to(viewer: ShownTo, person: Person) -> list[InWords]:
    """Return what `person` lets such a viewer see: `HOSTS`, `CIRCLE`, or `HERE` for anyone signed in.

    The caller knows who is asking, and has already opened the door to `person` for them.
    """
    return [_in_words(said) for said in _in_order(access.said_shown_to(viewer, person))]


def all_said_by(person: Person) -> dict[Topic, Said]:
    """Return everything that `person` said of themselves, in the order of the page: for them only."""
    return {Topic(said.topic): said for said in _in_order(person.said.all())}


def shown_by(person: Person) -> list[tuple[str, list[str]]]:
    """Return who else sees what of `person`, in words: each kind of viewer with the things they see."""
    kinds = [kind for kind in ShownTo if kind is not ShownTo.ME]
    said = _in_order(person.said.exclude(shown_to=ShownTo.ME))
    seen = [(str(kind.label), [str(one) for one in said if one.shown_to == kind]) for kind in kinds]
    return [(kind, things) for kind, things in seen if things]


def said_by(person: Person, topic: Topic) -> Any:
    """Return what `person` said about `topic`, as `Said` keeps it; None if they said nothing."""
    said = person.said.filter(topic=topic).first()
    return None if said is None else said.value


def may_be_named(person: Person) -> bool:
    """Return whether others are offered this person when asked whom they talked with."""
    return said_by(person, Topic.MAY_BE_NAMED) is True


def who_may_be_named(people: Iterable[Person]) -> frozenset[UUID]:
    """Return the keys of those of `people` whom others may be offered by name."""
    said = access.said_about(Topic.MAY_BE_NAMED).filter(person__in=[one.pk for one in people])
    return frozenset(one.person_id for one in said if one.value is True)


def may_be_written_to(person: Person) -> bool:
    """Return whether hosts may write to this person first while they are new."""
    return said_by(person, Topic.MAY_BE_WRITTEN_TO) is True


def said_would_sit(person: Person | Given) -> QuerySet[Said]:
    """Return the row in which this person said that they would gladly sit with somebody new.

    There is none if they did not: what is not said has no row.
    """
    return Said.objects.filter(person=person, topic=Topic.WOULD_SIT_WITH)


def spaces_of(person: Person) -> frozenset[Space]:
    """Return among whom this person wants to be."""
    known = set(Space.values)
    return frozenset(Space(c) for c in said_by(person, Topic.SPACES) or () if c in known)


def has_space(person: Person, code: str) -> bool:
    """Return whether this person wants to be among `code`, one of a gathering's audiences."""
    return code in spaces_of(person)


def hours_of(person: Person) -> Week:
    """Return the half-hours in which this person has time: 0 is Monday 00:00 by `clock_of` them."""
    said = said_by(person, Topic.HOURS)
    return frozenset() if said is None else unpacked(said["week"])


def clock_of(person: Person) -> str:
    """Return the time zone in which this person gave their hours, or ""."""
    said = said_by(person, Topic.HOURS)
    return "" if said is None else str(said["zone"])


def home_cell_of(person: Person) -> Cell | None:
    """Return the square of the map in which this person lives, if they gave one."""
    said = said_by(person, Topic.HOME)
    return None if said is None else Cell(*said)


def said_by_each(people: Iterable[UUID]) -> dict[UUID, dict[Topic, Any]]:
    """Return what each of these people said, as `Said` keeps it, for matching: it is of no page."""
    found: dict[UUID, dict[Topic, Any]] = {key: {} for key in people}
    keys = list(found)
    for begin in range(0, len(keys), _AT_ONCE):
        for said in access.said_of_all(keys[begin : begin + _AT_ONCE]):
            found[said.person_id][Topic(said.topic)] = said.value
    return found


def joined_on(people: Iterable[UUID]) -> dict[UUID, date]:
    """Return when each of these people joined, for rules."""
    found: dict[UUID, date] = {}
    keys = list(people)
    for begin in range(0, len(keys), _AT_ONCE):
        some = access.those(keys[begin : begin + _AT_ONCE])
        found.update(some.values_list("pk", "joined_on"))
    return found


def steadiness_of(person: Person) -> Steadiness:
    """Return how long this person has been in this, for safety rules only; nobody sees it."""
    return Steadiness(said_by(person, Topic.STEADINESS) or Steadiness.UNSAID)


def _in_words(said: Said) -> InWords:
    return InWords(Topic(said.topic), str(said), said.get_value_display())


def _in_order(rows: Any) -> list[Said]:
    order = Topic.values
    return sorted(rows, key=lambda said: order.index(said.topic))
