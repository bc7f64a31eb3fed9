"""Somebody is asked: when it was meant to come, came, was seen and was answered, and what they said."""

from datetime import datetime
from typing import Any, ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedJSONField
from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.study.choices import MOMENT, Style
from kith.web.study.models.study import Study, Survey

_KEY_MOST: Final = 64


class Decision(models.Model):
    """A moment at which kith might have offered something, and what the dice said; of both people."""

    SECRET = (
        "id", "number", "probability", "helper_probability", "is_helper_available", "helper", "law",
    )  # fmt: skip
    # Nobody learns for whom they might have been brought in.
    NOT_TOLD_TO = ("helper",)

    study = models.ForeignKey(
        Study, models.PROTECT, related_name="decisions", verbose_name=_("study")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="decisions")
    helper = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="decisions_to_help"
    )
    at = models.DateTimeField(_("when"))
    # Until when what happens next counts for it.
    until = models.DateTimeField(_("until"))
    is_available = models.BooleanField(_("could be offered something"))
    is_helper_available = models.BooleanField(default=False)
    # The number of the arm that came; 0 is the quiet one, and where nothing was drawn.
    treated = models.PositiveSmallIntegerField(_("what came"))
    probability = models.FloatField()
    helper_probability = models.FloatField(default=1.0)
    # Which throw of the study's dice it was: with the seed and the law it can be thrown again.
    number = models.PositiveBigIntegerField()
    law: Any = SealedJSONField()

    class Meta:
        verbose_name = _("moment that dice decided")
        verbose_name_plural = _("moments that dice decided")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("study", "person", "at"), name="decided_once"),
            models.UniqueConstraint(fields=("study", "number"), name="a_throw_is_of_one_moment"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.study)


class Suggestion(models.Model):
    """Something that came unasked, because dice or an arm said so; it stands for a while.

    Whom it names is known to whoever it came to, and to nobody else: `other` never learns of it.
    """

    SECRET = ("id", "token", "decision", "other")
    NOT_TOLD_TO = ("other",)

    study = models.ForeignKey(
        Study, models.PROTECT, related_name="suggestions", verbose_name=_("study")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="suggestions")
    other = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="suggested_to"
    )
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    style = models.CharField(_("what it was"), max_length=10, choices=Style)
    at = models.DateTimeField(_("meant to come"))
    told_at = models.DateTimeField(_("came"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    until = models.DateTimeField(_("until"))
    decision = models.OneToOneField(
        Decision, models.SET_NULL, null=True, blank=True, related_name="suggestion"
    )

    class Meta:
        verbose_name = _("time a study suggested something to me")
        verbose_name_plural = _("times a study suggested something to me")
        indexes: ClassVar = [models.Index(fields=("at", "told_at"), name="suggestion_due")]

    @override
    def __str__(self) -> str:
        return str(self.get_style_display())

    def get_absolute_url(self) -> str:
        """Return the page that it leads to."""
        return reverse("study:suggestion", args=[self.token])

    def stands(self, at: datetime) -> bool:
        """Return whether it is still there."""
        return self.told_at is not None and self.told_at <= at < self.until


class Prompt(models.Model):
    """Questions put to somebody once. Kept with the version of the questions that they saw."""

    SECRET = ("id", "token", "device_key", "decision", "decide_at")

    study = models.ForeignKey(
        Study, models.PROTECT, related_name="prompts", verbose_name=_("study")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="prompts")
    survey = models.ForeignKey(
        Survey, models.PROTECT, related_name="prompts", verbose_name=_("questions")
    )
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    intended_at = models.DateTimeField(_("meant to come"))
    delivered_at = models.DateTimeField(_("came"), null=True, blank=True)
    shown_at = models.DateTimeField(_("seen"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # When it reached us: later, if there was no internet.
    came_at = models.DateTimeField(_("answer reached us"), null=True, blank=True)
    expires_at = models.DateTimeField(_("until"))
    # When dice are thrown on whose outcome this asks; None if on none.
    decide_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="prompts"
    )
    # By question: the number of its word, or why there is none.
    answers: Any = SealedJSONField(_("what I said"))
    # Made up on the device: the same answer sent twice is taken once.
    device_key = models.CharField(max_length=_KEY_MOST, blank=True)

    class Meta:
        verbose_name = _("time a study asked me")
        verbose_name_plural = _("times a study asked me")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("study", "person", "survey", "intended_at"), name="asked_at_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("intended_at", "delivered_at"), name="prompt_due"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.study)

    def get_absolute_url(self) -> str:
        """Return the page on which it is answered."""
        return reverse("study:check_in", args=[self.token])

    def get_answers_display(self) -> str:
        """Return what was said, in words; for whoever said it."""
        said = self.answers or {}
        return "; ".join(
            f"{item['asks']} {word}"
            for item in self.survey.items
            for value, word in item["answers"]
            if said.get(item["key"]) == value
        )

    @property
    def is_moment(self) -> bool:
        """Whether it is a check-in of a moment, and not the longer questions."""
        return self.survey.key.startswith(MOMENT)

    def is_ahead(self, at: datetime) -> bool:
        """Return whether it can be answered at `at` or later."""
        return self.answered_at is None and at < self.expires_at

    def is_waiting(self, at: datetime) -> bool:
        """Return whether it can be answered now."""
        return self.is_ahead(at) and self.intended_at <= at
