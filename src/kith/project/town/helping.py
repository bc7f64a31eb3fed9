"""Asks and offers of a simulated town: said, taken up, agreed, and thanked for from both sides."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from kith.lab.living import Year
from kith.project.town.people import ZONE
from kith.web.people.models import Person
from kith.web.service import actions
from kith.web.service.choices import Meets, Place, Side, What

# How many were said in the year, and how many stand open now.
DONE, OPEN = 30, 8
_DAYS: Final = 350
_WORDS: Final = {
    (Side.ASK, What.RIDE): "A lift to the hall on the day, and home again",
    (Side.ASK, What.MEAL): "Somebody to cook and eat with",
    (Side.ASK, What.WALK): "A slow walk, with a dog that pulls",
    (Side.ASK, What.COMPANY): "An hour in the library, side by side",
    (Side.ASK, What.FORM): "A letter that I have not opened",
    (Side.OFFER, What.RIDE): "Two seats in my car, any evening",
    (Side.OFFER, What.MEAL): "There is always too much soup",
    (Side.OFFER, What.WALK): "I walk by the canal at lunch",
    (Side.OFFER, What.COMPANY): "Quiet company in a waiting room",
    (Side.OFFER, What.SKILL): "How to mend a bicycle",
}


def help_each_other(year: Year, people: Sequence[Person], *, now: datetime, seed: int) -> None:
    """Let people who met help each other in the course of the year, by the actions of the app."""
    dice = Random(f"{seed} service")  # noqa: S311 - nobody is kept out by it
    two = [one for one in year.met if one.is_helped]
    kinds = list(_WORDS)
    for one in sorted(dice.sample(two, min(DONE, len(two)))):
        at = now - timedelta(days=_DAYS) + timedelta(days=min(one.day, _DAYS - 3))
        _done(people[one.one], people[one.other], dice.choice(kinds), at=at)
    here = [person for person, day in zip(people, year.joins, strict=True) if day == 0]
    for person in dice.sample(here, min(OPEN, len(here))):
        draft = _draft(dice.choice(kinds))
        actions.say(person=person, draft=draft, at=now - timedelta(hours=dice.randint(1, 90)))


def _done(one: Person, other: Person, kind: tuple[Side, What], *, at: datetime) -> None:
    errand = actions.say(person=one, draft=_draft(kind), at=at)
    later = at + timedelta(hours=3)
    actions.take_up(errand=errand, person=other, line="I could.", meets=Meets.PUBLIC, at=later)
    actions.answer(errand=errand, person=one, says_yes=True, words="Yes please.", at=later)
    for person in (one, other):
        actions.thank(errand=errand, person=person, at=at + timedelta(days=1))


def _draft(kind: tuple[Side, What]) -> actions.Draft:
    side, what = kind
    return actions.Draft(side=side, what=what, zone=ZONE, words=_WORDS[kind], place=Place.NEAR)
