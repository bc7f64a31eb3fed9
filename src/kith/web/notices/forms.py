"""What people say of the ways by which they want to be told, and how often."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.web.notices.choices import Most
from kith.web.notices.models.way import ADDRESS_MOST, ENDPOINT_MOST

_AN_HOUR: Final = {"required": _("Choose an hour."), "invalid": _("Choose an hour.")}


class PaceForm(forms.Form):
    """How often, and when not."""

    most = forms.ChoiceField(
        choices=Most.choices, error_messages={"required": _("Choose how often.")}
    )
    quiet_from = forms.TimeField(error_messages=_AN_HOUR)
    quiet_until = forms.TimeField(error_messages=_AN_HOUR)


class SubscriptionForm(forms.Form):
    """What a browser gives, so that it can be told."""

    endpoint = forms.URLField(max_length=ENDPOINT_MOST, assume_scheme="https")
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)


class AddressForm(forms.Form):
    """Where somebody wants to be written to."""

    address = forms.EmailField(
        max_length=ADDRESS_MOST,
        error_messages={
            "required": _("Type an e-mail address."),
            "invalid": _("That is no e-mail address. Check how it is written."),
        },
    )
