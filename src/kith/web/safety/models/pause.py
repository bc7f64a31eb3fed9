"""Somebody is not among others for a while, because a steward asked them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person
from kith.web.safety.models.report import Report

WHY_MOST = 1000


class Pause(models.Model):
    """From `since` to `until` somebody may come in, find gatherings and reach the lines.

    They meet nobody here meanwhile. To lift a pause is to let it end now.
    """

    SECRET = ("id", "by", "report")
    # What a steward did for the house speaks of others: no part of what the steward takes along.
    NOT_TOLD_TO = ("by",)

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="pauses", related_query_name="pause"
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"))
    why = SealedTextField(_("why, in a steward’s words"), max_length=WHY_MOST, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="pauses_given")
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="pauses")

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ("-since", "-pk")
        indexes: ClassVar = [models.Index(fields=("person", "until"), name="pauses_now")]

    @override
    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"
