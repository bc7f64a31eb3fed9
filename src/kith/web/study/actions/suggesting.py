"""Something comes unasked: at a moment for which dice were thrown, or by somebody's whole arm."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.plans import access as plans
from kith.web.study import access, bridge, queries
from kith.web.study.bridge import Decided, Plan
from kith.web.study.choices import (
    BRINGS_SOMEBODY,
    DECIDED_WITHIN,
    SUGGESTED_EVERY,
    SUGGESTED_FOR,
    Style,
)
from kith.web.study.models import Consent, Decision, Prompt, Study, Suggestion

_LOOK_BACK: Final = timedelta(days=1)


def decide(*, at: datetime) -> int:
    """Throw the dice for the moments that have come; return for how many it was written down."""
    return sum(_decide(prompt, at) for prompt in access.undecided(at=at))


def suggest(*, at: datetime) -> int:
    """Let come what somebody's arm says, if they and whom it needs are there; return how many came."""
    for one in access.suggestions_over(since=at - _LOOK_BACK, at=at):
        saw_page(person=one.person, paths=[one.get_absolute_url()])
    return sum(_suggest(one, at) for one in access.to_suggest(at=at))


def plan_suggestion(study: Study, plan: Plan, consent: Consent, *, at: datetime) -> None:
    """Draw when in the day ahead something comes by the arm of somebody, if this week nothing did."""
    drawn = access.assignment_of(consent.person, study) if consent.draw else None
    style = bridge.style_of(plan.arm(drawn.arm)) if drawn else None
    is_over = plan.weeks and at >= consent.said_at + timedelta(weeks=plan.weeks)
    since = at - SUGGESTED_EVERY
    if style is None or is_over or access.suggested_since(consent.person, study, since=since):
        return
    clock = queries.clock_of(consent.person)
    windows = queries.waking_windows(consent.person, (), a_day=1)
    moments = bridge.draw_moments(
        windows, seed=int(study.seed), who=consent.pk, on=at.astimezone(clock).date(), clock=clock,
        purpose="suggestions",
    )  # fmt: skip
    for moment in moments:
        # Of a day that has begun only what is left; the next day is drawn anew.
        if moment > at:
            told = {"study": study, "person": consent.person, "style": style}
            Suggestion.objects.create(**told, at=moment, until=moment + SUGGESTED_FOR)


@transaction.atomic
def see_suggestion(*, suggestion: Suggestion, at: datetime) -> None:
    """Note that somebody has it before them."""
    Suggestion.objects.filter(pk=suggestion.pk, seen_at=None).update(seen_at=at)
    saw_page(person=suggestion.person, paths=[suggestion.get_absolute_url()])


@transaction.atomic
def wave_away(*, suggestion: Suggestion, at: datetime) -> None:
    """Let it be, as somebody said not now; nobody asks why."""
    if suggestion.stands(at):
        Suggestion.objects.filter(pk=suggestion.pk).update(until=at)
    saw_page(person=suggestion.person, paths=[suggestion.get_absolute_url()])


@transaction.atomic
def _decide(prompt: Prompt, at: datetime) -> int:
    # Two workers at once must not both throw.
    mine = Prompt.objects.select_for_update().filter(pk=prompt.pk, decision=None)
    consent = access.consent_of(prompt.person, prompt.study)
    if not mine.exists() or prompt.decide_at is None:
        return 0
    if consent is None or not (consent.is_asked and consent.draw):
        mine.update(decide_at=None)
        return 0
    plan, person = bridge.plan_of(prompt.study), prompt.person
    is_there = at <= prompt.decide_at + DECIDED_WITHIN and queries.is_available(person, at=at)
    could = queries.who_could(person, plan.brings, at=at)
    decided = bridge.decide(
        plan, seed=int(prompt.study.seed), number=prompt.pk, is_available=is_there, many=len(could)
    )
    decision = _kept(prompt, decided, could, at)
    mine.update(decision=decision)
    if decided.style is not None:
        other = decision.helper if decided.style in BRINGS_SOMEBODY else None
        made = Suggestion(
            study=prompt.study, person=person, decision=decision, style=decided.style, at=at,
            until=prompt.intended_at,
        )  # fmt: skip
        _tell(made, other, at)
    return 1


def _kept(prompt: Prompt, decided: Decided, could: list[Person], at: datetime) -> Decision:
    helper = None if decided.place is None else could[decided.place]
    return Decision.objects.create(
        study=prompt.study,
        person=prompt.person,
        helper=helper,
        at=at,
        until=prompt.expires_at,
        is_available=decided.law["is_available"],
        is_helper_available=helper is not None,
        treated=decided.arm,
        probability=decided.probability,
        helper_probability=decided.helper_probability,
        number=prompt.pk,
        law=decided.law,
    )


@transaction.atomic
def _suggest(suggestion: Suggestion, at: datetime) -> int:
    """Let one come by an arm; what finds nobody waits, and is gone when its time is over."""
    mine = Suggestion.objects.select_for_update().filter(pk=suggestion.pk, told_at=None)
    consent = access.consent_of(suggestion.person, suggestion.study)
    is_wanted = consent is not None and consent.draw and consent.stopped_at is None
    if not (mine.exists() and is_wanted and queries.is_available(suggestion.person, at=at)):
        return 0
    other = None
    if suggestion.style in BRINGS_SOMEBODY:
        could = queries.who_could(suggestion.person, Style(suggestion.style), at=at)
        if not could:
            return 0
        seed = int(suggestion.study.seed)
        other = could[bridge.one_of(len(could), seed=seed, number=suggestion.pk)]
    elif plans.lines_at_a_glance(suggestion.person):
        # Whoever has a plan is not asked to make one.
        return 0
    _tell(suggestion, other, at)
    return 1


def _tell(suggestion: Suggestion, other: Person | None, at: datetime) -> None:
    suggestion.other, suggestion.told_at = other, at
    suggestion.save()
    tell(
        person=suggestion.person,
        about=About.STUDY,
        words=lambda: _("Something for this hour, if you like."),
        path=suggestion.get_absolute_url(),
    )
