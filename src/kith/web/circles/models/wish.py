"""Somebody would like a circle, or somebody to listen to; and who a steward vouches for."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.circles.choices import Reach, Role, Way
from kith.web.kit.sealed import SealedJSONField, SealedTextField
from kith.web.people.choices import Space
from kith.web.people.models import Person

BRINGS_MOST: Final = 40


class Wish(models.Model):
    """What somebody wishes for. Hours, home, languages, practices and gifts they said of themselves.

    `since` is when they began to wait; waiting makes them come first. A wish that rests
    (`rests_until`) is kept and not looked at until then.
    """

    SECRET = ("id",)

    person = models.OneToOneField(Person, models.CASCADE, related_name="wish")
    circle = models.BooleanField(_("would like a circle"), default=False)
    pair = models.BooleanField(_("would like a listening pair"), default=False)
    way = models.PositiveSmallIntegerField(_("how"), choices=Way, default=Way.EITHER)
    reach = models.PositiveSmallIntegerField(_("how far"), choices=Reach, default=Reach.TOWN)
    brings = SealedTextField(_("what I bring"), max_length=BRINGS_MOST, blank=True)
    roles: Any = SealedJSONField(_("what I am glad to do"), default=list, blank=True)
    only_among: Any = SealedJSONField(_("only among"), default=list, blank=True)
    since = models.DateField(_("since"))
    rests_until = models.DateField(_("rests until"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish for a circle or a pair")
        verbose_name_plural = _("wishes for a circle or a pair")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="wish_way_is_known"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.since}"

    def get_roles_display(self) -> str:
        """Return in words what they are glad to do."""
        return ", ".join(str(Role(code).label) for code in self.roles)

    def get_only_among_display(self) -> str:
        """Return in words among whom alone they would sit."""
        return ", ".join(str(Space(code).label) for code in self.only_among)


class Vouch(models.Model):
    """A steward knows somebody well enough that they may be the steadier one from their first day."""

    SECRET = ("id", "by")
    # What a steward did for the house is no part of what the steward takes along.
    NOT_TOLD_TO = ("by",)

    person = models.OneToOneField(
        Person, models.CASCADE, related_name="vouch", verbose_name=_("for whom")
    )
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="vouches_given"
    )
    on = models.DateField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("person vouched for")
        verbose_name_plural = _("people vouched for")

    @override
    def __str__(self) -> str:
        return str(self.person)
