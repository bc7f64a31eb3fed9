"""People are asked: hours are drawn for a day, and what is due comes, quietly."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.study import access, bridge, queries
from kith.web.study.actions.suggesting import plan_suggestion
from kith.web.study.bridge import Plan, Schedule
from kith.web.study.choices import (
    DECIDED_BEFORE,
    EXPIRES_AFTER,
    LONGER_WAIT,
    PROMPTS_A_DAY,
)
from kith.web.study.models import Consent, Prompt, Study, Survey

_LOOK_BACK: Final = timedelta(days=1)
# When it comes, until when it can be answered, and when dice are thrown before it, if they are.
Span = tuple[datetime, datetime, datetime | None]


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
        if schedule.per_day and _is_asked_now(plan, schedule, consent, at):
            _plan_moments(study, plan, schedule, consent, at)
    _plan_longer(study, plan, consent, at)
    plan_suggestion(study, plan, consent, at=at)
    Consent.objects.filter(pk=consent.pk).update(planned_on=today)
    return 1


def _is_asked_now(plan: Plan, schedule: Schedule, consent: Consent, at: datetime) -> bool:
    """Return whether moments are asked for in the week somebody is in: not after the study's last."""
    week = (at - consent.said_at) // timedelta(weeks=1)
    if plan.weeks and week > plan.weeks:
        return False
    return week in schedule.weeks(week) if schedule.is_in_some_weeks else True


def _plan_moments(
    study: Study, plan: Plan, schedule: Schedule, consent: Consent, at: datetime
) -> None:
    person, clock = consent.person, queries.clock_of(consent.person)
    today = at.astimezone(clock).date()
    survey = access.survey_of(study, bridge.survey_key(schedule))
    many = min(schedule.per_day, consent.most_a_day, PROMPTS_A_DAY - _already(consent, at))
    if survey is None or many <= 0:
        return
    windows = queries.waking_windows(person, schedule.windows, a_day=many)
    led = [(window, _lead(plan, consent, window)) for window in windows]
    later = [queries.led_by(window, lead) if lead else (window, lead) for window, lead in led]
    moments = bridge.draw_moments(
        [window for window, _ in later], seed=int(study.seed), who=consent.pk, on=today, clock=clock
    )
    lasts = timedelta(minutes=schedule.expires_minutes) or EXPIRES_AFTER
    spans = [
        (moment, moment + lasts, moment - lead if lead else None)
        for moment, (_, lead) in zip(moments, later, strict=True)
        if moment - lead > at
    ]
    _ask(consent, survey, spans)


def _lead(plan: Plan, consent: Consent, window: tuple[time, time]) -> timedelta:
    """Return how long before a check-in in `window` dice are thrown; 0 if none are."""
    if not (plan.draws_moments and consent.draw):
        return timedelta()
    hours = bridge.lonely_hours(plan, consent.facts or {})
    return DECIDED_BEFORE if queries.is_among(window, hours) else timedelta()


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
            _ask(consent, survey, [(begins, begins + LONGER_WAIT, None)])


def _ask(consent: Consent, survey: Survey, spans: Sequence[Span]) -> None:
    told = {"study": survey.study, "person": consent.person, "survey": survey}
    for begins, ends, decide_at in spans:
        same = {"study": survey.study, "person": consent.person, "intended_at": begins}
        if not Prompt.objects.filter(survey__key=survey.key, **same).exists():
            when = {"intended_at": begins, "expires_at": ends, "decide_at": decide_at}
            Prompt.objects.create(**told, **when)


def _already(consent: Consent, at: datetime) -> int:
    """Return how many moments of this day of theirs are asked for already, by any study."""
    begins = queries.day_of(consent.person, at=at)
    mine = Prompt.objects.filter(person=consent.person, survey__key__startswith="moment")
    return mine.filter(intended_at__gte=begins[0], intended_at__lt=begins[1]).count()
