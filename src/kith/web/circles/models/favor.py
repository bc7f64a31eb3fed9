"""What those in a circle ask of each other, and offer."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.circles.choices import Kind
from kith.web.circles.models.circle import Circle
from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person

WORDS_MOST: Final = 200


class Favor(models.Model):
    """An ask or an offer inside a circle; who takes it up is the other side of it."""

    SECRET = ("id",)
    # What somebody else wrote is no part of what the other side takes along.
    NOT_TOLD_TO = ("taken_by",)

    circle = models.ForeignKey(
        Circle, models.CASCADE, related_name="favors", verbose_name=_("circle")
    )
    by = models.ForeignKey(Person, models.CASCADE, related_name="favors")
    kind = models.CharField(_("which"), max_length=5, choices=Kind)
    words = SealedTextField(_("words"), max_length=WORDS_MOST)
    made_at = models.DateTimeField(_("when"))
    taken_by = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="favors_taken",
        verbose_name=_("taken up by"),
    )
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("ask or offer in a circle")
        verbose_name_plural = _("asks and offers in a circle")
        ordering = ("-made_at", "-pk")

    @override
    def __str__(self) -> str:
        return str(self.get_kind_display())
