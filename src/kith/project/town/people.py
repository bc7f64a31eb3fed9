"""The people of a simulated town, and what they said of themselves."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from kith.lab.living import Year
from kith.project.town.marking import name_of
from kith.web.kit.practices import PRACTICES
from kith.web.people.choices import Gift, ShownTo, Steadiness, Topic
from kith.web.people.choices.week import packed
from kith.web.people.models import Cell, Person, Said

# About Hackney, in London; some live a square or two away.
MIDDLE: Final = Cell.at(51.546, -0.056)
ZONE: Final = "Europe/London"
# All who came before the year are older here than anybody new.
_BEFORE: Final = timedelta(days=200)
_AROUND: Final = 2
_SHOWN: Final = {
    Topic.LANGUAGES: ShownTo.CIRCLE,
    Topic.PRACTICES: ShownTo.HERE,
    Topic.GIVES: ShownTo.CIRCLE,
}


def write_people(year: Year, *, first: date, seed: int) -> list[Person]:
    """Write the people of `year`, whose first day is `first`, and return them in its order."""
    people = list(people_of(year, seed=seed))
    Person.objects.bulk_create(people)
    for number, person in enumerate(people):
        person.joined_on = joined_on(year, number, first=first)
    Person.objects.bulk_update(people, ["joined_on"], batch_size=200)
    Said.objects.bulk_create(
        Said(person=person, topic=topic, value=value, shown_to=_SHOWN.get(topic, ShownTo.ME))
        for number, person in enumerate(people)
        for topic, value in said_by(year, number, seed=seed).items()
    )
    return people


def people_of(year: Year, *, seed: int) -> Iterator[Person]:
    """Yield people who are not written yet; the same seed gives the same keys and names."""
    dice = Random(f"{seed} keys")  # noqa: S311 - nobody is kept out by it
    for number in range(year.people):
        person = Person(pk=UUID(int=dice.getrandbits(128), version=4), called=name_of(number))
        person.set_unusable_password()
        yield person


def joined_on(year: Year, number: int, *, first: date) -> date:
    """Return when somebody came."""
    day = year.joins[number]
    return first + timedelta(days=day) if day else first - _BEFORE


def said_by(year: Year, number: int, *, seed: int) -> dict[Topic, Any]:
    """Return what somebody said of themselves."""
    dice = Random(f"{seed} said {number}")  # noqa: S311
    cell = MIDDLE.beside(north=dice.randint(-1, 1), east=dice.randint(-_AROUND, _AROUND))
    languages = ["en", "es"] if dice.random() < 1 / 8 else ["en"]
    return {
        Topic.LANGUAGES: languages,
        Topic.HOME: [cell.row, cell.column],
        Topic.HOURS: {"week": packed(year.free[number]), "zone": ZONE},
        Topic.PRACTICES: _codes(list(PRACTICES), year.likes[number]),
        Topic.GIVES: {"codes": _codes(Gift.values, year.gives[number]), "words": ""},
        Topic.RECEIVES: {"codes": _codes(Gift.values, year.receives[number]), "words": ""},
        Topic.STEADINESS: _steadiness(year, number),
        Topic.MAY_BE_NAMED: True,
    }


def _codes(known: Sequence[str], numbers: Sequence[int]) -> list[str]:
    return [known[number % len(known)] for number in numbers]


def _steadiness(year: Year, number: int) -> str:
    if year.joins[number]:
        return (Steadiness.FIRST_MONTH if year.new[number] else Steadiness.MONTHS).value
    return (Steadiness.YEAR if number % 2 else Steadiness.YEARS).value
