"""What somebody asks or offers, how they take it up, and what they answer."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.web.gatherings.models import Gathering
from kith.web.people.choices.week import PARTS
from kith.web.service.choices import Meets, Place, SeenBy, What, days_in, parts_in
from kith.web.service.models import LINE_MOST, WORDS_MOST, Errand

_AHEAD: Final = timedelta(days=56)
_TOO_LONG: Final = {"max_length": _("That is more than fits here. Please say it in fewer words.")}


class SayForm(forms.Form):
    """An ask or an offer: what, when, where, and who sees it."""

    what = forms.ChoiceField(
        choices=What, error_messages={"required": _("Choose what it is about.")}
    )
    words = forms.CharField(max_length=WORDS_MOST, required=False, error_messages=_TOO_LONG)
    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as in 2026-12-03.")},
    )
    days = forms.TypedMultipleChoiceField(
        choices=list(WEEKDAYS.items()), coerce=int, required=False
    )
    parts = forms.MultipleChoiceField(
        choices=[(name, words[0]) for name, words in PARTS.items()], required=False
    )
    place = forms.ChoiceField(choices=Place, initial=Place.NEAR)
    seen_by = forms.ChoiceField(choices=SeenBy, initial=SeenBy.OTHERS)
    gathering = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, gatherings: list[Gathering], today: date, **more: Any) -> None:
        """Offer the gatherings to which they mean to come, and days from today on."""
        super().__init__(*args, **more)
        self.today = today
        field: Any = self.fields["gathering"]
        field.choices = [("", _("To no gathering")), *((g.slug, g.name) for g in gatherings)]
        self._gatherings = {g.slug: g for g in gatherings}

    @staticmethod
    def held(errand: Errand) -> dict[str, Any]:
        """Return what the fields hold to say `errand` again; another day is chosen anew."""
        days = [] if errand.on else days_in(errand.parts)
        every = list(PARTS)
        parts = parts_in(errand.parts)
        return {
            "what": errand.what,
            "words": errand.words,
            "days": [] if len(days) == len(WEEKDAYS) else days,
            "parts": [] if parts == every else parts,
            "place": errand.place,
            "seen_by": errand.seen_by,
            "gathering": errand.gathering.slug if errand.gathering else "",
        }

    def clean_on(self) -> date | None:
        """Return the day, which is today or within eight weeks."""
        on: date | None = self.cleaned_data["on"]
        if on is not None and not self.today <= on <= self.today + _AHEAD:
            raise ValidationError(gettext("Choose a day from today on, within eight weeks."))
        return on

    def clean_gathering(self) -> Gathering | None:
        """Return the gathering it leads to, if any."""
        return self._gatherings.get(self.cleaned_data["gathering"])

    @property
    def has_gatherings(self) -> bool:
        """Whether there is any gathering to choose."""
        return bool(self._gatherings)

    @property
    def picks(self) -> dict[str, list[tuple[str, Any, bool]]]:
        """Of each list: the codes, what they mean, and which are chosen."""
        return {name: self._picks_of(name) for name in ("what", "days", "parts", "place")}

    def _picks_of(self, name: str) -> list[tuple[str, Any, bool]]:
        value = self[name].value()
        chosen = {str(one) for one in ([value] if isinstance(value, str) else value or ())}
        field: Any = self.fields[name]
        return [(str(code), words, str(code) in chosen) for code, words in field.choices]


class TakeForm(forms.Form):
    """How somebody takes something up: in a line or two, and where the two meet."""

    line = forms.CharField(max_length=LINE_MOST, required=False, error_messages=_TOO_LONG)
    meets = forms.ChoiceField(
        choices=Meets, error_messages={"required": _("Choose where the two of you meet.")}
    )


class AnswerForm(forms.Form):
    """What whoever said it answers."""

    words = forms.CharField(max_length=LINE_MOST, required=False, error_messages=_TOO_LONG)
    said = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")))
