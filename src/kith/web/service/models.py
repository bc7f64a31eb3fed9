"""What somebody asks of others here or offers them, and who takes it up."""

from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.models import Gathering
from kith.web.kit.sealed import SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.service.choices import HELD, Meets, Place, SeenBy, Side, State, What

WORDS_MOST: Final = 200
LINE_MOST: Final = 300
_ZONE_MOST: Final = 64
_SQUARE_DIGITS: Final = 64


class Errand(models.Model):
    """An ask or an offer. It ends by itself: on its day, or after two weeks."""

    SECRET = ("id", "token", "square", "reminded_at")

    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    by = models.ForeignKey(Person, models.CASCADE, related_name="errands")
    side = models.CharField(_("which"), max_length=5, choices=Side)
    what = models.CharField(_("what"), max_length=8, choices=What)
    words = SealedTextField(_("words"), max_length=WORDS_MOST, blank=True)
    on = models.DateField(_("day"), null=True, blank=True)
    # Which parts of a week, by the clock of `zone`: one bit for each, Monday's first; 0 is any.
    parts = models.BigIntegerField(_("parts of a week"), default=0)
    zone = SealedTextField(_("clock"), max_length=_ZONE_MOST)
    place = models.CharField(_("where"), max_length=6, choices=Place)
    # A keyed digest of the square of the map, or of "online": found by it, it says nothing.
    square = models.CharField(max_length=_SQUARE_DIGITS, blank=True)
    seen_by = models.CharField(_("who sees it"), max_length=7, choices=SeenBy)
    gathering = models.ForeignKey(
        Gathering,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="errands",
        verbose_name=_("on the way to"),
    )
    made_at = models.DateTimeField(_("when"))
    ends_at = models.DateTimeField(_("until"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    # It ended without anybody, and whoever said it was asked whether it is still needed.
    reminded_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(_("put away by a steward"), null=True, blank=True)

    class Meta:
        verbose_name = _("ask or offer")
        verbose_name_plural = _("asks and offers")
        ordering = ("-made_at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=("ends_at",), name="errands_by_their_end"),
            models.Index(fields=("by", "ends_at"), name="errands_of_somebody"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_what_display()}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("service:errand", args=[self.token])

    @property
    def is_offer(self) -> bool:
        """Whether it is something that somebody would do."""
        return self.side == Side.OFFER

    @property
    def clock(self) -> ZoneInfo:
        """The clock by which its hours are."""
        return ZoneInfo(self.zone)


class Take(models.Model):
    """Somebody takes up an ask or an offer. Whoever said it answers; a no is seen by nobody."""

    # How it stands would tell them that they were refused.
    SECRET = ("id", "state", "answer", "answered_at")

    errand = models.ForeignKey(
        Errand, models.CASCADE, related_name="takes", verbose_name=_("ask or offer")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="takes")
    state = models.CharField(max_length=6, choices=State, default=State.WAITS)
    line = SealedTextField(_("what I wrote"), max_length=LINE_MOST, blank=True)
    meets = models.CharField(_("where we meet"), max_length=7, choices=Meets)
    at = models.DateTimeField(_("when"))
    answer = SealedTextField(_("what they answered"), max_length=LINE_MOST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Each of the two thanks the other, once.
    author_thanked = models.BooleanField(_("they thanked me"), default=False)
    taker_thanked = models.BooleanField(_("I thanked them"), default=False)

    class Meta:
        verbose_name = _("taken up")
        verbose_name_plural = _("asks and offers that I took up")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("errand", "person"), name="taken_up_once_by_each"),
            models.UniqueConstraint(
                fields=("errand",), condition=Q(state__in=HELD), name="taken_up_by_one"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.errand)

    @property
    def is_agreed(self) -> bool:
        """Whether both said yes."""
        return self.state == State.AGREED


class Invitation(models.Model):
    """The other door was offered to somebody: once a month at most, and easily waved away."""

    SECRET = ("id",)

    person = models.OneToOneField(Person, models.CASCADE, related_name="invitation")
    door = models.CharField(_("which door"), max_length=5, choices=Side)
    said_at = models.DateTimeField(_("when"))
    is_waved_away = models.BooleanField(_("not now"), default=False)

    class Meta:
        verbose_name = _("the other door")
        verbose_name_plural = _("the other door")

    @override
    def __str__(self) -> str:
        return str(self.get_door_display())
