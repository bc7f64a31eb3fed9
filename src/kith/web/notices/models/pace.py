"""How often and when somebody may be nudged, by their own clock."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.notices.choices import Most
from kith.web.people.models import Person

QUIET_FROM: Final = time(22)
QUIET_UNTIL: Final = time(8)
_ZONE_MOST = 64
_A_DAY: Final = {Most.TWO: 2, Most.FIVE: 5, Most.NONE: 0}


class Pace(models.Model):
    """What somebody asked for; who asked for nothing has the defaults."""

    SECRET = ("id",)

    person = models.OneToOneField(Person, models.CASCADE, related_name="pace")
    most = models.CharField(_("how often"), max_length=4, choices=Most, default=Most.TWO)
    quiet_from = models.TimeField(_("quiet from"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("quiet until"), default=QUIET_UNTIL)
    # Where somebody lives is read from it: sealed.
    zone = SealedTextField(_("clock"), max_length=_ZONE_MOST, blank=True)
    # The one they last read kith in, "" while nobody knows.
    language = models.CharField(_("language"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("how often and when to be told")
        verbose_name_plural = _("how often and when to be told")

    @override
    def __str__(self) -> str:
        return str(self.get_most_display())

    @property
    def clock(self) -> ZoneInfo:
        """The zone they live by; the instance's, while theirs is not known."""
        return ZoneInfo(self.zone or settings.TIME_ZONE)

    def is_quiet(self, at: datetime) -> bool:
        """Return whether `at` lies in their quiet hours; equal ends mean that there are none."""
        hour = at.astimezone(self.clock).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def day_of(self, at: datetime) -> tuple[datetime, datetime]:
        """Return when their day began and ends, of which `at` is a moment: 23 to 25 hours."""
        today = at.astimezone(self.clock).date()
        days = (today, today + timedelta(days=1))
        begins, ends = (datetime.combine(day, time(), tzinfo=self.clock) for day in days)
        return begins, ends

    def allows(self, *, nudges_today: int) -> bool:
        """Return whether one more nudge is wanted on a day that has had so many."""
        return self.most == Most.ALL or nudges_today < _A_DAY[Most(self.most)]
