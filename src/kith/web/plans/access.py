"""The doors of plans: a plan is its planner's alone, and who is asked knows only that."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kith.web.circles.choices import ChairState, CircleState
from kith.web.circles.models import Chair, Pair
from kith.web.gatherings.models import Coming
from kith.web.kit.prepared import ME, Prepared
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.plans.choices import ANSWER_WITHIN, MayAsk
from kith.web.plans.models import Answer, Asking, Plan, Practice, WhoMayAsk
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance

# So long ago two may have been a pair, or at the same gathering, and still be no strangers.
_PAIRED: Final = timedelta(days=180)
_MET: Final = timedelta(days=90)


# ---- one's own plan -------------------------------------------------------------------------
def plans_of(person: Person) -> QuerySet[Plan]:
    """Return the lines of the plan of `person`, the oldest first."""
    rows = Plan.objects.filter(planner=person)
    return rows.select_related("first__person", "second__person").order_by("pk")


def open_plan(person: Person, token: str) -> Plan:
    """Return the line called `token` of the plan of `person`.

    Raises:
        Http404: If it is not theirs, or never was.
    """
    return get_object_or_404(plans_of(person).filter(token=token))


def practices_of(person: Person) -> QuerySet[Practice]:
    """Return what `person` practised, the first time first."""
    return Practice.objects.filter(planner=person).order_by("pk")


def askings_of(person: Person) -> QuerySet[Asking]:
    """Return whom `person` asked and may meet, the first first.

    Whoever is apart from them is still there while an answer is waited for: it looks like silence.
    """
    mine = Asking.objects.filter(planner=person).select_related("person")
    here = safety.is_seen_by(person, whom="person") | Q(yes_at=None, person__is_active=True)
    return mine.filter(here).order_by("yes_at", "pk")


def open_asking(person: Person, token: str) -> Asking:
    """Return what `person` asked somebody, called `token`.

    Raises:
        Http404: If they did not, or it is over.
    """
    return get_object_or_404(askings_of(person).filter(token=token))


# ---- being asked ----------------------------------------------------------------------------
def open_question(person: Person, token: str, *, at: datetime) -> Asking:
    """Return what `person` is asked by somebody whom they see, or has said yes to.

    Raises:
        Http404: If they are not, did not answer in time, or stepped back.
    """
    return get_object_or_404(questions_of(person, at=at).filter(token=token))


def questions_of(person: Person, *, at: datetime) -> QuerySet[Asking]:
    """Return what `person` is asked, or has said yes to, by those whom they see."""
    waits = Q(yes_at=None, asked_at__gt=at - ANSWER_WITHIN)
    is_in = Q(yes_at__isnull=False, back_at=None)
    mine = Asking.objects.filter(waits | is_in, person=person)
    seen = mine.filter(safety.is_seen_by(person, whom="planner"))
    return seen.select_related("planner", "answer").order_by("pk")


def answer_to(asking: Asking) -> Answer | None:
    """Return what was answered; None if nothing was."""
    return Answer.objects.filter(asking=asking).first()


def who_may_ask(person: Person) -> str:
    """Return by whom `person` may be asked."""
    said = WhoMayAsk.objects.filter(person=person).values_list("may_ask", flat=True).first()
    return said or MayAsk.NEAR


# ---- who may be asked -----------------------------------------------------------------------
def people_to_ask(person: Person, *, at: datetime) -> QuerySet[Person]:
    """Return those whom `person` may ask: who sits or listened with them, or met them and is willing.

    Nobody who is new is asked by somebody they only met, nobody is asked by whom they keep away
    from, and nobody is asked twice.
    """
    known = Q(pk__in=_seated_with(person)) | Q(pk__in=_paired_with(person, at=at))
    met = Q(pk__in=_met_by(person, at=at), who_may_ask__may_ask=MayAsk.MET)
    asked = Asking.objects.filter(planner=person).values("person")
    found = safety.visible_to(person).filter(known | met).exclude(pk=person.pk)
    return found.exclude(pk__in=asked).exclude(_keeps_away(person)).distinct().order_by("pk")


def open_person_to_ask(person: Person, reference: str, *, at: datetime) -> Person:
    """Return whom `person` may ask and a page showed them under `reference`.

    Raises:
        Http404: If there is nobody such.
    """
    found = people_to_ask(person, at=at).filter(pk=people.referred(person, reference)).first()
    if found is None:
        raise Http404
    return found


def _seated_with(person: Person) -> QuerySet[Any, Any]:
    sits = Chair.objects.filter(state=ChairState.SITS, circle__state=CircleState.MEETS)
    mine = sits.filter(person=person).values("circle")
    return sits.filter(circle__in=mine).values("person")


def _paired_with(person: Person, *, at: datetime) -> list[UUID]:
    mine = Pair.objects.filter(Q(low=person) | Q(high=person), begun_at__gt=at - _PAIRED)
    ends = mine.values_list("low_id", "high_id")
    return [one for pair in ends for one in pair if one != person.pk]


def _met_by(person: Person, *, at: datetime) -> list[UUID]:
    """Return who was seen at the same date of a gathering as `person`, and is not new."""
    seen = Coming.objects.filter(is_here=True, on__gte=(at - _MET).date())
    there = seen.filter(person=person, gathering=OuterRef("gathering"), on=OuterRef("on"))
    met = seen.filter(Exists(there)).exclude(person=person).select_related("person")
    return [one.person_id for one in met if not people.is_new(one.person)]


def _keeps_away(person: Person) -> Exists:
    who = OuterRef("pk")
    away = Distance.objects.filter(Q(by=person, whom=who) | Q(by=who, whom=person))
    return Exists(away.filter(kind__in=(Kind.AVOID, Kind.BLOCK)))


# ---- for the moment itself ------------------------------------------------------------------
def _make_in_plan() -> QuerySet[Answer]:
    yes = Answer.objects.filter(asking__planner=ME, is_yes=True, asking__back_at=None)
    seen = yes.filter(safety.is_seen_by(ME, whom="person"), asking__yes_at__isnull=False)
    return seen.select_related("person", "asking").order_by("asking__yes_at", "pk")


_IN_PLAN: Final = Prepared(_make_in_plan)


def in_plan_of(person: Person) -> list[Answer]:
    """Return what those said who are in the plan of `person` and whom they see, the first first."""
    return _IN_PLAN.ask(me=person.pk)


def answer_between(planner: Person, person: Person) -> Answer | None:
    """Return what `person` said who is in the plan of `planner`, if the two see each other."""
    return next((one for one in in_plan_of(planner) if one.person_id == person.pk), None)


def _make_tonight() -> QuerySet[Any, Any]:
    mine = Plan.objects.filter(planner=ME).order_by("practised_on", "pk")
    return mine.values("token", "looked_at", "practised_on")


_TONIGHT: Final = Prepared(_make_tonight)


def lines_at_a_glance(person: Person | UUID) -> list[dict[str, Any]]:
    """Return of each line of the plan of `person` when it was looked at and practised last."""
    return _TONIGHT.ask(me=getattr(person, "pk", person))


# ---- for the daily look ---------------------------------------------------------------------
def plans_not_looked_at_since(day: Any) -> QuerySet[Plan]:
    """Return the lines that were looked at before `day` and not spoken of since, of people here."""
    old = Plan.objects.filter(looked_at__lte=day, planner__is_active=True)
    quiet = old.filter(Q(nudged_on=None) | Q(nudged_on__lte=day))
    return quiet.exclude(planner__in=safety.pauses_now().values("person")).order_by("pk")
