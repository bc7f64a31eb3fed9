"""What people type at the door."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from kith.web.people.models.person import CALLED_MOST

# Words that lie longer than this on a page are drawn anew.
_OFFERED_FOR_S = 60 * 60
LAY_TOO_LONG = _("These lay here for too long. Here are new ones.")


def offered(text: str, *, drawn_for: str) -> str:
    """Return `text` so that it comes back only if kith drew it, and only for what it was drawn for.

    Words that somebody else was shown are none that anybody can be made to take.
    """
    return _signer(drawn_for).sign(text)


def _signer(drawn_for: str) -> TimestampSigner:
    return TimestampSigner(salt=f"kith offered {drawn_for}")


class AgeForm(forms.Form):
    """Whether somebody is old enough for this instance. When they were born is nobody's business."""

    is_old_enough = forms.BooleanField(
        error_messages={"required": _("Please tick the box if it is true.")}
    )

    @property
    def least_age(self) -> int:
        """The age that the steward decided on."""
        return int(settings.KITH_LEAST_AGE)

    @property
    def young_where(self) -> str:
        """Where the steward knows young people to be welcome."""
        return str(settings.KITH_YOUNG_WHERE)


class OfferedForm(forms.Form):
    """Words or codes that kith drew, coming back once somebody has written them down."""

    offered = forms.CharField(widget=forms.HiddenInput)
    is_written_down = forms.BooleanField(
        error_messages={"required": _("Write them down first, then tick the box.")}
    )

    def __init__(self, *args: Any, drawn_for: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._drawn_for = drawn_for

    def clean_offered(self) -> str:
        """Return what was drawn."""
        try:
            return _signer(self._drawn_for).unsign(
                self.cleaned_data["offered"], max_age=_OFFERED_FOR_S
            )
        except BadSignature as error:
            raise forms.ValidationError(LAY_TOO_LONG) from error


class EnterForm(forms.Form):
    """Six words or a code."""

    key = forms.CharField(
        max_length=200,
        strip=True,
        error_messages={"required": _("Type your six words, or a code.")},
    )
    is_shared = forms.BooleanField(required=False)


class CalledForm(forms.Form):
    """What people call somebody."""

    called = forms.CharField(max_length=CALLED_MOST, required=False, strip=True)
