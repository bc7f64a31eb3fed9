"""What somebody who sits in a circle may say: little, in plain words, and nothing of it is lost."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.web.circles.models.circle import LINK_MOST, NAME_MOST, PLACE_MOST
from kith.web.circles.models.favor import WORDS_MOST
from kith.web.circles.models.wish import BRINGS_MOST

_TOO_LONG = _("That is more than fits here. Please say it in fewer words.")


class Weeks(models.IntegerChoices):
    """For how long somebody may be away."""

    TWO = 2, _("Two weeks")
    FOUR = 4, _("Four weeks")
    EIGHT = 8, _("Eight weeks")


def _words(most: int, *, missing: Any = "") -> forms.CharField:
    """Return a field of so many letters; `missing` is said where it may not be empty."""
    said: dict[str, Any] = {"max_length": _TOO_LONG, "required": missing}
    return forms.CharField(max_length=most, required=bool(missing), error_messages=said)


class WhereForm(forms.Form):
    """Where a circle meets."""

    place = _words(PLACE_MOST)
    link = forms.CharField(
        required=False, max_length=LINK_MOST, error_messages={"max_length": _TOO_LONG}
    )

    def clean_link(self) -> str:
        """Return the link, which is a whole one that nobody can read on the way."""
        link: str = self.cleaned_data["link"]
        try:
            forms.URLField(assume_scheme="https", required=False).clean(link)
            parts = urlsplit(link)
        except (ValidationError, ValueError) as error:
            raise ValidationError(gettext("Copy the whole link, as in https://…")) from error
        if link and (parts.scheme != "https" or parts.username is not None):
            raise ValidationError(gettext("Only a link that begins with https:// is safe here."))
        return link


class NameForm(forms.Form):
    """What a circle is called."""

    name = _words(NAME_MOST)


class BringForm(forms.Form):
    """What somebody brings."""

    brings = _words(BRINGS_MOST)


class FavorForm(forms.Form):
    """What somebody asks or offers."""

    words = _words(WORDS_MOST, missing=_("Write it in a few words first."))


class AwayForm(forms.Form):
    """For how long somebody is away."""

    weeks = forms.TypedChoiceField(
        choices=Weeks.choices,
        coerce=int,
        error_messages={"required": _("Choose for how long.")},
    )


class SaidForm(forms.Form):
    """Which of two buttons somebody tapped."""

    said = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")))

    @property
    def is_yes(self) -> bool:
        """Whether it was yes."""
        return bool(self.cleaned_data["said"] == "yes")


class DayForm(forms.Form):
    """Of which evening somebody speaks."""

    on = forms.DateField(input_formats=["%Y-%m-%d"])

    @property
    def day(self) -> date:
        """The day of that evening."""
        found: date = self.cleaned_data["on"]
        return found
