"""The doors of the simulator: one's own runs, and what is to be lived next."""

from datetime import datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kith.web.people.models import Person
from kith.web.simulator.choices import KEPT_FOR, UNFINISHED
from kith.web.simulator.models import Lived, Run


def runs_of(person: Person) -> QuerySet[Run]:
    """Return what `person` asked for, the newest first."""
    return Run.objects.filter(person=person)


def open_run(person: Person, token: str) -> Run:
    """Return the run called `token`, which `person` asked for.

    Raises:
        Http404: If it is another's, is gone, or never was.
    """
    return get_object_or_404(Run, person=person, token=token)


def lived_of(run: Run) -> QuerySet[Lived]:
    """Return what was lived of a run so far, in its order."""
    return Lived.objects.filter(run=run).order_by("number")


def unfinished() -> QuerySet[Run]:
    """Return all that is to be lived, whoever asked, the first to ask first."""
    return Run.objects.filter(state__in=UNFINISHED).order_by("asked_at", "pk")


def over_long_ago(*, at: datetime) -> QuerySet[Run]:
    """Return what was asked for longer ago than runs are kept."""
    return Run.objects.filter(asked_at__lt=at - KEPT_FOR)
