"""One run of the engine: enough to throw the same dice again."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedJSONField


class Formation(models.Model):
    """When circles or pairs were formed, of how many people, and how chance took part.

    `law` is what dice decided and with what probabilities (docs/science/matching.md). `together`
    is a list of two chairs and in how many of `thrown_again` formations with other dice their
    people sat together: what a study weighs by. Neither is ever shown.
    """

    at = models.DateTimeField(_("when"))
    is_pairs = models.BooleanField(_("pairs"), default=False)
    seed = models.BigIntegerField(_("seed"))
    people = models.PositiveIntegerField(_("people"))
    formed = models.PositiveIntegerField(_("circles or pairs"))
    law: Any = models.JSONField(_("how chance took part"), default=dict)
    together: Any = SealedJSONField(_("how often together by other dice"), default=list)
    thrown_again = models.PositiveSmallIntegerField(_("formed again"), default=0)

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ("-at", "-pk")

    @override
    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
