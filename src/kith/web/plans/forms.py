"""What somebody chooses for a line of their plan, and what they say who is asked to be in one."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.people.models import Person
from kith.web.plans.choices import Cue, Days, Deed, MayAsk, Often, Part, Place, Practised, Way
from kith.web.plans.models.plan import WORDS_MOST


class _OneOf(forms.ChoiceField):
    """One of a list, each of them a chip."""

    widget = forms.RadioSelect


class _SomeOf(forms.MultipleChoiceField):
    """Some of a list, each of them a chip."""

    widget = forms.CheckboxSelectMultiple


class PlanForm(forms.Form):
    """When, what with whom, and what if not: each from a list."""

    cue = _OneOf(choices=Cue, error_messages={"required": _("Choose a moment.")})
    words = forms.CharField(
        max_length=WORDS_MOST,
        required=False,
        error_messages={"max_length": _("That is more than fits here. Fewer words will do.")},
    )
    deed = _OneOf(choices=Deed, initial=Deed.RING, required=False)
    first = _OneOf(error_messages={"required": _("Choose to whom, or where.")})
    second = _OneOf(error_messages={"required": _("Choose what to do if not.")})

    def __init__(self, *args: Any, people: Iterable[tuple[str, Person]], **more: Any) -> None:
        """Offer those who said yes, and the places that are always there."""
        super().__init__(*args, **more)
        # The person themselves is the label, so that their window can stand beside their name.
        named = list(people)
        room, lines = ((place.value, place.label) for place in Place)
        first: Any = self.fields["first"]
        second: Any = self.fields["second"]
        first.choices = [*named, room]
        second.choices = [*named, room, lines]

    @override
    def clean(self) -> dict[str, Any]:
        """Return what was chosen, if what comes after is another than what comes first."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("first") and said.get("first") == said.get("second"):
            self.add_error(
                "second",
                ValidationError(gettext("If not, it must lead somewhere else. Choose another.")),
            )
        if said.get("cue") == Cue.ANOTHER and not said.get("words"):
            self.add_error("words", ValidationError(gettext("Which time? A few words will do.")))
        return said


_ALL: Final = [Part.MORNING, Part.AFTERNOON, Part.EVENING]


class AnswerForm(forms.Form):
    """When, how and how often somebody may be come to."""

    ways = _SomeOf(choices=Way, initial=[Way.VOICE], required=False)
    parts = _SomeOf(choices=Part, initial=_ALL, required=False)
    days = _OneOf(choices=Days, initial=Days.ALL)
    often = _OneOf(choices=Often, initial=Often.FEW)


class WhoMayAskForm(forms.Form):
    """By whom somebody may be asked."""

    may_ask = _OneOf(choices=MayAsk)


class PractisedForm(forms.Form):
    """How somebody practised."""

    kind = _OneOf(choices=[(one.value, one.label) for one in (Practised.PICTURED, Practised.RANG)])
