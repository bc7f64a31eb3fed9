"""Somebody has a hard week, and two who are steady come nearer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.circles.models.circle import Circle
from kith.web.people.models import Person


class HardWeek(models.Model):
    """Somebody said so to two of their circle, and to nobody else. It removes nobody from anything."""

    SECRET = ("id",)
    NOT_TOLD_TO = ("near", "also_near")

    circle = models.ForeignKey(Circle, models.CASCADE, verbose_name=_("circle"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="hard_weeks")
    near = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="near_in")
    also_near = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="also_near_in")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("hard week")
        verbose_name_plural = _("hard weeks")

    @override
    def __str__(self) -> str:
        return f"{self.since}"
