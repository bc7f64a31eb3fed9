"""What people say of when they may be rung, of the open room, and afterwards."""

from typing import Any, Final

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from kith.web.people.choices.week import said_clock
from kith.web.reach.choices import By, OpenTo, Said
from kith.web.reach.models.company import WHERE_MOST
from kith.web.reach.models.willing import TURN_HOURS

A_DAY: Final = [(1, _("once a day")), (2, _("twice a day")), (3, _("three times a day")),
                (6, _("six times a day"))]  # fmt: skip
A_WEEK: Final = [(2, _("twice a week")), (5, _("five times a week")), (10, _("ten times a week")),
                 (30, _("as often as it comes"))]  # fmt: skip
# Evenings first, then the night, then the day.
HOURS: Final = (18, 20, 22, 0, 2, 4, 6, 8, 10, 12, 14, 16)
_EVENING: Final = HOURS[:4]


class WillingForm(forms.Form):
    """By whom, when and how often somebody lets themselves be rung."""

    open_to = forms.TypedChoiceField(
        label=_("Who may ring me"),
        widget=forms.RadioSelect,
        choices=OpenTo.choices,
        coerce=lambda value: OpenTo(int(value)),
        error_messages={"required": _("Choose who may ring you.")},
    )
    only_in_hours = forms.TypedChoiceField(
        label=_("When"),
        widget=forms.RadioSelect,
        choices=[("no", _("At any hour that is not one of my quiet ones")),
                 ("yes", _("Only in the hours I painted"))],
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Choose when.")},
    )  # fmt: skip
    most_a_day = forms.TypedChoiceField(label=_("At most"), choices=A_DAY, coerce=int)
    most_a_week = forms.TypedChoiceField(label=_("and at most"), choices=A_WEEK, coerce=int)


class TurnsForm(forms.Form):
    """When somebody keeps the open room."""

    turn = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["turn"].choices = [  # type: ignore[attr-defined]
            (f"{day}-{hour}", "") for hour in HOURS for day in range(7)
        ]

    @property
    def said(self) -> set[tuple[int, int]]:
        """Each turn as its day of the week and its hour."""
        pairs = (one.split("-") for one in self.cleaned_data["turn"])
        return {(int(day), int(hour)) for day, hour in pairs}


class SaidForm(forms.Form):
    """One tap afterwards."""

    said = forms.ChoiceField(choices=Said.choices)


def table_of(turns: set[tuple[int, int]]) -> list[tuple[str, bool, list[tuple[str, str, bool]]]]:
    """Return a row for each two hours: its words, whether it is of an evening, a cell for each day."""
    return [
        (
            f"{said_clock(hour * 2)}–{said_clock((hour + TURN_HOURS) % 24 * 2)}",
            hour in _EVENING,
            [(f"{day}-{hour}", str(WEEKDAYS[day]), (day, hour) in turns) for day in range(7)],
        )
        for hour in HOURS
    ]


class StayForm(forms.Form):
    """Who is asked to stay, how, for how long, and what happens if somebody stops answering."""

    # How the page named them to whoever asks.
    who = forms.CharField(max_length=300, error_messages={"required": _("Choose whom to ask.")})
    by = forms.TypedChoiceField(
        widget=forms.RadioSelect, choices=By.choices, coerce=By,
        error_messages={"required": _("Choose how.")},
    )  # fmt: skip
    every = forms.TypedChoiceField(
        choices=[(5, _("every five minutes")), (10, _("every ten minutes")),
                 (15, _("every fifteen minutes"))],
        coerce=int,
    )  # fmt: skip
    hours = forms.TypedChoiceField(
        choices=[(1, _("one hour")), (2, _("two hours")), (3, _("three hours"))], coerce=int
    )
    calls_help = forms.TypedChoiceField(
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, call them")), ("no", _("No, don’t call them"))],
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Choose one. It is yours to decide, before it begins.")},
    )
    where = forms.CharField(max_length=WHERE_MOST, required=False)
