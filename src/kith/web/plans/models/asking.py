"""Somebody is asked to be in a plan, and what they say: two rows, since each end knows its own."""

from datetime import datetime
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedJSONField, SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.plans.choices import (
    ANSWER_WITHIN,
    LIMITS,
    PART_FROM,
    RESTS_FOR,
    Days,
    MayAsk,
    Often,
    Part,
    Way,
)

_CODES_MOST: Final = 80
_ZONE_MOST: Final = 64
_SATURDAY: Final = 5
_CALLS_KEPT: Final = 8


class WhoMayAsk(models.Model):
    """By whom somebody may be asked to be in a plan; by those nearest if they never said."""

    SECRET = ("id",)

    person = models.OneToOneField(Person, models.CASCADE, related_name="who_may_ask")
    may_ask = models.CharField(
        _("who may ask me to be in their plan"), max_length=6, choices=MayAsk, default=MayAsk.NEAR
    )

    class Meta:
        verbose_name = _("who may ask")
        verbose_name_plural = _("who may ask me to be in their plan")

    @override
    def __str__(self) -> str:
        return str(self.get_may_ask_display())


class Asking(models.Model):
    """What `planner` knows of somebody whom they asked: when, and whether they are in or stepped back.

    A no stands in `Answer`, which is of the other one only.
    """

    SECRET = ("id", "token")
    # They know of it by their own row.
    NOT_TOLD_TO = ("person",)

    planner = models.ForeignKey(Person, models.CASCADE, related_name="askings")
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="plan_askings", verbose_name=_("who was asked")
    )
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    yes_at = models.DateTimeField(_("said yes"), null=True, blank=True)
    back_at = models.DateTimeField(_("stepped back"), null=True, blank=True)

    class Meta:
        verbose_name = _("somebody I asked to be in my plan")
        verbose_name_plural = _("people I asked to be in my plan")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("planner", "person"), name="asked_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(_("somebody in a plan"))

    @property
    def is_in(self) -> bool:
        """Whether they are in the plan."""
        return self.yes_at is not None and self.back_at is None

    def is_open(self, at: datetime) -> bool:
        """Return whether their answer is still waited for."""
        return self.yes_at is None and at < self.asked_at + ANSWER_WITHIN

    def is_over(self, at: datetime) -> bool:
        """Return whether they may be asked anew."""
        began = self.back_at or (None if self.yes_at else self.asked_at + ANSWER_WITHIN)
        return began is not None and at >= began + RESTS_FOR


class Answer(models.Model):
    """What somebody said who was asked: yes or no, and their hours and limits. Theirs alone."""

    SECRET = ("id", "called")

    asking = models.OneToOneField(
        Asking, models.CASCADE, related_name="answer", verbose_name=_("in a plan")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="plan_answers")
    is_yes = models.BooleanField(_("said yes"))
    ways = SealedTextField(_("how they may be come to"), max_length=_CODES_MOST, choices=Way)
    parts = SealedTextField(_("at what time of day"), max_length=_CODES_MOST, choices=Part)
    days = SealedTextField(_("on which days"), max_length=_CODES_MOST, choices=Days)
    often = SealedTextField(_("how often"), max_length=_CODES_MOST, choices=Often)
    zone = SealedTextField(_("clock"), max_length=_ZONE_MOST)
    # When they were last come to, the newest first.
    called: Any = SealedJSONField(_("when they were come to"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("answer to a plan")
        verbose_name_plural = _("answers to plans")

    @override
    def __str__(self) -> str:
        return str(_("an answer to a plan"))

    def get_ways_display(self) -> str:  # type: ignore[no-redef]
        """Return how they may be come to, in words; it is several of the choices."""
        return "; ".join(str(Way(code).label) for code in self.ways.split())

    def get_parts_display(self) -> str:  # type: ignore[no-redef]
        """Return at what time of day, in words; it is several of the choices."""
        return "; ".join(str(Part(code).label) for code in self.parts.split())

    def allows(self, way: str, *, at: datetime) -> bool:
        """Return whether they may be come to so, at that moment, by their own hours and limits."""
        here = at.astimezone(ZoneInfo(self.zone or "UTC"))
        is_hour = _part_of(here) in self.parts.split() and way in self.ways.split()
        return self.is_yes and is_hour and _is_day(here, self.days) and not self._is_full(at)

    def note_call(self, at: datetime) -> None:
        """Note that they were come to."""
        self.called = [at.isoformat(), *(self.called or [])][:_CALLS_KEPT]

    def _is_full(self, at: datetime) -> bool:
        if self.often not in LIMITS:
            return False
        within, most = LIMITS[Often(self.often)]
        since = [one for one in self.called or [] if datetime.fromisoformat(one) > at - within]
        return len(since) >= most


def _part_of(here: datetime) -> str:
    found = [part for hour, part in PART_FROM if here.hour >= hour]
    return found[-1] if found else Part.NIGHT


def _is_day(here: datetime, days: str) -> bool:
    is_end = here.weekday() >= _SATURDAY
    return days == Days.ALL or is_end == (days == Days.END)
