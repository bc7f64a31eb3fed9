"""What was sent so that somebody looks: once for all that waits, on each of their ways."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.notices.models.way import EmailAddress, Subscription
from kith.web.people.models import Person


class Nudge(models.Model):
    """One "something for you". When it was meant and when it was sent, for thirty days."""

    SECRET = ("id",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="nudges")
    intended_at = models.DateTimeField(_("meant for"))
    made_at = models.DateTimeField(_("sent"))
    is_urgent = models.BooleanField(_("could not wait"), default=False)

    class Meta:
        verbose_name = _("nudge")
        verbose_name_plural = _("nudges")
        indexes: ClassVar = [models.Index(fields=("person", "made_at"), name="nudges_of_a_day")]

    @override
    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class Delivery(models.Model):
    """One nudge on one way, until it arrived. Without a nudge: the question whose address it is."""

    nudge = models.ForeignKey(
        Nudge, models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    email = models.ForeignKey(
        EmailAddress, models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subscription=None) ^ Q(email=None), name="delivery_has_one_way"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("next_try_at",), condition=Q(sent_at=None), name="deliveries_to_make"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
