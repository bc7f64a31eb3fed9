"""Who of some people is steady enough to come nearer to somebody in a hard week."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from kith.web.circles.bridge.facts import NEW_DAYS, Facts, facts_of
from kith.web.people.choices import Steadiness
from kith.web.people.models import Person

_TWO: Final = 2
_BANDS: Final = {
    Steadiness.FIRST_MONTH: 0,
    Steadiness.UNSAID: 1,
    Steadiness.MONTHS: 1,
    Steadiness.YEAR: 2,
    Steadiness.YEARS: 2,
}


def steadiest(people: Collection[Person], *, at: datetime) -> list[Person]:
    """Return the two of `people`, or as many as there are, who are steadiest, the steadiest first.

    Nobody in their first ninety days is among them unless a steward vouches for them, and nobody
    who has a hard week themselves. Who is in this for longer comes first, then who is here longer.
    """
    facts = facts_of([one.pk for one in people], at=at)
    steady = [one for one in people if _is_steady(facts, one.pk)]
    return sorted(steady, key=lambda one: _place(facts, one.pk))[:_TWO]


def _is_steady(facts: Facts, key: UUID) -> bool:
    return facts.days[key] >= NEW_DAYS and key not in facts.hard


def _place(facts: Facts, key: UUID) -> tuple[int, int, int]:
    return -_BANDS[facts.steadiness(key)], -facts.days[key], key.int
