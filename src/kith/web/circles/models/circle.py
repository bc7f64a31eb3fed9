"""A circle, and the chairs in it."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.circles.choices import ChairState, CircleState, Way
from kith.web.circles.models.formation import Formation
from kith.web.kit.sealed import SealedJSONField, SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.people.choices import Space
from kith.web.people.models import Person

NAME_MOST: Final = 60
PLACE_MOST: Final = 120
LINK_MOST: Final = 500
# The engine looks for an hour that all have.
MINUTES: Final = 60
ZONE_MOST: Final = 64


class Circle(models.Model):
    """People who meet at the same hour every week, by the clock of `zone`."""

    SECRET = ("id", "token", "formation")

    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    state = models.CharField(
        _("how far it is"), max_length=8, choices=CircleState, default=CircleState.PROPOSED
    )
    name = SealedTextField(_("name"), max_length=NAME_MOST, blank=True)
    way = models.PositiveSmallIntegerField(_("how"), choices=Way)
    place = SealedTextField(_("place"), max_length=PLACE_MOST, blank=True)
    link = SealedTextField(_("link"), max_length=LINK_MOST, blank=True)
    # Monday is 0.
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    starts = models.TimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=MINUTES)
    # Those who sit in it are among these only, since one of them wished so.
    only_among: Any = SealedJSONField(_("only among"), default=list, blank=True)
    # Where people live is read from it: sealed.
    zone = SealedTextField(_("clock"), max_length=ZONE_MOST)
    formation = models.ForeignKey(
        Formation, models.SET_NULL, null=True, blank=True, related_name="circles"
    )
    asked_at = models.DateTimeField(_("first asked"))
    begun_on = models.DateField(_("first meeting"), null=True, blank=True)
    # The day from which its present six meetings are counted.
    arc_from = models.DateField(_("this arc from"), null=True, blank=True)
    # All who sit in it said that it should close: this is its last evening.
    closes_on = models.DateField(_("last meeting"), null=True, blank=True)
    closed_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="circle_meets_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(way__in=(Way.IN_PERSON, Way.ONLINE)), name="circle_meets_in_one_way"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name or str(_("Circle"))

    def get_only_among_display(self) -> str:
        """Return in words among whom alone it is."""
        return ", ".join(str(Space(code).label) for code in self.only_among)

    @property
    def clock(self) -> ZoneInfo:
        """The zone whose clock it keeps."""
        return ZoneInfo(self.zone)

    def starts_on(self, on: date) -> datetime:
        """Return the moment at which it starts on that day."""
        return datetime.combine(on, self.starts, tzinfo=self.clock)

    def next_on(self, *, at: datetime) -> date:
        """Return the day of the meeting that is going on at `at`, or else of the next one."""
        here = at.astimezone(self.clock)
        # One that began before midnight may be going on still.
        day = here.date() - timedelta(days=1)
        day += timedelta(days=(self.weekday - day.weekday()) % 7)
        if self.starts_on(day) + timedelta(minutes=self.minutes) <= at:
            day += timedelta(days=7)
        if self.begun_on is not None:
            day = max(day, self.begun_on)
        return day


class Chair(models.Model):
    """Somebody's chair in a circle. It stays as a row when they have moved on, until it is cleared.

    `reasons` are the true things in common that they were shown when they were asked, as codes.
    """

    SECRET = ("id", "reasons")

    circle = models.ForeignKey(
        Circle, models.CASCADE, related_name="chairs", verbose_name=_("circle")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="chairs")
    state = models.CharField(
        _("how it stands"), max_length=8, choices=ChairState, default=ChairState.ASKED
    )
    reasons: Any = SealedJSONField(default=dict)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    since = models.DateField(_("sits since"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)
    brings = SealedTextField(_("what I bring"), max_length=40, blank=True)
    # They would like another circle; this chair is theirs until they have said yes to one.
    looks_on = models.BooleanField(_("would like another circle"), default=False)
    # After six meetings: whether they go on. Not answered yet: none.
    goes_on = models.BooleanField(_("goes on"), null=True, blank=True)
    # After four evenings without them they are asked once: no answer yet is false, none not asked.
    is_still_mine = models.BooleanField(_("said that it is still theirs"), null=True, blank=True)
    would_close = models.BooleanField(_("would like it to close well"), default=False)

    class Meta:
        verbose_name = _("chair in a circle")
        verbose_name_plural = _("chairs in circles")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("circle", "person"), name="one_chair_in_a_circle"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("person", "state"), name="chairs_of_somebody"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.circle)
