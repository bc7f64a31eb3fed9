"""What people send: a search is read leniently and never refused; and what hosts are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.web.gatherings.bridge import hours, shelf, spots
from kith.web.gatherings.bridge.finding import ANY_DISTANCE_KM, Asked, Spot
from kith.web.gatherings.choices import ACCESS, AUDIENCE, Guests, Mode, Need, Offer
from kith.web.gatherings.models import Told
from kith.web.gatherings.models.coming import GUESTS_WORDS_MOST, NEEDS_WORDS_MOST

KM_CHOICES = (2.0, 5.0, 10.0, 25.0, 50.0, 100.0, ANY_DISTANCE_KM)
DEFAULT_KM = 5.0
DAYS_AHEAD = 14
_MODES = (Mode.IN_PERSON.value, Mode.ONLINE.value)
_VALUES_MOST = 12
_CODE = re.compile(r"[a-z]{2,3}\Z")


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, and what of it could not be understood.

    Args:
        asked: To be answered; `near` is None where no place was named or known.
        typed: The place as they typed it, to show in its field again.
        others: Other places that the name may mean.
        is_unknown: They named a place, and we know of none.
        has_radius: They chose how far.
        is_bare: They asked for nothing at all yet.
    """

    asked: Asked
    typed: str
    others: tuple[Spot, ...]
    is_unknown: bool
    has_radius: bool
    is_bare: bool


def search_from(query: QueryDict, cookies: Mapping[str, str]) -> Search:
    """Return the search in `query`; what means nothing is left out, as if it had not been said."""
    typed = " ".join(query.get("near", "").split())[:80]
    here = None if typed else _point(query)
    found = (here,) if here else spots.spots_named(typed or settings.KITH_HOME_PLACE)
    near = found[0] if found else None
    km = _reach(query.get("km", ""))
    asked = Asked(
        zone=_zone(query, cookies, near),
        near=near,
        km=km or DEFAULT_KM,
        whens=_whens(query),
        parts=_known(query, "part", hours.PARTS),
        modes=_known(query, "mode", _MODES),
        practices=_known(query, "practice", shelf.PRACTICE_NUMBERS),
        languages=tuple(v for v in query.getlist("language")[:_VALUES_MOST] if _CODE.match(v)),
        audience=_known(query, "for", AUDIENCE),
        access=_known(query, "access", ACCESS),
        is_untouched=query.get("touch") == "none",
    )
    return Search(
        asked=asked,
        typed=typed or (near.name if near and not here else ""),
        others=found[1:] if typed else (),
        is_unknown=bool(typed) and near is None,
        has_radius=km is not None,
        is_bare=not query,
    )


def _point(query: QueryDict) -> Spot | None:
    if "lat" not in query:
        return None
    return spots.spot_at(f"{query.get('lat', '')} {query.get('lon', '')}")


def _zone(query: QueryDict, cookies: Mapping[str, str], near: Spot | None) -> str:
    """Return the clock they live by: as asked, as their browser said, that of the place, ours."""
    asked = hours.zone_named(query.get("zone", "").replace("%2F", "/"))
    own = asked or hours.zone_kept(cookies)
    return own or (near.zone if near else "") or settings.TIME_ZONE


def _whens(query: QueryDict) -> tuple[str, ...]:
    found = [v for v in query.getlist("when")[:_VALUES_MOST] if v in hours.WHENS or _is_date(v)]
    return tuple(dict.fromkeys(found)) or (hours.TONIGHT,)


def _is_date(text: str) -> bool:
    """Return whether `text` is a date that the index knows."""
    # Of one that it does not know it would say that nothing is on, which is not true.
    try:
        ahead = date.fromisoformat(text) - timezone.now().date()
    except ValueError:
        return False
    return -1 <= ahead.days <= DAYS_AHEAD


def _known(query: QueryDict, name: str, known: object) -> tuple[str, ...]:
    values = query.getlist(name)
    return tuple(dict.fromkeys(v for v in values if v in known)) if values else ()  # type: ignore[operator]


def _reach(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 < found <= ANY_DISTANCE_KM else None


class ToldForm(forms.Form):
    """What somebody who comes tells the hosts. All of it may be left out."""

    first_time = forms.BooleanField(required=False, label=_("It is my first time"))
    guests = forms.TypedChoiceField(
        required=False,
        label=_("Who comes with you?"),
        choices=Guests.choices,
        coerce=int,
    )
    guests_words = forms.CharField(
        required=False,
        max_length=GUESTS_WORDS_MOST,
        label=_("Who they are, if you like"),
        widget=forms.TextInput(attrs={"placeholder": _("my sister"), "autocomplete": "off"}),
    )
    needs = forms.MultipleChoiceField(
        required=False,
        label=_("What would help you there?"),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vh"}),
    )
    needs_words = forms.CharField(
        required=False,
        max_length=NEEDS_WORDS_MOST,
        label=_("Anything else, in your own words"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    offers = forms.MultipleChoiceField(
        required=False,
        label=_("What would you do there?"),
        choices=Offer.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "vh"}),
    )
    is_for_once = forms.BooleanField(required=False, label=_("Only for this date"))

    @classmethod
    def showing(cls, told: Told) -> "ToldForm":
        """Return the form with what was told before."""
        return cls(
            initial={
                "first_time": told.first_time,
                "guests": told.guests,
                "guests_words": told.guests_words,
                "needs": list(told.needs),
                "needs_words": told.needs_words,
                "offers": list(told.offers),
            }
        )

    @property
    def told(self) -> Told:
        """What they tell, once it is valid; who says whom they bring brings somebody."""
        data = self.cleaned_data
        return Told(
            first_time=data["first_time"],
            guests=data["guests"] or (Guests.ONE if data["guests_words"] else Guests.NOBODY),
            guests_words=data["guests_words"],
            needs=tuple(data["needs"]),
            needs_words=data["needs_words"],
            offers=tuple(data["offers"]),
        )
