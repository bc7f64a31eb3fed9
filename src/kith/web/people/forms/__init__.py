"""What people type at the door, and about themselves."""

from kith.web.people.forms import about
from kith.web.people.forms.about import AboutForm
from kith.web.people.forms.door import (
    LAY_TOO_LONG,
    AgeForm,
    CalledForm,
    EnterForm,
    OfferedForm,
    offered,
)
from kith.web.people.forms.home import CellForm, TownForm
from kith.web.people.forms.hours import HoursForm

# What somebody may say of themselves, by the name that the page gives each of them.
SECTIONS: dict[str, type[AboutForm]] = {
    "languages": about.LanguagesForm,
    "hours": HoursForm,
    "practices": about.PracticesForm,
    "gives": about.GivesForm,
    "receives": about.ReceivesForm,
    "spaces": about.SpacesForm,
    "living_with": about.LivingWithForm,
    "role": about.RoleForm,
    "may": about.PermitsForm,
    "steadiness": about.SteadinessForm,
}

__all__ = [
    "LAY_TOO_LONG",
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
