"""What somebody wishes for, and what they answer when they are asked."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.web.circles.choices import Answer, Reach, Role, Way
from kith.web.circles.models import Wish
from kith.web.circles.models.wish import BRINGS_MOST
from kith.web.kit.languages import language_name
from kith.web.kit.practices import PRACTICES
from kith.web.people.choices import LANGUAGES, Gift, Space, Topic
from kith.web.people.models import Cell, Said

BOTH: Final = "both"
_PICKS: Final = ("languages", "practices", "gives", "receives", "roles", "only_among")


def _some_of(choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, required=False)


class WishForm(forms.Form):
    """What somebody wishes for. Their hours are another form, that of people."""

    wants = forms.ChoiceField(
        choices=[("circle", _("A circle")), ("pair", _("A listening pair")), (BOTH, _("Both"))],
        error_messages={"required": _("Say what you would like: a circle, a pair, or both.")},
    )
    way = forms.TypedChoiceField(choices=Way, coerce=int, initial=Way.EITHER)
    reach = forms.TypedChoiceField(choices=Reach, coerce=int, initial=Reach.TOWN)
    cell = forms.CharField(required=False)
    languages = forms.MultipleChoiceField(
        choices=[(code, language_name(code)) for code in LANGUAGES],
        error_messages={"required": _("Choose one language at least, in which you could talk.")},
    )
    brings = forms.CharField(max_length=BRINGS_MOST, required=False)
    roles = _some_of(Role)
    practices = _some_of(list(PRACTICES.items()))
    gives = _some_of(Gift)
    receives = _some_of(Gift)
    only_among = _some_of(Space)

    def __init__(self, *args: Any, spaces: Iterable[Space], may_circle: bool, **more: Any) -> None:
        """Offer only the spaces that are theirs, and no circle to whoever sits in one."""
        super().__init__(*args, **more)
        among: Any = self.fields["only_among"]
        mine = set(spaces)
        among.choices = [(space.value, space.label) for space in Space if space in mine]
        if not may_circle:
            wants: Any = self.fields["wants"]
            wants.choices = [choice for choice in wants.choices if choice[0] == "pair"]

    @staticmethod
    def held(wish: Wish | None, said: Mapping[Topic, Said], *, language: str) -> dict[str, Any]:
        """Return what the fields hold at first: the wish, and what they said of themselves."""
        held = {name: said[topic].value for name, topic in _LISTS.items() if topic in said}
        held |= {name: said[t].value["codes"] for name, t in _GIFTS.items() if t in said}
        if not held.get("languages") and language in LANGUAGES:
            held["languages"] = [language]
        if Topic.HOME in said:
            held["cell"] = Cell(*said[Topic.HOME].value).code
        if wish is not None:
            names = ("way", "reach", "brings", "roles", "only_among")
            held |= {name: getattr(wish, name) for name in names}
        return {"wants": _wanted(wish), **held}

    @property
    def picks(self) -> dict[str, list[tuple[str, Any, bool]]]:
        """Of each list: the codes, what they mean, and which are chosen."""
        return {name: self._picks_of(name) for name in _PICKS}

    @property
    def said(self) -> dict[Topic, Any]:
        """What is said of themselves by it, but for the words they wrote beside what they give."""
        cleaned = self.cleaned_data
        said = {topic: cleaned[name] for name, topic in _LISTS.items()}
        said |= {topic: {"codes": cleaned[name]} for name, topic in _GIFTS.items()}
        cell = cleaned["cell"]
        return {**said, Topic.HOME: [cell.row, cell.column]} if cell else said

    def clean_cell(self) -> Cell | None:
        """Return the square they live in, if they said it."""
        try:
            return Cell.coded(self.cleaned_data["cell"]) if self.cleaned_data["cell"] else None
        except ValueError as error:
            raise forms.ValidationError(_("Choose one of the squares.")) from error

    def _picks_of(self, name: str) -> list[tuple[str, Any, bool]]:
        chosen = set(self[name].value() or ())
        field: Any = self.fields[name]
        return [(code, words, code in chosen) for code, words in field.choices]


_LISTS: Final = {"languages": Topic.LANGUAGES, "practices": Topic.PRACTICES}
_GIFTS: Final = {"gives": Topic.GIVES, "receives": Topic.RECEIVES}


def _wanted(wish: Wish | None) -> str:
    if wish is None or wish.circle == wish.pair:
        return BOTH if wish is not None and wish.pair else "circle"
    return "pair" if wish.pair else "circle"


class AnswerForm(forms.Form):
    """What somebody answers who is asked."""

    answer = forms.TypedChoiceField(choices=Answer, coerce=Answer)
