"""Acts, and the ties that they make. No page shows a number from here."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.errors import InvalidInputError
from kith.web.acts.choices import Help, Kind, Mode, Setting
from kith.web.people.models import Person


class ActQuerySet(models.QuerySet["Act"]):
    """Acts, which nobody changes or takes back."""

    @override
    def update(self, **_values: Any) -> int:
        raise InvalidInputError("Acts are only added to.")

    @override
    def delete(self) -> tuple[int, dict[str, int]]:
        raise InvalidInputError("Acts are only added to.")


class Act(models.Model):
    """One thing that somebody did with people, on a day.

    When a person is erased their acts stay, and no longer say whose they were.
    """

    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    actor = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="acts", verbose_name=_("who")
    )
    other = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="acts_with", verbose_name=_("with whom")
    )
    mode = models.CharField(_("how"), max_length=9, choices=Mode)
    minutes = models.FloatField(_("minutes"), default=0)
    help = models.CharField(_("who helped"), max_length=8, choices=Help, default=Help.NONE)
    on = models.DateField(_("day"))
    setting = models.CharField(_("setting"), max_length=9, choices=Setting)
    number = models.BigIntegerField(_("which of them"), null=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        indexes: ClassVar = [models.Index(fields=("actor", "on"), name="acts_of_somebody")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(other=None) | Q(actor=None) | ~Q(actor=F("other")),
                name="act_is_not_with_oneself",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=0), name="act_takes_no_less_than_0"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise InvalidInputError("Acts are only added to.")
        super().save(*args, **kwargs)

    @override
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise InvalidInputError("Acts are only added to.")


class Tie(models.Model):
    """What two people have between them, as their acts made it; see kith.core.ties.

    Low and high are the two by their keys. It is for matching and for studies, never for a page.
    """

    # Nobody is told how strongly they are tied: not the other one, and not they themselves.
    SECRET = ("low", "high", "strength", "help_up", "help_down", "day")

    low = models.ForeignKey(Person, models.CASCADE, related_name="ties_up")
    high = models.ForeignKey(Person, models.CASCADE, related_name="ties_down")
    strength = models.FloatField()
    help_up = models.FloatField()
    help_down = models.FloatField()
    # Days since the first of January 1970.
    day = models.FloatField()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("low", "high"), name="one_tie_for_two"),
        ]

    @override
    def __str__(self) -> str:
        return str(_("tie"))
