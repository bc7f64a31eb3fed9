"""What somebody asks of the simulator."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.simulator import bridge
from kith.web.simulator.choices import Against, Town, Tried

_NUMBERS = (
    ("contacts", _("Contacts a week"), forms.FloatField),
    ("people", _("People in the town"), forms.IntegerField),
    ("weeks", _("Weeks"), forms.IntegerField),
    ("pairs", _("Pairs of runs"), forms.IntegerField),
    ("seed", _("Seed"), forms.IntegerField),
)
_SHOWN_MOST: Final = 20


class AskForm(forms.Form):
    """A town, a design, and how much of both; each number says what it may be."""

    town = forms.ChoiceField(choices=Town.choices, label=_("Town"))
    design = forms.ChoiceField(
        choices=Tried.choices, label=_("What do we try?"), widget=forms.RadioSelect
    )
    against = forms.ChoiceField(choices=Against.choices, label=_("Held against"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Ask for numbers within what the core allows, and this machine bears."""
        more.setdefault("initial", bridge.usual())
        super().__init__(*args, **more)
        ranges = bridge.ranges()
        for name, label, kind in _NUMBERS:
            lowest, highest = ranges[name]
            self.fields[name] = kind(label=label, help_text=_range(lowest, highest))

    @override
    def clean(self) -> dict[str, Any]:
        """Return what was asked; of a number that is not allowed say its name, itself, its range."""
        said = super().clean() or {}
        for name, (lowest, highest) in bridge.ranges().items():
            value = said.get(name)
            if value is not None and not lowest <= value <= highest:
                self.add_error(name, _not_allowed(self[name], value, lowest, highest))
        return said


def _range(lowest: float, highest: float) -> str:
    return f"{lowest:,g} – {highest:,g}" if highest < 100_000 else f"{lowest:,g} – {highest:,.0f}"


def _not_allowed(field: Any, value: float, lowest: float, highest: float) -> str:
    said = {"name": field.label, "value": _shown(value), "least": f"{lowest:,g}", "most": f"{highest:,.10g}"}  # fmt: skip
    return _("%(name)s is %(value)s. It must be %(least)s to %(most)s.") % said


def _shown(value: float) -> str:
    """Return a number as it was meant; of one that goes on and on, how it begins."""
    said = f"{value:,}" if isinstance(value, int) else f"{value:,g}"
    return said if len(said) <= _SHOWN_MOST else f"{said[:_SHOWN_MOST]}…"
