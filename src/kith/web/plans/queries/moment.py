"""The moment itself: who may be come to now, what the plan says, and what Tonight says of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.web.kit import parameters
from kith.web.people.models import Person
from kith.web.plans import access
from kith.web.plans.choices import Deed, Place, Way

# Tonight speaks of a line that was not practised for so long.
_PRACTISED_LATELY: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Step:
    """What a plan says to do now.

    Args:
        words: In one sentence.
        person: To whom to go, by their own hours and limits; None for a place.
        place: Where to, a code of Place; "" for a person.
    """

    words: str
    person: Person | None
    place: str


def people_of(person: Person, *, at: datetime | None = None, way: str = Way.VOICE) -> list[Person]:
    """Return who agreed to be in the plan of `person` and may be come to now, the first first."""
    now = at or timezone.now()
    return [one.person for one in access.in_plan_of(person) if one.allows(way, at=now)]


def may_be_called(
    person: Person, *, by: Person, at: datetime | None = None, way: str = Way.VOICE
) -> bool:
    """Return whether `person` is in the plan of `by`, and may be come to now by hours and limits."""
    found = access.answer_between(by, person)
    return found is not None and found.allows(way, at=at or timezone.now())


def next_step(person: Person, *, at: datetime | None = None) -> Step | None:
    """Return what the plan of `person` says to do now; None if they have no plan.

    The first of its people who may be come to; else the place to which it leads.
    """
    plans = list(access.plans_of(person))
    if not plans:
        return None
    here = {one.pk for one in people_of(person, at=at)}
    for plan in plans:
        for asking in (plan.first, plan.second):
            if asking is not None and asking.person_id in here:
                words = _("Your plan says: %(do)s %(who)s.")
                said = {"do": Deed(plan.deed or Deed.RING).label, "who": asking.person}
                return Step(words % said, asking.person, "")
    place = next((one for plan in plans for one in _places(plan) if one), Place.LINES)
    words = _("Your plan says: go to %(place)s.") % {"place": Place(place).label}
    return Step(words, None, place)


def tonight_of(person: Person) -> tuple[str, str] | None:
    """Return what Tonight says of the plan of `person` and where it leads; None if nothing is due."""
    lines = access.lines_at_a_glance(person)
    if not lines:
        return None
    today = timezone.localdate()
    oldest = min(line["looked_at"] for line in lines)
    if oldest <= today - timedelta(days=parameters.whole("plan.refresh_days")):
        return _("Your plan is about a month old. Is it still right?"), reverse("plans:mine")
    never = [line for line in lines if line["practised_on"] is None]
    due = never[0] if never else min(lines, key=lambda line: line["practised_on"])
    if due["practised_on"] is not None and due["practised_on"] > today - _PRACTISED_LATELY:
        return None
    path = reverse("plans:practise", args=[due["token"]])
    return _("Two minutes of your plan: picture the moment, and a voice."), path


def _places(plan: access.Plan) -> tuple[str, str]:
    return plan.first_place, plan.second_place
