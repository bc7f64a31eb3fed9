"""One line of somebody's plan, and what they practised: theirs alone."""

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.plans.choices import Cue, Deed, Place, Practised
from kith.web.plans.models.asking import Asking

WORDS_MOST: Final = 60
_CODE_MOST: Final = 12


class Plan(models.Model):
    """When this moment comes, I go to this person or place, and if not, to that one.

    Who steps back, or is taken out, leaves the line; until it is changed the second one counts.
    """

    SECRET = ("id", "token", "nudged_on")

    planner = models.ForeignKey(Person, models.CASCADE, related_name="plans")
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    cue = SealedTextField(_("when"), max_length=_CODE_MOST, choices=Cue)
    # Of ANOTHER only.
    words = SealedTextField(_("when, in words"), max_length=WORDS_MOST, blank=True)
    deed = SealedTextField(_("what I do"), max_length=_CODE_MOST, choices=Deed)
    first = models.ForeignKey(
        Asking,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="first_in",
        verbose_name=_("to whom"),
    )
    first_place = SealedTextField(_("where to"), max_length=_CODE_MOST, choices=Place, blank=True)
    second = models.ForeignKey(
        Asking,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="second_in",
        verbose_name=_("and if not, to whom"),
    )
    second_place = SealedTextField(
        _("and if not, where to"), max_length=_CODE_MOST, choices=Place, blank=True
    )
    looked_at = models.DateField(_("looked at last"))
    practised_on = models.DateField(_("practiced last"), null=True, blank=True)
    nudged_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("part of my plan")
        verbose_name_plural = _("my plan")
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=("looked_at",), name="plans_to_look_at")]

    @override
    def __str__(self) -> str:
        return self.when

    @property
    def when(self) -> str:
        """The moment, to be read after "When"."""
        if self.cue == Cue.ANOTHER and self.words:
            return self.words
        return str(Cue(self.cue).label)


class Practice(models.Model):
    """Somebody practised, or the moment came and they reached a person: a leaf of their drawing."""

    SECRET = ("id",)

    planner = models.ForeignKey(Person, models.CASCADE, related_name="practices")
    plan = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="practices", verbose_name=_("of")
    )
    kind = models.CharField(_("how"), max_length=8, choices=Practised)
    on = models.DateField(_("when"))

    class Meta:
        verbose_name = _("time I practiced")
        verbose_name_plural = _("times I practiced")
        ordering = ("pk",)

    @override
    def __str__(self) -> str:
        return str(self.get_kind_display())
