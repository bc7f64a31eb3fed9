"""What somebody told the stewards."""

from typing import ClassVar

from django.db import models
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.people.models import Person
from kith.web.safety.choices import Category, State

WORDS_MOST = 5000
WHERE_MOST = 200


class Report(models.Model):
    """Something that a steward, who has no part in it, is to look at.

    It stays when somebody in it is erased, and no longer says that it was they.
    """

    SECRET = ("id", "is_named")
    # Who is spoken of does not learn that somebody spoke.
    NOT_TOLD_TO = ("about", "involved")

    category = models.CharField(_("what it was"), max_length=8, choices=Category)
    words = SealedTextField(_("in your words"), max_length=WORDS_MOST, blank=True)
    # A page of ours, or a few words: "the car park, on Tuesday".
    where = SealedTextField(_("where"), max_length=WHERE_MOST, blank=True)
    about = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports_about",
        verbose_name=_("about whom"),
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="reports")
    is_named = models.BooleanField(default=False)
    involved = models.ManyToManyField(Person, related_name="reports_involved_in")
    state = models.CharField(_("how far it is"), max_length=6, choices=State, default=State.NEW)
    outcome = SealedTextField(_("what came of it"), max_length=WORDS_MOST, blank=True)
    told_at = models.DateTimeField(_("when you told it"))
    closed_at = models.DateTimeField(_("when it was closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("what you told the stewards")
        ordering = ("-told_at", "-pk")
        indexes: ClassVar = [models.Index(fields=("state", "told_at"), name="reports_by_state")]

    @override
    def __str__(self) -> str:
        return str(self.get_category_display())

    @property
    def page(self) -> str:
        """The page of ours that it happened on, or ""."""
        is_ours = self.where.startswith("/")
        is_ours = is_ours and url_has_allowed_host_and_scheme(self.where, allowed_hosts=None)
        return self.where if is_ours else ""
