"""What a steward put in place of a default."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class OwnValue(models.Model):
    """A change of one of the numbers kith goes by: which, to what, who and when; the last one counts.

    Rows are only added, so that it can be read what counted when. "" is the default again.
    """

    key = models.CharField(_("which number"), max_length=80)
    value = models.CharField(_("value"), max_length=40, blank=True)
    by: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="own_values",
        verbose_name=_("changed by"),
    )
    at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("number that kith goes by")
        verbose_name_plural = _("numbers that kith goes by")
        ordering: ClassVar = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.key}: {self.value}"
