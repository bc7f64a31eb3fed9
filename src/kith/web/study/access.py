"""The doors of studies: which are open, what somebody takes part in, and what they are asked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.study.choices import RESTS_FOR, State, Style
from kith.web.study.models import (
    Assignment,
    Consent,
    Decision,
    Prompt,
    Report,
    Study,
    Suggestion,
    Survey,
)


# ---- studies --------------------------------------------------------------------------------
def open_studies() -> QuerySet[Study]:
    """Return the studies that anybody may join now, the newest first."""
    return Study.objects.filter(state=State.OPEN)


def open_beside(consents: Iterable[Consent]) -> QuerySet[Study]:
    """Return the open studies of which none is among `consents`, the newest first."""
    return open_studies().exclude(pk__in=[one.study_id for one in consents])


def open_study(person: Person, token: str) -> Study:
    """Return the study called `token`, if it is open or `person` takes part in it.

    Raises:
        Http404: If it is being written, is over, or never was.
    """
    theirs = Consent.objects.filter(person=person).values("study")
    seen = Study.objects.filter(Q(state=State.OPEN) | Q(pk__in=theirs))
    return get_object_or_404(seen.exclude(state=State.DRAFT), token=token)


def reports() -> QuerySet[Report]:
    """Return what studies found, as it is shown to everybody here, the newest first."""
    return Report.objects.select_related("study")


def open_report(token: str) -> Report:
    """Return what the study called `token` found.

    Raises:
        Http404: If there is no such study, or nothing of it is published.
    """
    return get_object_or_404(reports(), study__token=token)


def any_study(token: str) -> Study:
    """Return the study called `token`, however far it is, for whoever keeps this instance.

    Raises:
        RefusalError: If there is none.
    """
    found = Study.objects.filter(token=token).first()
    if found is None:
        raise RefusalError(_("There is no study of that name here."))
    return found


def running() -> list[Study]:
    """Return the studies in which people are asked now."""
    return list(open_studies().order_by("pk"))


def survey_of(study: Study, key: str) -> Survey | None:
    """Return the newest version of the questions that `study` calls `key`."""
    return Survey.objects.filter(study=study, key=key).order_by("-version").first()


# ---- taking part ----------------------------------------------------------------------------
def consents_of(person: Person) -> QuerySet[Consent]:
    """Return what `person` said yes to and did not take back, the newest first."""
    mine = Consent.objects.filter(person=person, revoked_at=None)
    return mine.select_related("study").order_by("-said_at", "-pk")


def consent_of(person: Person, study: Study) -> Consent | None:
    """Return what `person` said yes to in `study`; None if they did not, or took it back."""
    return consents_of(person).filter(study=study).first()


def open_consent(person: Person, token: str) -> Consent:
    """Return what `person` said yes to in the study called `token`.

    Raises:
        Http404: If they take no part in it.
    """
    return get_object_or_404(consents_of(person).filter(study__token=token))


def asked_now(study: Study) -> QuerySet[Consent]:
    """Return those whom `study` may ask, the first to join first."""
    found = Consent.objects.filter(study=study, answers=True, stopped_at=None, revoked_at=None)
    return found.filter(person__is_active=True).select_related("person").order_by("pk")


def used_in(study: Study) -> QuerySet[Consent]:
    """Return those whose answers `study` may use: who stopped too, and nobody who took it back."""
    return Consent.objects.filter(study=study, answers=True, revoked_at=None).order_by("pk")


def assignment_of(person: Person, study: Study) -> Assignment | None:
    """Return the arm that was drawn for `person`, if they let a coin be tossed."""
    return Assignment.objects.filter(person=person, study=study).first()


def drawn_in(study: Study) -> QuerySet[Assignment]:
    """Return all that was drawn in `study`, in the order of the draws."""
    return Assignment.objects.filter(study=study).order_by("number")


def drawn_in_open_studies() -> QuerySet[Assignment]:
    """Return what was drawn in open studies for those who let it be drawn and did not stop."""
    same = {"person": OuterRef("person"), "study": OuterRef("study")}
    lets = Consent.objects.filter(draw=True, stopped_at=None, revoked_at=None, **same)
    found = Assignment.objects.filter(Exists(lets), study__state=State.OPEN)
    return found.select_related("study").order_by("study__locked_at", "pk")


# ---- being asked ----------------------------------------------------------------------------
def prompts_of(person: Person, study: Study) -> QuerySet[Prompt]:
    """Return all that `study` asked `person`, the first first."""
    mine = Prompt.objects.filter(person=person, study=study)
    return mine.select_related("survey").order_by("intended_at", "pk")


def open_prompt(person: Person, token: str) -> Prompt:
    """Return what `person` is asked, called `token`.

    Raises:
        Http404: If it is not theirs, or never was.
    """
    mine = Prompt.objects.filter(person=person).select_related("survey", "study")
    return get_object_or_404(mine, token=token)


def waiting_for(person: Person, *, at: datetime) -> list[Prompt]:
    """Return what `person` can answer now, the first to end first."""
    mine = Prompt.objects.filter(person=person, answered_at=None, intended_at__lte=at)
    seen = mine.filter(expires_at__gt=at, study__state=State.OPEN)
    return list(seen.select_related("survey", "study").order_by("expires_at", "pk"))


def ahead_of(person: Person, *, at: datetime, until: datetime) -> list[Prompt]:
    """Return what `person` can answer at some time from `at` to `until`, the first to come first."""
    mine = Prompt.objects.filter(person=person, answered_at=None, intended_at__lte=until)
    seen = mine.filter(expires_at__gt=at, study__state=State.OPEN)
    return list(seen.select_related("survey", "study").order_by("intended_at", "pk"))


def due(*, at: datetime) -> QuerySet[Prompt]:
    """Return what is to come now and has not come yet."""
    here = Prompt.objects.filter(delivered_at=None, intended_at__lte=at, expires_at__gt=at)
    asked = here.filter(study__state=State.OPEN, person__is_active=True, answered_at=None)
    return asked.select_related("person", "survey", "study").order_by("intended_at", "pk")


def undecided(*, at: datetime) -> QuerySet[Prompt]:
    """Return the check-ins before which dice are to be thrown now and were not yet."""
    ahead = Prompt.objects.filter(decide_at__lte=at, decision=None, answered_at=None)
    asked = ahead.filter(study__state=State.OPEN, person__is_active=True)
    return asked.select_related("person", "study").order_by("decide_at", "pk")


# ---- what is suggested ----------------------------------------------------------------------
def open_suggestion(person: Person, token: str) -> Suggestion:
    """Return what was suggested to `person`, called `token`.

    Raises:
        Http404: If it is not theirs, did not come yet, or never was.
    """
    mine = Suggestion.objects.filter(person=person, told_at__isnull=False)
    return get_object_or_404(mine.select_related("study", "other"), token=token)


def is_asked(person: Person, study: Study) -> bool:
    """Return whether `study` may still ask `person`."""
    consent = consent_of(person, study)
    return consent is not None and consent.is_asked


def to_suggest(*, at: datetime) -> QuerySet[Suggestion]:
    """Return what is to come by somebody's arm now and has not come yet."""
    due = Suggestion.objects.filter(told_at=None, at__lte=at, until__gt=at)
    open_ones = due.filter(study__state=State.OPEN, person__is_active=True)
    return open_ones.select_related("study", "person").order_by("at", "pk")


