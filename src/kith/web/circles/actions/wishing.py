"""Somebody wishes for a circle or a pair, lets the wish rest, or takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from kith.web.circles import access
from kith.web.circles.actions.answering import OverError, answer
from kith.web.circles.choices import Answer, Reach, Way
from kith.web.circles.models import Wish
from kith.web.people import actions as people_actions
from kith.web.people import queries as people
from kith.web.people.choices import ShownTo, Topic
from kith.web.people.models import Person

RESTS_FOR: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody wishes for, and what they say of themselves with it.

    Args:
        only_among: Spaces; those that are not theirs are left out.
        said: By topic, as `people.models.Said` keeps it. What is not in it stays as it was.
    """

    circle: bool
    pair: bool
    way: Way
    reach: Reach
    brings: str
    roles: Sequence[str]
    only_among: Sequence[str]
    said: Mapping[Topic, Any]


@transaction.atomic
def wish(*, person: Person, wished: Wished, at: datetime) -> Wish:
    """Keep what `person` wishes for, and what they said with it; one that rested is awake again.

    Who sees what of that stays as they chose; what is new is seen by nobody. They wait since they
    first wished, until they sat.
    """
    _say(person, wished.said)
    before = access.wish_of(person)
    waits = before is not None and (before.circle or before.pair)
    spaces = people.spaces_of(person)
    kept = {
        "circle": wished.circle,
        "pair": wished.pair,
        "way": wished.way,
        "reach": wished.reach,
        "brings": wished.brings,
        "roles": list(wished.roles),
        "only_among": [code for code in wished.only_among if code in spaces],
        "since": before.since if before is not None and waits else at.date(),
        "rests_until": None,
    }
    found, _is_new = Wish.objects.update_or_create(person=person, defaults=kept)
    return found


def rest_wish(*, person: Person, at: datetime) -> None:
    """Look for nothing for `person` for some weeks. Their wish is kept, and since when they wait."""
    Wish.objects.filter(person=person).update(rests_until=at.date() + RESTS_FOR)


def wake_wish(*, person: Person) -> None:
    """Look again for `person`, whose wish rested."""
    Wish.objects.filter(person=person).update(rests_until=None)


@transaction.atomic
def take_back_wish(*, person: Person, at: datetime) -> None:
    """Forget the wish of `person`. What they were asked is answered: not now.

    What they said of themselves stays, and so does their chair, if they sit in a circle.
    """
    for chair in access.asks_of(person):
        try:
            answer(chair=chair, answer=Answer.NOT_NOW, at=at)
        except OverError:
            continue
    access.chairs_of(person).update(looks_on=False)
    Wish.objects.filter(person=person).delete()


def _say(person: Person, said: Mapping[Topic, Any]) -> None:
    before = people.all_said_by(person)
    for topic, value in said.items():
        row = before.get(topic)
        if row is None or row.value != value:
            shown_to = ShownTo(row.shown_to) if row else ShownTo.ME
            people_actions.say(person=person, topic=topic, value=value, shown_to=shown_to)
