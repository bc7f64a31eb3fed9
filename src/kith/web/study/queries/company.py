"""Who could take something up now: somebody themselves, and whoever could be suggested to them."""

from datetime import datetime
from uuid import UUID

from kith.web.notices import queries as notices
from kith.web.people.models import Person
from kith.web.plans import queries as plans
from kith.web.plans.choices import Way
from kith.web.reach import access as reach
from kith.web.reach.bridge import choosing
from kith.web.safety import access as safety
from kith.web.service import access as service
from kith.web.service.choices import Side
from kith.web.study import access
from kith.web.study.choices import Style
from kith.web.study.models import Suggestion


def is_available(person: Person, *, at: datetime) -> bool:
    """Return whether something may come unasked to `person` now.

    Not in their quiet hours, not beyond what they want of a day, not while a steward asked them to
    pause, and not while they reach out or speak with somebody: then there are people already.
    """
    if not notices.may_be_nudged(person, at=at) or safety.paused_until(person) is not None:
        return False
    return reach.live_reach(person) is None and reach.open_call(person, at=at) is None


def who_could(person: Person, style: Style | None, *, at: datetime) -> list[Person]:
    """Return who could be brought in for `person` now, in an order that is always the same.

    For company: who agreed to be in their plan, by their own hours and limits, and who sits in a
    circle with them and may be rung now. To help: who asks for something that `person` could take
    up. Nobody in their own quiet hours, and nobody who was just suggested to somebody.
    """
    if style is None:
        return []
    keys = _for_company(person, at) if style == Style.COMPANY else _who_asks(person, at)
    resting = access.just_suggested(at=at) if style == Style.COMPANY else set()
    here = safety.visible_to(person).filter(pk__in=keys).exclude(pk=person.pk)
    found = here.exclude(pk__in=safety.pauses_now().values("person")).order_by("pk")
    return [one for one in found if one.pk not in resting and _is_awake(one, at)]


def named_in(suggestion: Suggestion) -> Person | None:
    """Return whom a suggestion names to whoever it came to: nobody, once the two are apart."""
    other = suggestion.other_id if suggestion.style == Style.COMPANY else None
    if other is None or other in reach.kept_apart_from(suggestion.person_id):
        return None
    here = safety.visible_to(suggestion.person).filter(pk=other)
    return here.exclude(pk__in=safety.pauses_now().values("person")).first()


def _for_company(person: Person, at: datetime) -> set[UUID]:
    apart = reach.kept_apart_from(person.pk)
    agreed = {one.pk for one in plans.people_of(person, at=at, way=Way.MESSAGE)}
    mates = {one.key for one in choosing.circle_for(reach.mates_of(person.pk), at=at)}
    return (agreed | mates) - apart


def _who_asks(person: Person, at: datetime) -> set[UUID]:
    company = service.company_of(person, at=at)
    told = service.open_for(person, company=company, squares=(), at=at).filter(side=Side.ASK)
    return {one.by_id for one in service.still_open(person, [row.pk for row in told])}


def _is_awake(person: Person, at: datetime) -> bool:
    return not notices.pace_of(person).is_quiet(at)
