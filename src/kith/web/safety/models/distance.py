"""The distance that people keep, without anybody being told."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.people.models import Person
from kith.web.safety.choices import Kind


class Distance(models.Model):
    """Somebody keeps away from somebody. A block holds both ways; both others only one."""

    SECRET = ("id",)
    # What others keep from somebody is no part of what that somebody may read.
    NOT_TOLD_TO = ("whom",)

    by = models.ForeignKey(Person, models.CASCADE, related_name="distances")
    whom = models.ForeignKey(
        Person, models.CASCADE, related_name="distances_of_others", verbose_name=_("from whom")
    )
    kind = models.CharField(_("how far"), max_length=5, choices=Kind)
    since = models.DateField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("distance kept")
        verbose_name_plural = _("distances kept")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("by", "whom", "kind"), name="one_distance_of_a_kind"),
            models.CheckConstraint(condition=~Q(by=F("whom")), name="distance_is_not_from_oneself"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.get_kind_display())
