"""My plan, as its planner reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.web.kit import parameters
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.plans import access
from kith.web.plans.choices import PEOPLE_MOST, PLANS_MOST, Cue, Days, Deed, Part, Place
from kith.web.plans.models import Answer, Asking, Plan
from kith.web.plans.queries.stem import Stem, stem_of

# What became of a question is said for so long.
_SAID_FOR: Final = timedelta(days=14)
_PARTS: Final = {
    Part.MORNING: _("mornings"),
    Part.AFTERNOON: _("afternoons"),
    Part.EVENING: _("evenings"),
    Part.NIGHT: _("nights"),
}
_DAYS: Final = {Days.WEEK: _("Monday to Friday"), Days.END: _("at the weekend")}


@dataclass(frozen=True, slots=True)
class Goal:
    """To whom or where a line leads.

    Args:
        name: What they are called; "" if whoever it was is not in the plan any more.
        person: Who, to draw their window; None for a place.
        hours: When they may be come to, in words; "" for a place.
    """

    name: str
    person: Person | None = None
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One line of a plan: when, I, if not."""

    token: str
    when: str
    deed: str
    first: Goal
    second_deed: str
    second: Goal


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who was asked, and what is to be read of it."""

    token: str
    person: Person
    words: str
    is_in: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Mine:
    """All of My plan.

    Args:
        is_old: Whether it is time for a fresh look; `from_month` says from when it is.
        may_add, may_ask: Whether there is room for another line, and another person.
        questions: Those in whose plan the reader is, or who ask them.
    """

    cards: Sequence[Card]
    named: Sequence[Named]
    questions: Sequence[Asking]
    stem: Stem
    since: str
    is_old: bool
    from_month: str
    may_add: bool
    may_ask: bool
    openness: str


def page_of(person: Person, *, at: datetime) -> Mine:
    """Return My plan as `person` reads it at that moment."""
    plans, askings = list(access.plans_of(person)), list(access.askings_of(person))
    answers = {one.asking_id: one for one in access.in_plan_of(person)}
    stem = stem_of(access.practices_of(person))
    oldest = min((plan.looked_at for plan in plans), default=None)
    return Mine(
        cards=[_card(plan, answers) for plan in plans],
        named=[one for asking in askings if (one := _named(asking, answers, person, at))],
        questions=list(access.questions_of(person, at=at)),
        stem=stem,
        since=_month(stem.since),
        is_old=oldest is not None and oldest <= at.date() - _fresh_for(),
        from_month=_month(oldest),
        may_add=len(plans) < PLANS_MOST,
        may_ask=sum(one.is_in or one.is_open(at) for one in askings) < PEOPLE_MOST,
        openness=access.openness_of(person),
    )


def card_of(person: Person, plan: Plan) -> Card:
    """Return one line of the plan of `person`."""
    return _card(plan, {one.asking_id: one for one in access.in_plan_of(person)})


def cards_of(person: Person) -> list[Card]:
    """Return the lines of the plan of `person`, to take along."""
    answers = {one.asking_id: one for one in access.in_plan_of(person)}
    return [_card(plan, answers) for plan in access.plans_of(person)]


def goals_for(person: Person) -> list[tuple[str, Person]]:
    """Return whom a line may lead to: who said yes, by what the form calls them."""
    return [(one.asking.token, one.person) for one in access.in_plan_of(person)]


def askable_by(person: Person, *, at: datetime) -> list[tuple[str, Person]]:
    """Return whom `person` may ask, by what a page calls them."""
    found = access.people_to_ask(person, at=at)
    named = [(people.reference_to(other, seen_by=person), other) for other in found]
    return sorted(named, key=lambda one: str(one[1]).lower())


def hours_of(answer: Answer) -> str:
    """Return when and how somebody may be come to, in few words."""
    parts = [str(_PARTS[part]) for part in Part if part in answer.parts.split()]
    when = gettext("at any hour") if len(parts) == len(Part) else ", ".join(parts)
    said = [when, str(_DAYS[Days(answer.days)]) if answer.days in _DAYS else ""]
    return "; ".join([", ".join(filter(None, said)), answer.get_ways_display().replace(";", ",")])


def _card(plan: Plan, answers: Mapping[int, Answer]) -> Card:
    first = _goal(plan.first_id, plan.first_place, answers)
    second = _goal(plan.second_id, plan.second_place, answers)
    return Card(
        token=plan.token,
        when=plan.when if plan.cue != Cue.ANOTHER or plan.words else str(Cue.ANOTHER.label),
        deed=_deed(plan),
        first=first,
        second_deed=gettext("ring") if second.person else _to(plan.second_place),
        second=second,
    )


def _deed(plan: Plan) -> str:
    if plan.first_place:
        return _to(plan.first_place)
    return str(Deed(plan.deed).label) if plan.deed in Deed.values else gettext("ring")


def _to(place: str) -> str:
    return gettext("go into") if place == Place.ROOM else gettext("call")


def _goal(number: int | None, place: str, answers: Mapping[int, Answer]) -> Goal:
    if place:
        return Goal(str(Place(place).label))
    answer = answers.get(number) if number else None
    if answer is None:
        return Goal("")
    return Goal(str(answer.person), answer.person, hours_of(answer))


def _named(
    asking: Asking, answers: Mapping[int, Answer], person: Person, at: datetime
) -> Named | None:
    words = _words_of(asking, answers.get(asking.pk), at)
    if not words:
        return None
    reference = people.reference_to(asking.person, seen_by=person)
    is_in = asking.pk in answers
    return Named(asking.token, asking.person, words, is_in, reference)


def _words_of(asking: Asking, answer: Answer | None, at: datetime) -> str:
    if answer is not None:
        return gettext("Said yes: %(hours)s") % {"hours": hours_of(answer)}
    if asking.is_open(at):
        return gettext("Asked. They answer in their own time.")
    if asking.yes_at is None and at < asking.asked_at + _SAID_FOR:
        return gettext("No answer this time. It may only be a full week, and says nothing of you.")
    if asking.back_at is not None and at < asking.back_at + _SAID_FOR:
        return gettext("Can’t be in it for now, and wishes you well.")
    return ""


def _fresh_for() -> timedelta:
    return timedelta(days=parameters.whole("plan.refresh_days"))


def _month(day: date | None) -> str:
    return date_format(day, "F") if day else ""
