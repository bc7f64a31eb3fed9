"""What a study found, as anybody here may read it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.study.models.study import Study


class Report(models.Model):
    """One study's report: about groups of eleven people or more, and nobody within one."""

    study = models.OneToOneField(
        Study, models.PROTECT, related_name="report", verbose_name=_("study")
    )
    # The page that kith wrote from the records: no script, no style and no address in it.
    body = models.TextField(editable=False)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("report of a study")
        verbose_name_plural = _("reports of studies")
        ordering = ("-published_at", "-pk")

    @override
    def __str__(self) -> str:
        return str(self.study)

    def get_absolute_url(self) -> str:
        """Return the page on which it is read."""
        return reverse("study:report", args=[self.study.token])