def suggested_since(person: Person, study: Study, *, since: datetime) -> bool:
    """Return whether anything was meant to come to `person` from `study` since then."""
    return Suggestion.objects.filter(person=person, study=study, at__gt=since).exists()


def just_suggested(*, at: datetime) -> set[UUID]:
    """Return the keys of those who were suggested to somebody a short while ago, by any study."""
    lately = Suggestion.objects.filter(
        told_at__gt=at - RESTS_FOR, style=Style.COMPANY, other__isnull=False
    )
    return set(lately.values_list("other", flat=True))


def suggestions_over(*, since: datetime, at: datetime) -> QuerySet[Suggestion]:
    """Return what came and ended, a short while ago."""
    came = Suggestion.objects.filter(told_at__isnull=False, until__gt=since, until__lte=at)
    return came.select_related("person").order_by("pk")


def over(*, since: datetime, at: datetime) -> QuerySet[Prompt]:
    """Return what came and was not answered in time, a short while ago."""
    came = Prompt.objects.filter(delivered_at__isnull=False, answered_at=None)
    return came.filter(expires_at__gt=since, expires_at__lte=at).order_by("pk")


# ---- for the export -------------------------------------------------------------------------
def prompts_in(study: Study, people: Iterable[UUID]) -> QuerySet[Prompt]:
    """Return all that `study` asked `people`, in one order for ever."""
    rows = Prompt.objects.filter(study=study, person__in=list(people))
    return rows.select_related("survey").order_by("pk")


def assignments_in(study: Study, people: Iterable[UUID]) -> QuerySet[Assignment]:
    """Return what was drawn for `people` in `study`, in the order of the draws."""
    return Assignment.objects.filter(study=study, person__in=list(people)).order_by("number")


def decisions_in(study: Study, people: Iterable[UUID]) -> QuerySet[Decision]:
    """Return what dice decided for `people` in `study`."""
    return Decision.objects.filter(study=study, person__in=list(people)).order_by("pk")
