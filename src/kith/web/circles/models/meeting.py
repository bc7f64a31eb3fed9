"""What was said of one evening of a circle: a row stands only where something was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.circles.models.circle import Circle
from kith.web.people.models import Person


class Meeting(models.Model):
    """One evening of a circle."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="meetings")
    on = models.DateField(_("day"))
    is_off = models.BooleanField(_("a week off"), default=False)

    class Meta:
        verbose_name = _("evening of a circle")
        verbose_name_plural = _("evenings of circles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("circle", "on"), name="one_meeting_a_day"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.circle}, {self.on}"


class Presence(models.Model):
    """Whether somebody cannot come to an evening, or was there."""

    SECRET = ("id",)

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="presences", verbose_name=_("evening")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="presences")
    was_there = models.BooleanField(_("was there"))

    class Meta:
        verbose_name = _("evening of mine")
        verbose_name_plural = _("evenings of mine")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("meeting", "person"), name="present_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.meeting)
