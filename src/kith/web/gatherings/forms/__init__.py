"""What people send: what they look for, and what they write of a gathering that they host."""

from kith.web.gatherings.forms.dates import ChangeForm, NoteForm
from kith.web.gatherings.forms.finding import (
    DAYS_AHEAD,
    DEFAULT_KM,
    KM_CHOICES,
    Search,
    ToldForm,
    search_from,
)
from kith.web.gatherings.forms.hosting import HostingForm

__all__ = [
    "DAYS_AHEAD",
    "DEFAULT_KM",
    "KM_CHOICES",
    "ChangeForm",
    "HostingForm",
    "NoteForm",
    "Search",
    "ToldForm",
    "search_from",
]
