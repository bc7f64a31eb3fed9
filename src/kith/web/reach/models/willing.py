"""Who lets themselves be rung, and who keeps the open room when."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.people.models import Person
from kith.web.reach.choices import MOST_A_DAY, MOST_A_WEEK, OpenTo

TURN_HOURS: Final = 2


class Willing(models.Model):
    """Somebody lets themselves be rung. Who does not has no row."""

    SECRET = ("id", "changed_at")

    person = models.OneToOneField(Person, models.CASCADE, related_name="willing")
    open_to = models.PositiveSmallIntegerField(_("by whom"), choices=OpenTo, default=OpenTo.KNOWN)
    # Else at any hour that is not one of their quiet ones.
    only_in_hours = models.BooleanField(_("only in the hours I painted"), default=False)
    most_a_day = models.PositiveSmallIntegerField(_("at most a day"), default=MOST_A_DAY)
    most_a_week = models.PositiveSmallIntegerField(_("at most a week"), default=MOST_A_WEEK)
    rests_until = models.DateTimeField(_("not before"), null=True, blank=True)
    # When anything changed that the choice reads, here or in what they said of themselves.
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("that you may be rung")
        verbose_name_plural = _("that you may be rung")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(most_a_day__gte=1, most_a_week__gte=1), name="willing_is_willing"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.get_open_to_display())


class Turn(models.Model):
    """Somebody keeps the open room for two hours every week, by the clock of the instance."""

    SECRET = ("id",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="turns")
    # Monday is 0.
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    hour = models.PositiveSmallIntegerField(_("from"))

    class Meta:
        verbose_name = _("turn in the open room")
        verbose_name_plural = _("turns in the open room")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "weekday", "hour"), name="one_turn_each"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, hour__lte=23), name="turn_is_within_a_week"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("weekday", "hour"), name="turns_of_an_hour")]

    @override
    def __str__(self) -> str:
        return f"{self.weekday}, {self.hour}"
