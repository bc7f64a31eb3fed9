"""What people tell a steward, and what a steward writes."""

from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.safety.choices import Category, Days, Kind
from kith.web.safety.models.pause import WHY_MOST
from kith.web.safety.models.report import WHERE_MOST, WORDS_MOST

_TOO_LONG = _(
    "That is more than fits here. Please say it in fewer words; what you wrote is still there."
)


def local_path(text: str) -> str:
    """Return `text` if it is the address of a page of ours, else ""."""
    is_path = text.startswith("/") and len(text) <= WHERE_MOST
    return text if is_path and url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""


class TellForm(forms.Form):
    """What somebody tells a steward: what it was, and as much or as little more as they like."""

    category = forms.ChoiceField(
        choices=Category.choices,
        error_messages={
            "required": _("Please choose what fits best."),
            "invalid_choice": _("Please choose what fits best."),
        },
    )
    words = forms.CharField(
        max_length=WORDS_MOST, required=False, error_messages={"max_length": _TOO_LONG}
    )
    where = forms.CharField(
        max_length=WHERE_MOST, required=False, error_messages={"max_length": _TOO_LONG}
    )
    who = forms.CharField(required=False)
    is_named = forms.BooleanField(required=False)

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        says_nothing = not any(given.get(name) for name in ("words", "where", "who"))
        if says_nothing and "words" not in self.errors and "where" not in self.errors:
            self.add_error(
                "words", _("Please say a little of what happened, so that somebody can act on it.")
            )
        return given


class DistanceForm(forms.Form):
    """How far somebody wants to keep from somebody."""

    kind = forms.ChoiceField(choices=Kind.choices)


class NoteForm(forms.Form):
    """What a steward found out."""

    words = forms.CharField(
        max_length=WORDS_MOST,
        error_messages={"required": _("Write the note first."), "max_length": _TOO_LONG},
    )


class PauseForm(forms.Form):
    """For how long somebody is asked to pause, and why."""

    days = forms.TypedChoiceField(
        choices=Days.choices,
        coerce=int,
        error_messages={
            "required": _("Choose for how long."),
            "invalid_choice": _("Choose for how long."),
        },
    )
    why = forms.CharField(
        max_length=WHY_MOST,
        error_messages={
            "required": _("Say why, in words that the person will read."),
            "max_length": _TOO_LONG,
        },
    )


class CloseForm(forms.Form):
    """What came of a report."""

    outcome = forms.CharField(
        max_length=WORDS_MOST,
        error_messages={
            "required": _("Say what came of it. Whoever told us can read it."),
            "max_length": _TOO_LONG,
        },
    )
