"""What people say of themselves: a small form for each thing, so that each is saved by itself."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from typing_extensions import override

from kith.web.kit.languages import language_name
from kith.web.kit.practices import PRACTICES
from kith.web.people.choices import LANGUAGES, PERMITS, Gift, ShownTo, Space, Steadiness, Topic
from kith.web.people.models import Said

WORDS_MOST, ROLE_MOST = 600, 200


class AboutForm(forms.Form):
    """What is said about `topics`."""

    topics: ClassVar[tuple[Topic, ...]]

    @classmethod
    def holding(cls, said: Mapping[Topic, Said]) -> "AboutForm":
        """Return the form with what was said."""
        found = [said[topic] for topic in cls.topics if topic in said]
        initial = {name: value for row in found for name, value in cls.fields_of(row).items()}
        return cls(initial={**({"shown_to": found[0].shown_to} if found else {}), **initial})

    @classmethod
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return what the fields hold for what was said."""
        raise NotImplementedError

    @property
    def said(self) -> dict[Topic, Any]:
        """What is said about each topic, as `Said` keeps it; nothing is None or empty."""
        raise NotImplementedError

    @property
    def who_sees(self) -> ShownTo:
        """Who is to see it: nobody, unless somebody was chosen."""
        return ShownTo(self.cleaned_data.get("shown_to") or ShownTo.ME)


class ShownForm(AboutForm):
    """What others may be shown."""

    shown_to = forms.ChoiceField(choices=ShownTo.choices, required=False, initial=ShownTo.ME)


class CodesForm(ShownForm):
    """Any of a list."""

    codes = forms.MultipleChoiceField(required=False)

    @classmethod
    @override
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return the codes that were chosen."""
        return {"codes": said.value}

    @property
    @override
    def said(self) -> dict[Topic, Any]:
        """The codes that are chosen."""
        return {self.topics[0]: self.cleaned_data["codes"]}

    @property
    def chips(self) -> list[tuple[str, Any, bool]]:
        """Each code of the list, what it means, and whether it is chosen."""
        chosen = set(self["codes"].value() or ())
        listed = self.fields["codes"].choices  # type: ignore[attr-defined] # it is a choice field
        return [(code, words, code in chosen) for code, words in listed]


class LanguagesForm(CodesForm):
    """Languages somebody speaks."""

    topics = (Topic.LANGUAGES,)
    codes = forms.MultipleChoiceField(
        choices=[(code, language_name(code)) for code in LANGUAGES], required=False
    )


class PracticesForm(CodesForm):
    """What somebody likes to do with others."""

    topics = (Topic.PRACTICES,)
    codes = forms.MultipleChoiceField(choices=list(PRACTICES.items()), required=False)


class SpacesForm(CodesForm):
    """Among whom somebody wants to be."""

    topics = (Topic.SPACES,)
    codes = forms.MultipleChoiceField(choices=Space.choices, required=False)


class GiftsForm(CodesForm):
    """What somebody can give, or would like to receive: some of a list, and more in words."""

    codes = forms.MultipleChoiceField(choices=Gift.choices, required=False)
    words = forms.CharField(max_length=WORDS_MOST, required=False)

    @classmethod
    @override
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return the codes and the words."""
        return dict(said.value)

    @property
    @override
    def said(self) -> dict[Topic, Any]:
        """The codes and the words, if there are any."""
        kept = {name: self.cleaned_data[name] for name in ("codes", "words")}
        return {self.topics[0]: kept if any(kept.values()) else None}


class GivesForm(GiftsForm):
    """What somebody can give."""

    topics = (Topic.GIVES,)


class ReceivesForm(GiftsForm):
    """What somebody would like to receive."""

    topics = (Topic.RECEIVES,)


class LivingWithForm(ShownForm):
    """What somebody is recovering from or living with, in their own words."""

    topics = (Topic.LIVING_WITH,)
    words = forms.CharField(max_length=WORDS_MOST, required=False)

    @classmethod
    @override
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return the words."""
        return {"words": said.value}

    @property
    @override
    def said(self) -> dict[Topic, Any]:
        """The words."""
        return {self.topics[0]: self.cleaned_data["words"]}


class RoleForm(LivingWithForm):
    """What brings somebody here, in their own words."""

    topics = (Topic.ROLE,)
    words = forms.CharField(max_length=ROLE_MOST, required=False)


class SteadinessForm(AboutForm):
    """How long somebody has been in this, as a band."""

    topics = (Topic.STEADINESS,)
    band = forms.ChoiceField(choices=Steadiness.choices, required=False)

    @classmethod
    @override
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return the band."""
        return {"band": said.value}

    @property
    @override
    def said(self) -> dict[Topic, Any]:
        """The band; not to say is to say nothing."""
        band = self.cleaned_data["band"]
        return {Topic.STEADINESS: None if band == Steadiness.UNSAID else band}


class PermitsForm(AboutForm):
    """What others may do."""

    topics = PERMITS
    may_be_named = forms.BooleanField(required=False)
    may_be_written_to = forms.BooleanField(required=False)
    would_sit_with = forms.BooleanField(required=False)

    @classmethod
    @override
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return which box is ticked."""
        return {said.topic: said.value}

    @property
    @override
    def said(self) -> dict[Topic, Any]:
        """Which boxes are ticked."""
        return {topic: self.cleaned_data[topic] for topic in PERMITS}
