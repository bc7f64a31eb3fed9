"""Somebody means to come. Only they see it, and whoever hosts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models.gathering import Gathering
from kith.web.people.models import Person


class Coming(models.Model):
    """What somebody said of one date of a gathering, or, without a date, of every one."""

    SECRET = ("id",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="comings")
    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="comings", verbose_name=_("gathering")
    )
    on = models.DateField(_("date"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer)
    # Known only once the date has passed and they have said so.
    was_there = models.BooleanField(_("was there"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a gathering")
        verbose_name_plural = _("answers to gatherings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "gathering", "on"), name="one_answer_for_a_date"
            ),
            models.UniqueConstraint(
                fields=("person", "gathering"),
                condition=Q(on=None),
                name="one_answer_for_every_date",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.gathering}: {self.get_answer_display()}"
