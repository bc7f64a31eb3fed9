"""All that a run may know of people. None of it is shown to anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kith.web.acts import queries as acts
from kith.web.acts.bridge.known import known_on
from kith.web.circles import access
from kith.web.people import queries as people
from kith.web.people.choices import Steadiness, Topic
from kith.web.safety import access as safety

NEW_DAYS: Final = 90
FIRST_DAYS: Final = 30
_KNOTS_FOR: Final = timedelta(days=90)
_LONGER: Final = frozenset({Steadiness.MONTHS, Steadiness.YEAR, Steadiness.YEARS})
_NOTHING: Final[Mapping[Topic, Any]] = {}

Pairs = frozenset[tuple[UUID, UUID]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of some people.

    Args:
        said: What each said of themselves, as `people.models.Said` keeps it.
        days: Since when each is here, as the guardrails count; see `days_here`.
        hard: Who has a hard week now.
        knots: The gathering or circle that each came to most in the last ninety days, as numbers.
        tied: Who knows whom already.
        apart: Who is never to be brought together.
    """

    said: Mapping[UUID, Mapping[Topic, Any]]
    days: Mapping[UUID, int]
    hard: frozenset[UUID]
    knots: Mapping[UUID, int]
    tied: Pairs
    apart: Pairs

    def of(self, key: UUID) -> Mapping[Topic, Any]:
        """Return what one of them said."""
        return self.said.get(key, _NOTHING)

    def steadiness(self, key: UUID) -> Steadiness:
        """Return how long one of them said they are in this."""
        return Steadiness(self.of(key).get(Topic.STEADINESS) or Steadiness.UNSAID)


def facts_of(keys: Iterable[UUID], *, at: datetime) -> Facts:
    """Return what is known of the people with these keys."""
    some = frozenset(keys)
    said = people.said_by_each(some)
    hard = access.in_a_hard_week(at=at) & some
    return Facts(
        said=said,
        days=_days(some, said, hard, at=at),
        hard=hard,
        knots=_knots(some, at=at),
        tied=frozenset(pair for pair in known_on(at.date()) if some.issuperset(pair)),
        apart=safety.not_together(some),
    )


def days_here(*, joined: int, steadiness: Steadiness, is_vouched: bool, is_hard: bool) -> int:
    """Return the days since somebody joined, as the guardrails of circles count them.

    Both guardrails are about what is tender, and a new instance has nobody who joined long ago.
    So who is in their first month of it, or has a hard week, counts as in their first thirty days
    however long they are here; who said that it is longer does not, though they joined today.
    Past their first ninety days is only who is, or for whom a steward vouches.
    """
    if steadiness is Steadiness.FIRST_MONTH or is_hard:
        return min(joined, FIRST_DAYS - 1)
    if is_vouched:
        return max(joined, NEW_DAYS)
    return max(joined, FIRST_DAYS) if steadiness in _LONGER else joined


def _days(
    some: frozenset[UUID],
    said: Mapping[UUID, Mapping[Topic, Any]],
    hard: frozenset[UUID],
    *,
    at: datetime,
) -> dict[UUID, int]:
    vouched = access.vouched_for()
    joined = people.joined_on(some)
    today = at.date()
    return {
        key: days_here(
            joined=max((today - joined[key]).days, 0),
            steadiness=Steadiness(said[key].get(Topic.STEADINESS) or Steadiness.UNSAID),
            is_vouched=key in vouched,
            is_hard=key in hard,
        )
        for key in some
    }


def _knots(some: frozenset[UUID], *, at: datetime) -> dict[UUID, int]:
    """Return a whole number from 1 for each knot of people, the same for all who belong to it."""
    came = acts.came_most_to(since=at.date() - _KNOTS_FOR)
    mine = {key: knot for key, knot in came.items() if key in some}
    numbers = {knot: number for number, knot in enumerate(sorted(set(mine.values())), start=1)}
    return {key: numbers[knot] for key, knot in mine.items()}
