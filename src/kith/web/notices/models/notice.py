"""What somebody is to know, until they have seen it."""

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.notices.choices import About
from kith.web.notices.models.nudge import Nudge
from kith.web.people.models import Person

WORDS_MOST: Final = 300
# Seen or not, after that it is gone, and so is when anything was sent.
KEPT_FOR: Final = timedelta(days=30)


class Notice(models.Model):
    """One thing that somebody is to know. Only Tonight shows its words; a lock screen never does."""

    SECRET = ("id", "nudge", "path")
    # Whom it speaks of is not told that it was said.
    NOT_TOLD_TO = ("by",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    about = models.CharField(_("about"), max_length=8, choices=About)
    words = SealedTextField(_("words"), max_length=WORDS_MOST)
    path = models.CharField(_("page"), max_length=200)
    # When they go, or the two no longer see each other, it goes too.
    by = models.ForeignKey(
        Person,
        models.CASCADE,
        related_name="notices_of_others",
        verbose_name=_("from whom"),
        null=True,
        blank=True,
    )
    is_urgent = models.BooleanField(_("cannot wait"), default=False)
    made_at = models.DateTimeField(_("when"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    # What was sent to tell them, if anything was.
    nudge = models.ForeignKey(Nudge, models.SET_NULL, related_name="notices", null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes: ClassVar = [models.Index(fields=("person", "seen_at"), name="notices_to_see")]

    @override
    def __str__(self) -> str:
        return str(self.get_about_display())
