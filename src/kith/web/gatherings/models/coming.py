"""Somebody means to come. Only they see it, and whoever hosts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.choices import Answer, Guests, Need, Offer
from kith.web.gatherings.models.gathering import Gathering
from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person

GUESTS_WORDS_MOST = 80
NEEDS_WORDS_MOST = 200
_CODES_MOST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody who comes told the hosts.

    Args:
        first_time: That they have not been there before.
        guests: Who comes along, a code of Guests; `guests_words` says it in their own words.
        needs, offers: Codes of Need and Offer.
        needs_words: What else they need, in their own words.
    """

    first_time: bool = False
    guests: int = Guests.NOBODY
    guests_words: str = ""
    needs: tuple[str, ...] = ()
    needs_words: str = ""
    offers: tuple[str, ...] = ()


class Coming(models.Model):
    """What somebody said of one date of a gathering, or, without a date, of every one."""

    SECRET = ("id",)
    # What a guest told is no part of what their host may take along.
    NOT_TOLD_TO = ("greeter",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="comings")
    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="comings", verbose_name=_("gathering")
    )
    on = models.DateField(_("date"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer)
    # Known only once the date has passed and they have said so.
    was_there = models.BooleanField(_("was there"), null=True, blank=True)

    # ---- what the hosts are told --------------------------------------------------------------
    told_at = models.DateTimeField(_("told the hosts"), null=True, blank=True)
    first_time = models.BooleanField(_("first time"), default=False)
    guests = models.PositiveSmallIntegerField(
        _("who comes along"), choices=Guests, default=Guests.NOBODY
    )
    guests_words = SealedTextField(
        _("who comes along, in words"), max_length=GUESTS_WORDS_MOST, blank=True
    )
    needs = SealedTextField(_("needs"), max_length=_CODES_MOST, blank=True, choices=Need)
    needs_words = SealedTextField(_("needs, in words"), max_length=NEEDS_WORDS_MOST, blank=True)
    offers = SealedTextField(_("offers"), max_length=_CODES_MOST, blank=True, choices=Offer)

    # ---- of one date --------------------------------------------------------------------------
    greeter = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="greetings",
        verbose_name=_("who looks out for them"),
    )
    is_here = models.BooleanField(_("seen there by a host"), default=False)
    sits = models.BooleanField(_("sits with somebody new"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a gathering")
        verbose_name_plural = _("answers to gatherings")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "gathering", "on"), name="one_answer_for_a_date"
            ),
            models.UniqueConstraint(
                fields=("person", "gathering"),
                condition=Q(on=None),
                name="one_answer_for_every_date",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.gathering}: {self.get_answer_display()}"

    @property
    def told(self) -> Told | None:
        """What they told the hosts here, or None if they told nothing yet."""
        if self.told_at is None:
            return None
        return Told(
            first_time=self.first_time,
            guests=self.guests,
            guests_words=self.guests_words,
            needs=tuple(self.needs.split()),
            needs_words=self.needs_words,
            offers=tuple(self.offers.split()),
        )

    @property
    def asks_for_company(self) -> bool:
        """Whether they told here that it is their first time and they would like company."""
        return self.first_time and Need.SIT_WITH in self.needs.split()

    def tell(self, told: Told, *, at: datetime) -> None:
        """Take down what they tell the hosts, in place of what they told here before."""
        self.told_at = at
        self.first_time = told.first_time
        self.guests = told.guests
        self.guests_words = told.guests_words
        self.needs = " ".join(told.needs)
        self.needs_words = told.needs_words
        self.offers = " ".join(told.offers)

    # Django writes these two where a model does not.
    def get_needs_display(self) -> str:  # type: ignore[no-redef]
        """Return what they need as they ticked it; it is several of the choices."""
        return "; ".join(str(Need(code).label) for code in self.needs.split())

    def get_offers_display(self) -> str:  # type: ignore[no-redef]
        """Return what they offered as they ticked it; it is several of the choices."""
        return "; ".join(str(Offer(code).label) for code in self.offers.split())


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody said of one date: of that date (`once`), and of every one (`always`)."""

    once: Coming | None = None
    always: Coming | None = None

    @classmethod
    def of(cls, rows: Iterable[Coming], on: date) -> "Intent":
        """Return what one person said of `on`, from what they said of one gathering."""
        by_date = {row.on: row for row in rows}
        return cls(once=by_date.get(on), always=by_date.get(None))

    @property
    def answer(self) -> str:
        """A code of Answer, or "" if they said nothing. What they said of the date goes first."""
        row = self.once or self.always
        return row.answer if row else ""

    @property
    def is_coming(self) -> bool:
        """Whether they mean to come, or may."""
        return self.answer in {Answer.COME, Answer.MAYBE}

    @property
    def telling(self) -> Coming | None:
        """Where what they told the hosts stands: of the date first, though it be nothing."""
        return next((row for row in (self.once, self.always) if row and row.told_at), None)

    @property
    def told(self) -> Told:
        """What they told the hosts. What they told of the date goes first, though it be nothing."""
        return (self.telling.told if self.telling else None) or Told()

    @property
    def has_told(self) -> bool:
        """Whether they told the hosts anything."""
        return self.told != Told()
