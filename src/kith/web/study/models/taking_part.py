"""Somebody takes part: what they said yes to, and what was drawn for them."""

from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedJSONField, SealedTextField
from kith.web.people.models import Person
from kith.web.study.choices import PROMPTS_A_DAY
from kith.web.study.models.study import Study

_ARM_MOST: Final = 60


class Consent(models.Model):
    """What somebody said yes to, each by itself, in one study. A no to all leaves no row."""

    SECRET = ("id", "planned_on", "locked_hash")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    study = models.ForeignKey(
        Study, models.PROTECT, related_name="consents", verbose_name=_("study")
    )
    answers = models.BooleanField(_("my answers may be used"), default=False)
    draw = models.BooleanField(_("a coin may be tossed for me"), default=False)
    ties = models.BooleanField(_("whom I met may be counted, without names"), default=False)
    share = models.BooleanField(_("may be shared with other researchers"), default=False)
    said_at = models.DateTimeField(_("said yes"))
    changed_at = models.DateTimeField(_("last changed"))
    understood_at = models.DateTimeField(_("answered the three questions"))
    # What they read when they said yes.
    locked_hash = models.CharField(max_length=64, editable=False)
    # They are asked no more, and what they gave stays.
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    # They took it back: what they gave is gone.
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    # What the draw is balanced by, as far as they said it.
    facts: Any = SealedJSONField(_("what I said so that groups are alike"))
    most_a_day = models.PositiveSmallIntegerField(_("check-ins a day"), default=PROMPTS_A_DAY)
    planned_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("study I take part in")
        verbose_name_plural = _("studies I take part in")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "study"), name="consents_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.study)

    def get_facts_display(self) -> str:
        """Return what was said, in the words that were chosen."""
        return ", ".join(gettext(said) for said in (self.facts or {}).values())

    @property
    def is_asked(self) -> bool:
        """Whether questions may be put to them."""
        return self.answers and self.stopped_at is None and self.revoked_at is None


class Assignment(models.Model):
    """The arm that was drawn for somebody, and how likely it was as the draw stood."""

    SECRET = ("id", "number", "probability", "stratum", "law")

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    study = models.ForeignKey(
        Study, models.PROTECT, related_name="assignments", verbose_name=_("study")
    )
    arm = SealedTextField(_("group"), max_length=_ARM_MOST)
    probability = models.FloatField()
    # Which draw of the study it was, from 0: with the seed, it can be thrown again.
    number = models.PositiveIntegerField()
    stratum = models.IntegerField(default=-1)
    # All else that it takes to throw it again.
    law: Any = SealedJSONField()
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("group that was drawn for me")
        verbose_name_plural = _("groups that were drawn for me")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "study"), name="drawn_once"),
            models.UniqueConstraint(fields=("study", "number"), name="a_draw_is_of_one"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.study)
