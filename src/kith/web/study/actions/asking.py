"""People are asked: hours are drawn for a day, and what is due comes, quietly."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.study import access, bridge, queries
from kith.web.study.bridge import Plan, Schedule
from kith.web.study.choices import EXPIRES_AFTER, LONGER_WAIT, PROMPTS_A_DAY
from kith.web.study.models import Consent, Prompt, Study, Survey

_LOOK_BACK: Final = timedelta(days=1)


def plan_day(*, at: datetime) -> int:
    """Draw when everybody is asked on the day that it is for them; return for how many it was done."""
    planned = 0
    for study in access.running():
        plan = bridge.plan_of(study)
        for consent in access.asked_now(study):
            planned += _plan_for(study, plan, consent, at)
    return planned


def deliver(*, at: datetime) -> int:
    """Let what is due come: a notice that says nothing of what is asked. Return how many came."""
    for prompt in access.over(since=at - _LOOK_BACK, at=at):
        saw_page(person=prompt.person, paths=[prompt.get_absolute_url()])
    return sum(_deliver(prompt, at) for prompt in access.due(at=at))


@transaction.atomic
def _deliver(prompt: Prompt, at: datetime) -> int:
    came = Prompt.objects.filter(pk=prompt.pk, delivered_at=None).update(delivered_at=at)
    if came:
        tell(
            person=prompt.person,
            about=About.STUDY,
            words=lambda: _("A few taps, if you like."),
            path=prompt.get_absolute_url(),
        )
    return came


@transaction.atomic
def _plan_for(study: Study, plan: Plan, consent: Consent, at: datetime) -> int:
    clock = queries.clock_of(consent.person)
    today = at.astimezone(clock).date()
    done = Consent.objects.filter(pk=consent.pk, planned_on=today)
    if done.exists():
        return 0
    for schedule in plan.measures:
        if schedule.per_day:
            _plan_moments(study, schedule, consent, at)
    _plan_longer(study, plan, consent, at)
    Consent.objects.filter(pk=consent.pk).update(planned_on=today)
    return 1


def _plan_moments(study: Study, schedule: Schedule, consent: Consent, at: datetime) -> None:
    person, clock = consent.person, queries.clock_of(consent.person)
    today = at.astimezone(clock).date()
    survey = access.survey_of(study, bridge.survey_key(schedule))
    many = min(schedule.per_day, consent.most_a_day, PROMPTS_A_DAY - _already(consent, at))
    if survey is None or many <= 0:
        return
    windows = queries.waking_windows(person, schedule.windows, a_day=many)
    moments = bridge.draw_moments(
        windows, seed=int(study.seed), who=consent.pk, on=today, clock=clock
    )
    lasts = timedelta(minutes=schedule.expires_minutes) or EXPIRES_AFTER
    _ask(consent, survey, [(moment, moment + lasts) for moment in moments if moment > at])


def _plan_longer(study: Study, plan: Plan, consent: Consent, at: datetime) -> None:
    """Ask the longer questions of the week somebody is in, unless they were."""
    week = (at - consent.said_at) // timedelta(weeks=1)
    for key, schedules in bridge.longer_of(plan).items():
        weeks = schedules[0].weeks(week)
        survey = access.survey_of(study, key)
        if survey is None or not weeks:
            continue
        begins = consent.said_at + timedelta(weeks=weeks[-1])
        if at < begins + LONGER_WAIT:
            _ask(consent, survey, [(begins, begins + LONGER_WAIT)])


def _ask(consent: Consent, survey: Survey, spans: list[tuple[datetime, datetime]]) -> None:
    told = {"study": survey.study, "person": consent.person, "survey": survey}
    for begins, ends in spans:
        same = {"study": survey.study, "person": consent.person, "intended_at": begins}
        if not Prompt.objects.filter(survey__key=survey.key, **same).exists():
            Prompt.objects.create(**told, intended_at=begins, expires_at=ends)


def _already(consent: Consent, at: datetime) -> int:
    """Return how many moments of this day of theirs are asked for already, by any study."""
    begins = queries.day_of(consent.person, at=at)
    mine = Prompt.objects.filter(person=consent.person, survey__key__startswith="moment")
    return mine.filter(intended_at__gte=begins[0], intended_at__lt=begins[1]).count()
