"""Countries, and the lines a person can turn to in each."""

import re
import secrets
from collections.abc import Iterable
from typing import ClassVar
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

# Short codes have three digits or more; E.164 has fifteen at most.
dials = RegexValidator(
    r"^\+?[0-9]{3,15}$", _("Digits only, as somebody in that country dials them.")
)
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def own_key() -> str:
    """Return a key for a line that was made here, not shipped with kith."""
    return f"own-{secrets.token_hex(6)}"


def _as_text(row: models.Model, fields: Iterable[str]) -> dict[str, str]:
    """Return what `row` says in `fields`, as it can be kept beside it and compared later."""
    return {field: str(getattr(row, field)) for field in fields}


def _same_digits(field: str, shown: str, dialed: str) -> None:
    """Refuse a number in `field` that reads as another than the one it dials."""
    if re.sub(r"\D", "", shown) != dialed.removeprefix("+"):
        raise ValidationError({field: _("These are not the digits it dials.")})


def _not_later(checked_on: object) -> None:
    """Refuse a day of checking that has not come yet."""
    if checked_on is not None and str(checked_on) > str(timezone.localdate()):
        raise ValidationError({"checked_on": _("That day has not come yet.")})


class Country(models.Model):
    """A country whose lines this instance knows, and its emergency number."""

    CONTENT: ClassVar = (
        "name",
        "emergency",
        "emergency_note",
        "without_voice",
        "source",
        "checked_on",
    )

    code = models.CharField(
        _("code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166."))],
    )
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    emergency = models.CharField(_("emergency number"), max_length=16, validators=[dials])
    emergency_note = models.CharField(_("about that number"), max_length=200, blank=True)
    without_voice = models.CharField(
        _("when hearing or speech makes calling hard"), max_length=300, blank=True
    )
    source = models.URLField(_("confirmed by"), max_length=300)
    checked_on = models.DateField(_("checked on"))
    is_hidden = models.BooleanField(_("hidden"), default=False)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("order", "code")

    @override
    def __str__(self) -> str:
        return self.name

    @override
    def clean(self) -> None:
        """Refuse a day of checking that has not come yet."""
        _not_later(self.checked_on)

    @property
    def content(self) -> dict[str, str]:
        """What it says, to compare with what was shipped."""
        return _as_text(self, self.CONTENT)

    @property
    def is_as_shipped(self) -> bool:
        """Whether it came with kith and nobody here changed what it says."""
        # Only the fields it was shipped with: a field added since is no change by anybody here.
        return bool(self.shipped) and _as_text(self, self.shipped) == self.shipped


class Line(models.Model):
    """Somebody who answers: by voice, by text or on their own page."""

    CONTENT: ClassVar = (
        "country_id",
        "name",
        "what",
        "call",
        "call_shown",
        "text_to",
        "text_shown",
        "text_body",
        "web",
        "hours",
        "languages",
        "stays",
        "bar",
        "source",
        "checked_on",
    )

    key = models.SlugField(max_length=60, unique=True, default=own_key, editable=False)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="lines", verbose_name=_("country")
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("The most fitting first.")
    )
    name = models.CharField(_("name"), max_length=80)
    what = models.CharField(
        _("what it is for"), max_length=200, help_text=_("In words a tired person understands.")
    )
    call = models.CharField(_("number to call"), max_length=16, blank=True, validators=[dials])
    call_shown = models.CharField(
        _("that number as people read it"), max_length=24, blank=True, help_text="13 11 14"
    )
    text_to = models.CharField(_("number to text"), max_length=16, blank=True, validators=[dials])
    text_shown = models.CharField(
        _("that number as people read it"), max_length=24, blank=True, help_text="0477 13 11 14"
    )
    text_body = models.CharField(_("word to send"), max_length=24, blank=True)
    web = models.URLField(_("their page, to chat or look on"), max_length=300, blank=True)
    hours = models.CharField(
        _("hours"), max_length=120, blank=True, help_text=_("Empty: always open.")
    )
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    stays = models.BooleanField(_("stays on the phone while somebody uses"), default=False)
    bar = models.CharField(
        _("name at the foot of a phone"),
        max_length=16,
        blank=True,
        help_text=_("Empty: not in the bar. Two lines of a country fit."),
    )
    source = models.URLField(_("confirmed by"), max_length=300)
    checked_on = models.DateField(_("checked on"))
    is_hidden = models.BooleanField(_("hidden"), default=False)
    shipped = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ("country", "order", "key")

    @override
    def __str__(self) -> str:
        return self.name

    @override
    def clean(self) -> None:
        """Refuse a line that nobody could reach, or that shows another number than it dials."""
        if not (self.call or self.text_to or self.web):
            raise ValidationError(_("Give a number to call, a number to text or a page."))
        _same_digits("call_shown", self.call_shown, self.call)
        _same_digits("text_shown", self.text_shown, self.text_to)
        if self.bar and not self.call:
            raise ValidationError({"bar": _("The bar is for numbers to call.")})
        _not_later(self.checked_on)

    @property
    def content(self) -> dict[str, str]:
        """What it says, to compare with what was shipped."""
        return _as_text(self, self.CONTENT)

    @property
    def is_as_shipped(self) -> bool:
        """Whether it came with kith and nobody here changed what it says."""
        # Only the fields it was shipped with: a field added since is no change by anybody here.
        return bool(self.shipped) and _as_text(self, self.shipped) == self.shipped

    @property
    def called(self) -> str:
        """What to call it on a button: short, if it has a short name."""
        return self.bar or self.name

    @property
    def call_whole(self) -> str:
        """The number to call, as people read it and as no end of a line can cut it in two."""
        return self.call_shown.replace(" ", NO_BREAK_SPACE)

    @property
    def text_whole(self) -> str:
        """The number to text, as people read it and as no end of a line can cut it in two."""
        return self.text_shown.replace(" ", NO_BREAK_SPACE)

    @property
    def tel(self) -> str:
        """The address that dials it."""
        return f"tel:{self.call}"

    @property
    def sms(self) -> str:
        """The address that opens a text to it, with the word already written."""
        # "?&": iOS looks for the ampersand and Android for the question mark.
        body = f"?&body={quote(self.text_body)}" if self.text_body else ""
        return f"sms:{self.text_to}{body}"
