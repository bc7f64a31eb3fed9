"""Somebody makes their plan, looks at it again, and practises it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.kit import parameters
from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.plans import access
from kith.web.plans.choices import PLANS_MOST, RESTS_FOR, Practised
from kith.web.plans.models import Asking, Plan, Practice


class EnoughError(RefusalError):
    """There are as many lines as somebody can know by heart."""

    def __init__(self) -> None:
        super().__init__(_("That is as much as one can know by heart. Change one of them instead."))


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody chose: a moment, what to do with whom or where, and what if not.

    Args:
        first, second: Somebody who said yes; None for a place.
        first_place, second_place: Where to instead, a code of Place; "" for a person.
    """

    cue: str
    words: str
    deed: str
    first: Asking | None
    first_place: str
    second: Asking | None
    second_place: str


@transaction.atomic
def keep(*, planner: Person, line: Line, on: date, instead_of: Plan | None = None) -> Plan:
    """Keep `line` in the plan of `planner`, in place of another if they change that.

    Raises:
        EnoughError: If there are many already.
    """
    plan = instead_of or Plan(planner=planner)
    if instead_of is None and access.plans_of(planner).count() >= PLANS_MOST:
        raise EnoughError
    for name in Line.__slots__:
        setattr(plan, name, getattr(line, name))
    plan.looked_at, plan.nudged_on = on, None
    plan.save()
    return plan


def drop(*, plan: Plan) -> None:
    """Drop a line; what was practised of it stays in the drawing."""
    plan.delete()


@transaction.atomic
def still_right(*, planner: Person, on: date) -> None:
    """Note that somebody looked at their plan, and it is still right."""
    Plan.objects.filter(planner=planner).update(looked_at=on, nudged_on=None)
    saw_page(person=planner, paths=[reverse("plans:mine")])


@transaction.atomic
def practise(*, plan: Plan, kind: str, on: date) -> None:
    """Let the drawing grow by a leaf: once a day for each line and kind, so that nobody collects."""
    Practice.objects.get_or_create(planner=plan.planner, plan=plan, kind=kind, on=on)
    plan.practised_on = on
    plan.save(update_fields=["practised_on"])


def note_reached(*, person: Person, on: date) -> None:
    """Let the drawing of `person` grow, since a moment came and they reached somebody."""
    Practice.objects.get_or_create(planner=person, plan=None, kind=Practised.REACHED, on=on)


@transaction.atomic
def nudge(*, at: datetime) -> int:
    """Ask whose plan is about a month old whether it is still right, once; return how many were asked.

    What was asked and never answered is forgotten here too, once it may be asked anew.
    """
    today = at.date()
    day = today - timedelta(days=parameters.whole("plan.refresh_days"))
    due = {plan.planner_id: plan for plan in _with_planner(day)}
    for plan in due.values():
        tell(
            person=plan.planner,
            about=About.PLAN,
            words=lambda: _("Your plan is about a month old. Is it still right?"),
            path=reverse("plans:mine"),
        )
    Plan.objects.filter(planner__in=due).update(nudged_on=today)
    _forget(at)
    return len(due)


def _with_planner(day: date) -> list[Plan]:
    return list(access.plans_not_looked_at_since(day).select_related("planner"))


def _forget(at: datetime) -> None:
    silent = Asking.objects.filter(yes_at=None, asked_at__lte=at - RESTS_FOR)
    for one in [*silent, *Asking.objects.filter(back_at__lte=at - RESTS_FOR)]:
        if one.is_over(at):
            one.delete()
