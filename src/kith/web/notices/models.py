"""What somebody is to know, until they have seen it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.notices.choices import About
from kith.web.people.models import Person

WORDS_MOST = 300


class Notice(models.Model):
    """One thing that somebody is to know. Only Tonight shows its words; a lock screen never does."""

    SECRET = ("id",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    about = models.CharField(_("about"), max_length=8, choices=About)
    words = SealedTextField(_("words"), max_length=WORDS_MOST)
    path = models.CharField(_("page"), max_length=200)
    made_at = models.DateTimeField(_("when"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes: ClassVar = [models.Index(fields=("person", "seen_at"), name="notices_to_see")]

    @override
    def __str__(self) -> str:
        return str(self.get_about_display())
