"""Somebody holds a gathering, with somebody else."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings.models.gathering import Gathering
from kith.web.people.models import Person


class Host(models.Model):
    """One of the hosts of a gathering, for a year at a time."""

    SECRET = ("id",)

    gathering = models.ForeignKey(
        Gathering, models.CASCADE, related_name="hosts", verbose_name=_("gathering")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="hostings")
    since = models.DateField(_("since"), auto_now_add=True)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("gathering", "person"), name="one_host_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.gathering)
