"""Somebody is asked to be in a plan, answers in their own time, and may step back at any."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.messages import actions as messages
from kith.web.messages.choices import Reason
from kith.web.notices.actions import take_back, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.plans import access
from kith.web.plans.choices import PEOPLE_MOST, MayAsk
from kith.web.plans.models import Answer, Asking, WhoMayAsk

_TIMES = ("ways", "parts", "days", "often", "zone")


class FullError(RefusalError):
    """As many as a plan holds are in it, or asked."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Three people are in your plan or asked already. That is a good number to begin with."
            )
        )


class OverError(RefusalError):
    """What somebody answers is no longer asked."""

    def __init__(self) -> None:
        super().__init__(_("This is no longer asked. Nothing was changed, and nobody was told."))


class NoWayError(RefusalError):
    """Somebody said yes, and left no way or time at which they could be come to."""

    def __init__(self) -> None:
        super().__init__(_("Leave one way and one time of day at least, or say not now."))


@transaction.atomic
def ask(*, planner: Person, person: Person, at: datetime) -> Asking:
    """Ask `person` to be in the plan of `planner`; they are told, unless they want to be asked by none.

    Raises:
        FullError: If as many are in it, or asked, as a plan holds.
    """
    _locked(planner)
    mine = list(Asking.objects.filter(planner=planner))
    known = next((one for one in mine if one.person_id == person.pk), None)
    if known is not None:
        return known
    if sum(one.is_in or one.is_open(at) for one in mine) >= PEOPLE_MOST:
        raise FullError
    asking = Asking.objects.create(planner=planner, person=person, asked_at=at)
    if access.who_may_ask(person) == MayAsk.NOBODY:
        say_no(asking, at)
    else:
        tell(
            person=person,
            about=About.PLAN,
            words=lambda: (
                _("%(who)s asks whether they may come to you when it gets hard.") % {"who": planner}
            ),
            path=path_of(asking),
            by=planner,
        )
    return asking


@transaction.atomic
def answer(
    *, asking: Asking, is_yes: bool, limits: Mapping[str, Any], zone: str, at: datetime
) -> None:
    """Take down yes, with hours and limits, or no. Only a yes is told.

    Whoever is in the plan already changes their hours so.

    Raises:
        OverError: If it is no longer asked.
        NoWayError: If yes leaves no way or no time.
    """
    asking = _as_it_stands(asking)
    if not (asking.is_in or asking.is_open(at)):
        raise OverError
    if not is_yes:
        step_back(asking=asking, at=at) if asking.is_in else say_no(asking, at)
        return
    if not (limits["ways"] and limits["parts"]):
        raise NoWayError
    said = {name: _joined(limits[name]) for name in _TIMES if name != "zone"}
    given = {"person": asking.person, "is_yes": True, "zone": zone or "UTC", "at": at, **said}
    Answer.objects.update_or_create(asking=asking, defaults=given)
    if not asking.is_in:
        _let_in(asking, at)


@transaction.atomic
def step_back(*, asking: Asking, at: datetime) -> None:
    """Let somebody out of a plan they are in. The planner is told so kindly, and never why.

    Raises:
        OverError: If they are not in it.
    """
    asking = _as_it_stands(asking)
    if not asking.is_in:
        raise OverError
    asking.back_at = at
    asking.save(update_fields=["back_at"])
    messages.close_ground(reason=Reason.PLAN, number=asking.pk)
    # A yes that was not read yet is not true any more, and would stand in for this.
    path = reverse("plans:mine")
    take_back(person=asking.planner, about=About.PLAN, path=path, by=asking.person)
    tell(
        person=asking.planner,
        about=About.PLAN,
        words=lambda: (
            _(
                "%(who)s can’t be in your plan for now, and wishes you well. It says nothing about you."
            )
            % {"who": asking.person}
        ),
        path=path,
        by=asking.person,
    )


@transaction.atomic
def take_out(*, asking: Asking) -> None:
    """Take somebody out of one's own plan; they read thanks, and no reason.

    Raises:
        OverError: If they are not in it.
    """
    asking = _as_it_stands(asking)
    if not asking.is_in:
        raise OverError
    messages.close_ground(reason=Reason.PLAN, number=asking.pk)
    tell(
        person=asking.person,
        about=About.PLAN,
        words=lambda: (
            _("%(who)s has changed their plan. They thank you for having been in it.")
            % {"who": asking.planner}
        ),
        path=reverse("plans:mine"),
        by=asking.planner,
    )
    asking.delete()


def choose_who_may_ask(*, person: Person, may_ask: str) -> None:
    """Keep by whom `person` may be asked."""
    WhoMayAsk.objects.update_or_create(person=person, defaults={"may_ask": may_ask})


@transaction.atomic
def note_calls(*, planner: Person, people: Collection[UUID], at: datetime) -> None:
    """Note that `planner` came to those of `people` who are in their plan, whose limits count it."""
    found = [one.pk for one in access.in_plan_of(planner) if one.person_id in people]
    for row in Answer.objects.select_for_update().filter(pk__in=found):
        row.note_call(at)
        row.save(update_fields=["called"])


def path_of(asking: Asking) -> str:
    """Return the address at which whoever is asked answers."""
    return reverse("plans:asked", args=[asking.token])


def say_no(asking: Asking, at: datetime) -> None:
    """Keep a no, of which the planner learns nothing: not by a row, and not by a word."""
    said = {"person": asking.person, "is_yes": False, "at": at}
    Answer.objects.update_or_create(asking=asking, defaults=said)


def _let_in(asking: Asking, at: datetime) -> None:
    asking.yes_at = at
    asking.save(update_fields=["yes_at"])
    messages.open_ground(
        one=asking.planner, other=asking.person, reason=Reason.PLAN, number=asking.pk
    )
    tell(
        person=asking.planner,
        about=About.PLAN,
        words=lambda: (
            _("%(who)s said yes: you may come to them when it gets hard.") % {"who": asking.person}
        ),
        path=reverse("plans:mine"),
        by=asking.person,
    )


def _joined(said: str | Collection[str]) -> str:
    return said if isinstance(said, str) else " ".join(said)


def _as_it_stands(asking: Asking) -> Asking:
    """Return `asking` as it stands; until the transaction ends nobody else changes it."""
    rows = Asking.objects.select_for_update(of=("self",)).select_related("planner", "person")
    found = rows.filter(pk=asking.pk).first()
    if found is None:
        raise OverError
    return found


def _locked(person: Person) -> Person:
    """Return `person`; until the transaction ends nobody else changes their plan."""
    return Person.objects.select_for_update().get(pk=person.pk)
