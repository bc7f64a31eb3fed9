"""Two people who listen to each other this week."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.circles.choices import Way
from kith.web.circles.models.circle import LINK_MOST, PLACE_MOST, ZONE_MOST
from kith.web.circles.models.formation import Formation
from kith.web.kit.sealed import SealedJSONField, SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.people.models import Person


class Pair(models.Model):
    """Five minutes each, no comment. Low and high are the two by their keys.

    What either said: nothing yet (none), yes, or not this week. Neither learns a no. `reasons` are
    the true things in common that each is told, as codes, under "low" and "high".
    """

    SECRET = (
        "id", "token", "formation", "low", "high", "low_says", "high_says", "low_did", "high_did",
        "reasons",
    )  # fmt: skip

    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    low = models.ForeignKey(Person, models.CASCADE, related_name="pairs_up")
    high = models.ForeignKey(Person, models.CASCADE, related_name="pairs_down")
    week_of = models.DateField(_("week of"))
    way = models.PositiveSmallIntegerField(_("how"), choices=Way)
    starts_at = models.DateTimeField(_("starts"))
    # When both had said yes, if they have: from then on they know of each other.
    begun_at = models.DateTimeField(_("both said yes"), null=True, blank=True)
    # Until then its page is there, and its two may say that they listened.
    ends_at = models.DateTimeField(_("over"))
    zone = SealedTextField(_("clock"), max_length=ZONE_MOST)
    place = SealedTextField(_("place"), max_length=PLACE_MOST, blank=True)
    link = SealedTextField(_("link"), max_length=LINK_MOST, blank=True)
    reasons: Any = SealedJSONField(default=dict)
    low_says = models.BooleanField(null=True)
    high_says = models.BooleanField(null=True)
    low_did = models.BooleanField(default=False)
    high_did = models.BooleanField(default=False)
    formation = models.ForeignKey(
        Formation, models.SET_NULL, null=True, blank=True, related_name="pairs"
    )

    class Meta:
        verbose_name = _("listening pair")
        verbose_name_plural = _("listening pairs")
        ordering = ("-week_of", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("low", "high", "week_of"), name="one_pair_a_week"),
            models.CheckConstraint(
                condition=Q(way__in=(Way.IN_PERSON, Way.ONLINE)), name="pair_meets_in_one_way"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.week_of}"

    @property
    def clock(self) -> ZoneInfo:
        """The zone whose clock it keeps."""
        return ZoneInfo(self.zone)

    @property
    def is_on(self) -> bool:
        """Whether both said yes, and know of each other."""
        return self.begun_at is not None

    def other(self, person: Person) -> Person:
        """Return the other one of the two."""
        return self.high if person.pk == self.low_id else self.low

    def did(self, person: Person) -> bool:
        """Return whether `person` said that they listened to each other."""
        return self.low_did if person.pk == self.low_id else self.high_did

    def says(self, person: Person) -> bool | None:
        """Return what `person` said: yes, not this week, or nothing yet (none)."""
        return self.low_says if person.pk == self.low_id else self.high_says
