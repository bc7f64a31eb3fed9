"""A few words between two people, and why they may write to each other."""

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.messages.choices import Reason
from kith.web.people.models import Person

WORDS_MOST: Final = 500
FADES_AFTER: Final = timedelta(days=30)


class Ground(models.Model):
    """Why two people may write to each other: something that they do together, while they do it."""

    SECRET = ("id", "number", "is_low_host")

    low = models.ForeignKey(
        Person, models.CASCADE, related_name="grounds_low", verbose_name=_("with whom")
    )
    high = models.ForeignKey(
        Person, models.CASCADE, related_name="grounds_high", verbose_name=_("with whom")
    )
    reason = models.CharField(_("why"), max_length=6, choices=Reason)
    # Of the gathering, the circle, the pair or the ask.
    number = models.PositiveBigIntegerField(default=0)
    # At a gathering: which of the two hosts it.
    is_low_host = models.BooleanField(null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("reason to write to each other")
        verbose_name_plural = _("reasons to write to each other")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("low", "high", "reason", "number"), name="one_ground_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="ground_low_is_lower"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.get_reason_display())

    def is_hosted_by(self, person: Person) -> bool:
        """Return whether `person` hosts the gathering that this is about."""
        return self.is_low_host == (self.low_id == person.pk)


class Message(models.Model):
    """A few words to arrange that two people meet. Nobody else can read them; then they fade."""

    SECRET = ("id",)

    by = models.ForeignKey(
        Person, models.CASCADE, related_name="messages_written", verbose_name=_("from whom")
    )
    to = models.ForeignKey(
        Person, models.CASCADE, related_name="messages_received", verbose_name=_("to whom")
    )
    words = SealedTextField(_("words"), max_length=WORDS_MOST)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [models.Index(fields=("by", "to", "at"), name="messages_between")]

    @override
    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
