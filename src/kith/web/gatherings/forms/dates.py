"""What hosts say when a date is called off, or is at another time or place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings import queries
from kith.web.gatherings.bridge import plans, spots
from kith.web.gatherings.models import Gathering, Place

_NOTE_MOST = 200


class NoteForm(forms.Form):
    """A few words for those who would come."""

    note = forms.CharField(max_length=_NOTE_MOST, required=False, strip=True)


class ChangeForm(NoteForm):
    """Another day, another time, another place; what is left empty stays as it is."""

    on = forms.DateField(
        required=False, error_messages={"invalid": _("Write the date like 2026-12-24.")}
    )
    at = forms.TimeField(
        required=False, error_messages={"invalid": _("Write the time like 19:00.")}
    )
    place_name = forms.CharField(max_length=120, required=False, strip=True)
    street = forms.CharField(max_length=160, required=False, strip=True)
    town = forms.CharField(max_length=80, required=False, strip=True)

    def __init__(self, data: Any, *, gathering: Gathering) -> None:
        """Make the form for a date of `gathering`."""
        super().__init__(data)
        self._usual = gathering.place
        self.place: Place | None = None

    @override
    def clean(self) -> dict[str, Any]:
        """Return what was written, once it says something."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("place_name") or cleaned.get("street"):
            self.place = self._placed(cleaned)
        elif not self.errors and not cleaned.get("on") and not cleaned.get("at"):
            raise forms.ValidationError(_("Say what is different: the day, the time or the place."))
        return cleaned

    def _placed(self, cleaned: dict[str, Any]) -> Place | None:
        usual = self._usual
        town = cleaned.get("town") or (usual.city if usual else "")
        found = spots.spots_named(town)
        if not found:
            self.add_error("town", _("We know no town called so. Try the next larger one."))
            return None
        name, street = cleaned.get("place_name", ""), cleaned.get("street", "")
        city = found[0].name.partition(",")[0].strip()
        known = queries.door_like(name, street, city)
        return plans.place_at(found[0], known, name=name, street=street, find_the_door="")
