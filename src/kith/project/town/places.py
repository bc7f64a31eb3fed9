"""The gatherings of a simulated town, each opened by two of its people as hosts do it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from kith.project.town.marking import marked
from kith.project.town.people import MIDDLE, ZONE
from kith.web.gatherings import actions
from kith.web.gatherings.actions.towns import once
from kith.web.gatherings.bridge.plans import Plan, Rhythm
from kith.web.gatherings.choices import FoundBy, Joining, Mode
from kith.web.gatherings.models import Gathering, Place
from kith.web.people.models import Person

MINUTES: Final = 90
ABOUT: Final = "Simulated: nobody meets here. It is for trying kith, with people a model made up."


class Kind(NamedTuple):
    """What is done there, by its code of practices; on which weekday, at which hour."""

    name: str
    practice: str
    weekday: int
    hour: int
    mode: Mode = Mode.IN_PERSON


# By whom, each is told by its number: people hold the gathering of their own number and the next.
KINDS: Final = (
    Kind("Soup on Mondays", "community_meal", 0, 18),
    Kind("Walk by the canal", "hike", 5, 10),
    Kind("Sing without sheets", "choir", 2, 19),
    Kind("Quiet sitting", "recovery_dharma", 1, 7, Mode.ONLINE),
    Kind("Open table", "smart_circle", 3, 19),
    Kind("Recovery yoga", "recovery_yoga", 1, 18),
    Kind("Dance in the hall", "dance_5rhythms", 4, 20),
    Kind("Late call", "smart_circle", 6, 21, Mode.ONLINE),
    Kind("Garden hands", "gardening", 6, 14),
    Kind("Story night", "campfire_stories", 3, 20),
    Kind("Early run", "run_club", 5, 8),
    Kind("Listening room", "fast_friends", 2, 20, Mode.ONLINE),
)


def open_gatherings(people: Sequence[Person], *, since: datetime) -> list[Gathering]:
    """Let people who were there from the beginning open the town's gatherings, and return them.

    Hosts are two and two, in the order of `people`.
    """
    found = []
    with once():
        for number, kind in enumerate(KINDS):
            one, other = people[2 * number % len(people)], people[(2 * number + 1) % len(people)]
            made = actions.create(person=one, plan=_plan(number, kind, first_on=since.date()))
            link = actions.invite(person=one, gathering=made, joining=Joining.BESIDE)
            found.append(actions.accept(person=other, link=link))
    # They are as old as the year; what says when they are new says so of other towns.
    Gathering.objects.filter(pk__in=[one.pk for one in found]).update(added_at=since)
    return found


def dates_of(kind: Kind, *, first: date, last: date) -> Iterator[date]:
    """Yield when a gathering met from `first` to `last`."""
    day = first + timedelta(days=(kind.weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _plan(number: int, kind: Kind, *, first_on: date) -> Plan:
    fields: dict[str, Any] = {
        "name": marked(kind.name),
        "about": ABOUT,
        "practice": kind.practice,
        "mode": kind.mode,
        "timezone": ZONE,
        "rule": Rhythm(kind.weekday).rule,
        "first_on": first_on,
        "start": time(kind.hour),
        "minutes": MINUTES,
        "languages": ["en"],
        "found_by": FoundBy.ALL,
        "first_time": "Somebody stands at the door.\nWe say names, and begin.\nTea, for who stays.",
    }
    if kind.mode == Mode.ONLINE:
        return Plan(fields=fields | {"join_url": "https://example.org/"}, place=None)
    return Plan(fields=fields, place=_place(number))


def _place(number: int) -> Place:
    """Return a place that is none: the middle of a square of the map."""
    latitude, longitude = MIDDLE.beside(north=number % 3 - 1, east=number % 5 - 2).middle
    return Place(
        name=marked(f"Hall {number + 1}"),
        city="London",
        country="GB",
        address="London",
        latitude=latitude,
        longitude=longitude,
        is_approximate=True,
        find_the_door="There is no door: this place is simulated.",
    )
