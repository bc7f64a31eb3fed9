"""What is left of a year in which people asked for a voice: that two people talked, and no more.

Whoever was rung, and when, is forgotten within eight days (`forget_old`): only the act stays.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from kith.lab.living import Year
from kith.project.town.acts import write_acts
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.acts.models import Act
from kith.web.people.models import Person

# Most whom somebody reaches for they meet by themselves; so many of them by kith's button.
_BY_KITH: Final = 0.15
_MINUTES: Final = (4, 30)


Call = tuple[int, int, int, int]


def write_calls(calls: Iterable[Call], people: Sequence[Person], *, first: date) -> None:
    """Write in bulk the acts that `say_after` leaves of calls that were answered."""
    write_acts(
        _act_of(people[one], people[other], on=first + timedelta(days=day), minutes=minutes)
        for day, one, other, minutes in calls
    )


def calls_of(year: Year) -> list[Call]:
    """Return when somebody reached somebody by kith: the day, the two, and how many minutes."""
    dice = Random("calls")  # noqa: S311 - nobody is kept out by it
    drawn = ((one, dice.random(), dice.randint(*_MINUTES)) for one in year.reached)
    return [(*one, minutes) for one, lot, minutes in drawn if lot < _BY_KITH]


def _act_of(person: Person, other: Person, *, on: date, minutes: int) -> Act:
    """Return the act of a call of so many minutes that `other` answered."""
    return Act(
        kind=Kind.REACHED,
        actor=person,
        other=other,
        mode=Mode.VOICE,
        minutes=minutes,
        help=Help.RECEIVED,
        on=on,
        setting=Setting.REACH,
    )
