"""What people type at the door, and about themselves."""

from kith.web.people.forms.about import (
    SECTIONS,
    AboutForm,
    CellForm,
    HoursForm,
    TownForm,
)
from kith.web.people.forms.door import AgeForm, CalledForm, EnterForm, OfferedForm, offered

__all__ = [
    "SECTIONS",
    "AboutForm",
    "AgeForm",
    "CalledForm",
    "CellForm",
    "EnterForm",
    "HoursForm",
    "OfferedForm",
    "TownForm",
    "offered",
]
