"""Somebody sees what they are asked, answers it or not, and is asked less often if they like."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices.actions import saw_page
from kith.web.study import access
from kith.web.study.choices import CLOCK_SLACK, SYNCED_WITHIN, Skipped, State
from kith.web.study.models import Consent, Prompt


class LateError(RefusalError):
    """It can no longer be answered."""

    def __init__(self) -> None:
        super().__init__(
            _("This one is over, and that is fine. Nothing is missing: another may come.")
        )


@transaction.atomic
def see(*, prompt: Prompt, at: datetime) -> None:
    """Note that somebody has it before them."""
    came = prompt.delivered_at or at
    if prompt.shown_at is None and prompt.is_waiting(at):
        Prompt.objects.filter(pk=prompt.pk).update(delivered_at=came, shown_at=at)
    saw_page(person=prompt.person, paths=[prompt.get_absolute_url()])


@transaction.atomic
def answer(
    *,
    prompt: Prompt,
    answers: Mapping[str, int],
    at: datetime,
    now: datetime,
    key: str = "",
    seen: datetime | None = None,
) -> Prompt:
    """Keep what somebody answered at `at`, which reached us `now`: once, however often it is sent.

    `at` and `seen` are by the clock of their device, which may have had no internet: an answer counts
    if it lies in the time in which they were asked. What is not answered is passed over.

    Raises:
        LateError: If it was answered too late, or the study has no more use for it.
    """
    prompt = Prompt.objects.select_for_update().select_related("survey", "study").get(pk=prompt.pk)
    if prompt.answered_at is not None:
        return prompt
    at = min(at, now)
    is_in_time = prompt.intended_at - CLOCK_SLACK <= at <= prompt.expires_at + CLOCK_SLACK
    is_wanted = now <= prompt.expires_at + SYNCED_WITHIN and prompt.study.state == State.OPEN
    if not (is_in_time and is_wanted and _is_asked(prompt)):
        raise LateError
    at = max(at, prompt.intended_at)
    came = min(max(seen or at, prompt.intended_at), at)
    prompt.delivered_at = min(prompt.delivered_at or came, at)
    prompt.shown_at = max(min(prompt.shown_at or came, at), prompt.delivered_at)
    prompt.answered_at, prompt.came_at, prompt.device_key = at, now, key[:64]
    prompt.answers = _kept(prompt, answers)
    prompt.save(
        update_fields=[
            "delivered_at",
            "shown_at",
            "answered_at",
            "came_at",
            "device_key",
            "answers",
        ]
    )
    saw_page(person=prompt.person, paths=[prompt.get_absolute_url()])
    return prompt


@transaction.atomic
def pass_over(*, prompt: Prompt, at: datetime) -> None:
    """Let one check-in be, as somebody said not now: it ends, and nobody asks why."""
    if prompt.is_waiting(at):
        prompt.expires_at, prompt.answers = max(at, prompt.intended_at), {}
        prompt.save(update_fields=["expires_at", "answers"])
    saw_page(person=prompt.person, paths=[prompt.get_absolute_url()])


@transaction.atomic
def fewer(*, consent: Consent, at: datetime) -> None:
    """Ask somebody once a day less from now on, down to never; what was drawn for today shrinks too."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    consent.most_a_day = max(consent.most_a_day - 1, 0)
    consent.save(update_fields=["most_a_day"])
    ahead = Prompt.objects.filter(
        person=consent.person_id, study=consent.study_id, intended_at__gt=at, delivered_at=None
    )
    ahead.filter(survey__key__startswith="moment").delete()


def _is_asked(prompt: Prompt) -> bool:
    consent = access.consent_of(prompt.person, prompt.study)
    return consent is not None and consent.answers


def _kept(prompt: Prompt, answers: Mapping[str, int]) -> dict[str, Any]:
    """Return an answer to each question as it was put, in the version that was seen."""
    asked = {item["key"]: {value for value, _ in item["answers"]} for item in prompt.survey.items}
    return {
        key: answers[key] if answers.get(key) in values else Skipped.PASSED.value
        for key, values in asked.items()
    }
