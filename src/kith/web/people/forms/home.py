"""Roughly where somebody lives."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.web.people.models import Cell

TYPED_MOST = 80


class TownForm(forms.Form):
    """What somebody types to show the map around it. It is read, and not kept."""

    town = forms.CharField(
        max_length=TYPED_MOST,
        error_messages={"required": _("Type a town or a postcode near you.")},
    )


class CellForm(forms.Form):
    """One square of the map."""

    cell = forms.CharField()

    def clean_cell(self) -> Cell:
        """Return the square."""
        try:
            return Cell.coded(self.cleaned_data["cell"])
        except ValueError as error:
            raise forms.ValidationError(_("Choose one of the squares.")) from error
