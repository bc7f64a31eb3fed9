"""Somebody who asks for a voice, and those who are rung for it. Gone within eight days."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.reach.choices import RingState, State, Way


class Reach(models.Model):
    """Somebody asks for a voice. Why is not asked, and what came of it is not kept."""

    SECRET = ("id", "token", "seed", "room")
    # Who answered is theirs to say.
    NOT_TOLD_TO = ("answered_by",)

    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    # An index less to write at each tap: the one below, of two columns, does for it.
    person = models.ForeignKey(Person, models.CASCADE, related_name="reaches", db_index=False)
    state = models.CharField(_("how far it is"), max_length=8, choices=State, default=State.RINGING)
    way = models.CharField(_("how"), max_length=5, choices=Way, default=Way.VOICE)
    started_at = models.DateTimeField(_("when"))
    # When the ringing is over.
    rings_until = models.DateTimeField(_("rings until"))
    answered_by = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reaches_answered",
        db_index=False,
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # The page of the room in which they talk.
    room = models.CharField(max_length=200, blank=True)
    # The dice of the choice, so that it can be made again and looked at.
    seed = models.BigIntegerField(default=0)
    # They said afterwards how it went, whatever it was.
    is_closed = models.BooleanField(_("closed"), default=False)

    class Meta:
        verbose_name = _("time you asked for a voice")
        verbose_name_plural = _("times you asked for a voice")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person",), condition=Q(state=State.RINGING), name="one_reach_rings"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("person", "started_at"), name="reaches_of_somebody"),
            models.Index(
                fields=("answered_by",),
                condition=Q(answered_by__isnull=False),
                name="reaches_answered_by",
            ),
            models.Index(
                fields=("rings_until",), condition=Q(state=State.RINGING), name="reaches_to_settle"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the page of whoever asks."""
        return reverse("reach:reach", args=(self.token,))

    @property
    def call(self) -> str:
        """Where the two talk: they tapped, so the room lets them in at once, in the way asked for."""
        return f"{self.room}#{self.way}"


class Ring(models.Model):
    """One person who is rung for a reach."""

    SECRET = ("id", "token", "reach", "p", "turn", "pushed_at")

    # Found by the indexes of two columns below.
    reach = models.ForeignKey(Reach, models.CASCADE, related_name="rings", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="rings", db_index=False)
    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    state = models.CharField(
        _("how it stands"), max_length=8, choices=RingState, default=RingState.RINGS
    )
    rung_at = models.DateTimeField(_("when"))
    until = models.DateTimeField(_("rings until"))
    # How likely it was that they were chosen, given those chosen before them; for a study.
    p = models.FloatField()
    # Whether the asker knows them: then each may read what the other is called before they talk.
    is_known = models.BooleanField(_("by somebody you know"), default=False)
    # Its place among those rung together: under load the first of every reach are told before any
    # second, so that everybody who waits is soon rung for.
    turn = models.PositiveSmallIntegerField(default=0, editable=False)
    # When a push service took it in, or they were found to have no browser that can be told.
    pushed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("time you were asked for a voice")
        verbose_name_plural = _("times you were asked for a voice")
        constraints: ClassVar = [
            # The database itself lets nobody be rung twice at once.
            models.UniqueConstraint(
                fields=("person",), condition=Q(state=RingState.RINGS), name="rung_once_at_a_time"
            ),
            models.UniqueConstraint(fields=("reach", "person"), name="rung_once_in_a_reach"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("person", "rung_at"), name="rings_of_somebody"),
            models.Index(
                fields=("turn", "rung_at"), condition=Q(pushed_at=None), name="rings_to_push"
            ),
            models.Index(
                fields=("until",), condition=Q(state=RingState.ANSWERED), name="rings_that_talk"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.rung_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Return the page of whoever is rung."""
        return reverse("reach:rung", args=(self.token,))
