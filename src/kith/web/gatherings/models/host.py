"""Somebody holds a gathering, with somebody else."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.choices import Joining
from kith.web.gatherings.models.gathering import Gathering
from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person


class Host(models.Model):
    """One of the hosts of a gathering, for a year at a time."""

    SECRET = ("id", "told_on")

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="hosts", verbose_name=_("gathering")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="hostings")
    since = models.DateField(_("since"), auto_now_add=True)
    until = models.DateField(_("until"))
    # When they were told that their year ends soon.
    told_on = models.DateField(null=True, blank=True, editable=False)
    is_named = models.BooleanField(_("everybody may read the name"), default=False)
    # Of the date that is next: whether they are there, or cannot be.
    here_on = models.DateField(_("was there, on"), null=True, blank=True, editable=False)
    away_on = models.DateField(_("could not, on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("gathering", "person"), name="one_host_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.gathering)


class HostLink(models.Model):
    """What a host hands to somebody who may host too. It works once, and not for long."""

    SECRET = ("id", "code", "digest")

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="links", verbose_name=_("gathering")
    )
    by = models.ForeignKey(Person, models.CASCADE, related_name="host_links")
    joining = models.CharField(_("how"), max_length=7, choices=Joining)
    # Found by its digest; kept sealed as well, so that the host can copy it again.
    code = SealedTextField(max_length=40)
    digest = models.BinaryField(max_length=32, unique=True)
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("link for another host")
        verbose_name_plural = _("links for another host")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("gathering", "by", "joining"), name="one_host_link_of_a_kind"
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.gathering)


class HostTraining(models.Model):
    """What a steward knows of somebody as a host: trained, looked after, vouched for."""

    SECRET = ("id",)

    person = models.OneToOneField(Person, models.CASCADE, related_name="host_training")
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    checked = SealedTextField(
        _("what was checked"), max_length=300, blank=True, help_text=_("They can read it.")
    )
    supervisor = SealedTextField(
        _("whom they talk it over with"),
        max_length=120,
        blank=True,
        help_text=_("They can read it."),
    )
    is_vouched_for = models.BooleanField(
        _("a steward vouches for them"),
        default=False,
        help_text=_("Then they may open a gathering with somebody else who is new."),
    )

    class Meta:
        verbose_name = _("training of a host")
        verbose_name_plural = _("training of hosts")

    @override
    def __str__(self) -> str:
        return str(self.person)
