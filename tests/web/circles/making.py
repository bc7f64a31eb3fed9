"""People who wish for a circle, as few lines as a test needs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models import Chair, Circle, Vouch, Wish
from kith.web.people.actions import say
from kith.web.people.choices import Topic
from kith.web.people.choices.week import packed, part_of_day
from kith.web.people.models import Cell, Person

# A Sunday, at the hour of the weekly run.
AT = datetime(2026, 11, 29, 6, tzinfo=UTC)
TOWN = (51.5, -0.1)
EVENINGS = frozenset().union(*(part_of_day(day, "evening") for day in range(5)))


def somebody(called: str, *, days: int = 400, **said: Any) -> Person:
    """Return somebody who joined so many days before `AT` and said these things of themselves."""
    person = Person.objects.create(called=called)
    joined = AT.date() - timedelta(days=days)
    Person.objects.filter(pk=person.pk).update(joined_on=joined)
    person.joined_on = joined
    for topic, value in said.items():
        say(person=person, topic=Topic(topic), value=value)
    return person


def wishing(called: str, *, days: int = 400, weeks: int = 0, **more: Any) -> Person:
    """Return somebody who lives in town, has time of an evening, and wishes for a circle."""
    home = Cell.at(*TOWN)
    said = {
        "home": [home.row, home.column],
        "hours": {"week": packed(EVENINGS), "zone": "Europe/London"},
        "languages": ["en"],
        **more.pop("said", {}),
    }
    person = somebody(called, days=days, **said)
    wish = {"circle": True, "way": Way.EITHER, "since": AT.date() - timedelta(weeks=weeks)}
    Wish.objects.create(person=person, **{**wish, **more})
    return person


def vouched(person: Person) -> Person:
    """Return `person`, for whom a steward vouches from now on."""
    Vouch.objects.create(person=person)
    return person


def circle_with(person: Person, state: ChairState, **more: Any) -> Circle:
    """Return a circle in which `person` has a chair."""
    circle = Circle.objects.create(
        state=CircleState.MEETS if state == ChairState.SITS else CircleState.PROPOSED,
        way=Way.ONLINE,
        weekday=3,
        starts="19:00",
        zone="Europe/London",
        asked_at=AT,
        **more,
    )
    Chair.objects.create(circle=circle, person=person, state=state, asked_at=AT)
    return circle
