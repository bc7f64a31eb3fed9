"""Runs that somebody asked for, and the pairs that were lived of each. Nobody real is in them."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.tokens import new_token
from kith.web.people.models import Person
from kith.web.simulator.choices import UNFINISHED, Against, State, Town, Tried


class Run(models.Model):
    """A town and a design, and what came of them. Gone a week after it was asked for."""

    SECRET = ("id", "tries")

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="+", verbose_name=_("who asked")
    )
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    town = models.CharField(_("made-up town"), max_length=12, choices=Town)
    design = models.CharField(_("what is tried"), max_length=12, choices=Tried)
    against = models.CharField(_("held against"), max_length=12, choices=Against)
    contacts = models.FloatField(_("contacts a week"))
    people = models.PositiveIntegerField(_("people in the made-up town"))
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    pairs = models.PositiveSmallIntegerField(_("pairs of runs"))
    seed = models.PositiveIntegerField(_("seed"))
    asked_at = models.DateTimeField(_("asked for"))
    # How often it was taken up: a pair that ends its process every time must not go on for ever.
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    # Why it could not be lived.
    why = models.TextField(_("why not"), blank=True, editable=False)

    class Meta:
        verbose_name = _("simulation asked for")
        verbose_name_plural = _("simulations asked for")
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One at a time for each person, whatever two browsers do at once.
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=list(UNFINISHED)),
                name="simulator_run_one_at_a_time",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.get_design_display()}: {self.get_town_display()}"

    def get_absolute_url(self) -> str:
        """Return the page on which it is looked at."""
        return reverse("simulator:run", args=[self.token])

    @property
    def is_unfinished(self) -> bool:
        """Whether there is still something to live."""
        return self.state in UNFINISHED

    @property
    def words(self) -> Any:
        """What is tried, in a few words."""
        return Tried(self.design).label


class Lived(models.Model):
    """One pair of a run, as numbers; the page is drawn from them whenever it is looked at."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lived", verbose_name=_("run"))
    number = models.PositiveSmallIntegerField(_("number"))
    found = models.JSONField(_("what came of it"))

    class Meta:
        verbose_name = _("simulated pair")
        verbose_name_plural = _("simulated pairs")
        ordering = ("run", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "number"], name="simulator_lived_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.run}, {self.number}"
