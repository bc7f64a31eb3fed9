"""Two people agree that one stays with the other for a dangerous hour. Gone when it is over."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.reach.choices import By

WHERE_MOST: Final = 300
# A tap may come so much later than agreed before it counts as missed.
GRACE: Final = timedelta(minutes=2)


class Company(models.Model):
    """One who asked, one who said yes or has not yet, and what both read beforehand."""

    SECRET = ("id", "token", "other")
    # What somebody is asked for, and told of where the other is, is the other's.
    NOT_TOLD_TO = ("other",)

    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="companies")
    other = models.ForeignKey(Person, models.CASCADE, related_name="companies_kept")
    by = models.CharField(_("how"), max_length=5, choices=By, default=By.TAPS)
    every = models.PositiveSmallIntegerField(_("every so many minutes"), default=10)
    # Whoever asks decides beforehand, and nobody else.
    calls_help = models.BooleanField(_("emergency services are called if I stop answering"))
    where = SealedTextField(_("where I am, and my number"), max_length=WHERE_MOST, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("until"))
    begun_at = models.DateTimeField(_("since"), null=True, blank=True)
    here_at = models.DateTimeField(_("last tap"), null=True, blank=True)
    room = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("company agreed")
        verbose_name_plural = _("company agreed")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="company_is_of_two"),
            models.UniqueConstraint(fields=("person",), name="one_company_at_a_time"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the page of the two."""
        return reverse("reach:company", args=(self.token,))

    def is_due(self, *, at: datetime) -> bool:
        """Return whether it is time for the next tap."""
        return self._waited(at) >= timedelta(minutes=self.every)

    def is_missed(self, *, at: datetime) -> bool:
        """Return whether the tap that was agreed has not come."""
        return self._waited(at) >= timedelta(minutes=self.every) + GRACE

    def _waited(self, at: datetime) -> timedelta:
        last = self.here_at or self.begun_at
        return timedelta(0) if last is None or self.by != By.TAPS else at - last
