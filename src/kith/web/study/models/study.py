"""A study, which is a document, and the questions it asks, of which every version is kept."""

from typing import Any, ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField
from kith.web.kit.tokens import new_token
from kith.web.study.choices import State

_SEED_MOST: Final = 24
_SALT_MOST: Final = 32
_HASH: Final = 64
_TITLE_MOST: Final = 200


class Study(models.Model):
    """One study.toml, and in plain words what whoever takes part has to know.

    Once locked nothing of it changes. The seed stays sealed until the data is final; its
    commitment, a hash, is there for all from the first day.
    """

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    title = models.CharField(_("title"), max_length=_TITLE_MOST, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    text = models.TextField(_("study.toml"))
    # Empty: kith says it from the document.
    happens = models.TextField(_("What happens?"), blank=True)
    asks = models.TextField(_("What do you ask of me?"), blank=True)
    hurts = models.TextField(_("Could it hurt?"), blank=True)
    sees = models.TextField(_("Who sees my answers?"), blank=True)
    unknown = models.TextField(_("What don’t you know?"), blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True, editable=False)
    locked_hash = models.CharField(_("hash"), max_length=_HASH, blank=True, editable=False)
    seed = SealedTextField(_("seed"), max_length=_SEED_MOST, blank=True, editable=False)
    salt = SealedTextField(_("salt"), max_length=_SALT_MOST, blank=True, editable=False)
    commitment = models.CharField(_("commitment"), max_length=_HASH, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    # How often somebody said no to all: whoever does leaves no row behind, so nobody is known by it.
    noes = models.PositiveIntegerField(_("times a no was said"), default=0, editable=False)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ("-made_at", "-pk")

    @override
    def __str__(self) -> str:
        return self.title or str(_("a study"))

    def get_absolute_url(self) -> str:
        """Return the page on which people read of it."""
        return reverse("study:study", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Whether people may join."""
        return self.state == State.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether it is over, so that its seed may be seen."""
        return self.state == State.CLOSED


class Survey(models.Model):
    """Questions as they were put: changed, they are the next version, and what was asked stays."""

    study = models.ForeignKey(
        Study, models.CASCADE, related_name="surveys", verbose_name=_("study")
    )
    key = models.CharField(_("called"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    # Each question: its key, what it asks, and each answer as its value and its words.
    items: Any = models.JSONField(_("questions"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("questions of a study")
        verbose_name_plural = _("questions of studies")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("study", "key", "version"), name="version_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.key}, {self.version}"
