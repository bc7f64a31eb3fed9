"""What hosts write of a gathering: little, in plain words, and nothing of it is lost."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.gatherings import queries
from kith.web.gatherings.bridge import hours, plans, spots
from kith.web.gatherings.bridge.finding import Spot
from kith.web.gatherings.bridge.plans import Plan, Rhythm
from kith.web.gatherings.choices import (
    ACCESS,
    AUDIENCE,
    PHYSICAL,
    PRACTICES,
    SPACES,
    FoundBy,
    Mode,
    Openness,
    Touch,
    language_name,
)
from kith.web.gatherings.models import Gathering, Place

ONCE, WEEKLY, MONTHLY, SAME = "once", "weekly", "monthly", "same"
LANGUAGES = (
    "en",
    "es",
    "fr",
    "ase",
    "ar",
    "de",
    "it",
    "pl",
    "pt",
    "ru",
    "so",
    "tl",
    "uk",
    "vi",
    "zh",
)
_ACCESS_ASKED = (
    "step_free", "step_free_toilet", "hearing_loop", "sign_language", "low_vision",
    "children_welcome", "childcare", "pets_welcome", "fragrance_free", "outdoors", "parking",
)  # fmt: skip
_AUDIENCE_ASKED = (
    "women", "men", "nonbinary", "transgender", "lgbtq", "young_people", "seniors", "students",
    "newcomers", "family_friends", "indigenous", "people_of_color", "veterans", "dual_diagnosis",
    "chronic_illness",
)  # fmt: skip
_MINUTES = (30, 45, 60, 75, 90, 120, 150, 180, 240)
_WORDS = (
    "name", "about", "risk_words", "room_words", "first_aid_words", "waiver", "naloxone_words",
    "authority_words", "join_url", "join_note",
)  # fmt: skip
_KEPT = (*_WORDS, "practice", "mode", "touch", "found_by", "languages", "audience", "access")
WAIVER = _(
    "I go as far as I want to, and stop when I like. What I do here is my own choice and at my "
    "own risk."
)


class _Chips(forms.CheckboxSelectMultiple):
    """Boxes that stand unseen before their chips."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "vh"}, **kwargs)


class _Choice(forms.RadioSelect):
    """One of a few, as chips."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "vh"}, **kwargs)


def _words_field(most: int, *, is_long: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if is_long else forms.TextInput()
    return forms.CharField(max_length=most, required=False, strip=True, widget=widget)


class HostingForm(forms.Form):
    """One page: what, when, where, for whom, and what the first time is like."""

    name = forms.CharField(
        max_length=80,
        strip=True,
        error_messages={"required": _("Give it a name, such as “Riverside choir”.")},
    )
    practice = forms.ChoiceField(required=False)

    repeat = forms.ChoiceField(
        widget=_Choice,
        error_messages={"required": _("Say whether it is once, every week or every month.")},
    )
    on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date like 2026-12-24.")},
    )
    weekday = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=sorted(WEEKDAYS.items())
    )
    nths = forms.TypedMultipleChoiceField(
        required=False,
        coerce=int,
        widget=_Chips,
        choices=(
            (1, _("first")),
            (2, _("second")),
            (3, _("third")),
            (4, _("fourth")),
            (-1, _("last")),
        ),
    )
    start = forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Say when it starts."),
            "invalid": _("Write the time like 19:00."),
        },
    )
    minutes = forms.TypedChoiceField(coerce=int)

    mode = forms.ChoiceField(
        widget=_Choice,
        choices=Mode.choices,
        error_messages={"required": _("Say whether people meet in person, online, or both.")},
    )
    place_name = _words_field(120)
    street = _words_field(160)
    town = _words_field(80)
    town_meant = forms.CharField(required=False, max_length=120)
    point = _words_field(60)
    find_the_door = _words_field(600, is_long=True)
    join_url = forms.URLField(
        required=False,
        max_length=2000,
        assume_scheme="https",
        error_messages={"invalid": _("Copy the whole link, as in https://…")},
    )
    join_note = _words_field(300)

    languages = forms.MultipleChoiceField(required=False, widget=_Chips)
    audience = forms.MultipleChoiceField(required=False, widget=_Chips)
    found_by = forms.ChoiceField(widget=_Choice, choices=FoundBy.choices)
    touch = forms.ChoiceField(choices=Touch.choices)
    access = forms.MultipleChoiceField(required=False, widget=_Chips)

    meets = _words_field(300, is_long=True)
    begins = _words_field(800, is_long=True)
    ends = _words_field(300, is_long=True)
    about = forms.CharField(
        max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    risk_words = _words_field(500, is_long=True)
    room_words = _words_field(200)
    first_aid_words = _words_field(200)
    waiver = _words_field(1000, is_long=True)
    naloxone_words = _words_field(200)
    authority_words = _words_field(200)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        gathering: Gathering | None = None,
        zone: str = "",
    ) -> None:
        """Make a form for a new gathering, or for one that is there, by the clock of `zone`."""
        self.gathering = gathering
        self._zone = zone or settings.TIME_ZONE
        self.meant: tuple[str, ...] = ()
        self._place: Place | None = None
        super().__init__(data, initial=_initial(gathering), use_required_attribute=False)
        self._offer_choices()

    def _offer_choices(self) -> None:
        held = self.gathering
        repeats = [(ONCE, _("Once")), (WEEKLY, _("Every week")), (MONTHLY, _("Every month"))]
        if held and held.rule and plans.rhythm_of(held.rule) is None:
            repeats.append((SAME, _("As it is now")))
        self._choose("repeat", repeats)
        practices = sorted(PRACTICES.items(), key=lambda pair: str(pair[1]))
        self._choose("practice", [("", _("Something else")), *practices])
        lengths = {*_MINUTES, (held.minutes or 60) if held else 60}
        self._choose("minutes", [(n, _said_minutes(n)) for n in sorted(lengths)])
        for field, asked, known in (
            ("languages", LANGUAGES, language_name),
            ("audience", _AUDIENCE_ASKED, AUDIENCE.__getitem__),
            ("access", _ACCESS_ASKED, ACCESS.__getitem__),
        ):
            has = getattr(held, field) if held else ()
            codes = dict.fromkeys((*asked, *has))
            self._choose(field, [(code, known(code)) for code in codes])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for types only
        field.choices = choices

    @override
    def clean(self) -> dict[str, Any]:
        """Return what was written, once it is enough to find it, and safe enough to come to."""
        cleaned = super().clean() or self.cleaned_data
        self._check_when(cleaned)
        self._check_where(cleaned)
        if cleaned.get("found_by") == FoundBy.THEIRS and SPACES.isdisjoint(
            cleaned.get("audience", ())
        ):
            self.add_error("audience", _("Choose whom it is kept for, or let everybody find it."))
        if cleaned.get("practice") in PHYSICAL:
            self._check_physical(cleaned)
        return cleaned

    def _check_when(self, cleaned: dict[str, Any]) -> None:
        repeat = cleaned.get("repeat")
        if repeat == ONCE and "on" in cleaned and not self._is_ahead(cleaned["on"]):
            self.add_error("on", _("Choose the date. It has to be ahead."))
        if repeat in {WEEKLY, MONTHLY} and cleaned.get("weekday") is None:
            self.add_error("weekday", _("Choose the day."))
        if repeat == MONTHLY and not cleaned.get("nths"):
            self.add_error("nths", _("Choose which of them: the first, the last …"))

    def _is_ahead(self, on: Any) -> bool:
        return on is not None and on >= timezone.localdate(timezone=hours.zone(self._zone))

    def _check_where(self, cleaned: dict[str, Any]) -> None:
        mode = cleaned.get("mode")
        if mode in {Mode.ONLINE, Mode.HYBRID} and cleaned.get("join_url") == "":
            self.add_error("join_url", _("Give the link by which people join."))
        if mode in {Mode.IN_PERSON, Mode.HYBRID}:
            if not cleaned.get("place_name", "") and not cleaned.get("street", ""):
                self.add_error("place_name", _("Name the place, or its street and number."))
            spot = self._spot(cleaned)
            if spot is not None:
                self._place = self._placed(spot, cleaned)

    def _spot(self, cleaned: dict[str, Any]) -> Spot | None:
        town = " ".join(cleaned.get("town", "").split())
        if not town:
            self.add_error("town", _("Name the town."))
            return None
        was = self.gathering.place if self.gathering else None
        if was is not None and was.has_point and town == _town_of(was):
            return Spot(was.latitude or 0.0, was.longitude or 0.0, town)
        found = spots.spots_named(town)
        chosen = [spot for spot in found if spot.name == cleaned.get("town_meant", "")]
        spot = chosen[0] if chosen else plans.meant_by(found, self._zone)
        if not found:
            self.add_error(
                "town", _("We know no town called so. Try the next larger one, or a postcode.")
            )
        elif spot is None:
            self.meant = tuple(spot.name for spot in found)
            self.add_error("town", _("There is more than one. Choose below."))
        return spot

    def _placed(self, spot: Spot, cleaned: dict[str, Any]) -> Place:
        city = spot.name.partition(",")[0].strip()
        known = queries.door_like(cleaned.get("place_name", ""), cleaned.get("street", ""), city)
        was = self.gathering.place if self.gathering else None
        if was is not None and not was.is_approximate and _same_door(was, cleaned):
            known = was
        place = plans.place_at(
            spot,
            known,
            name=cleaned.get("place_name", ""),
            street=cleaned.get("street", ""),
            find_the_door=cleaned.get("find_the_door", ""),
        )
        if cleaned.get("point", ""):
            point = spots.spot_at(cleaned.get("point", ""))
            if point is None:
                self.add_error("point", _("Write it like 53.3498, -6.2603."))
            else:
                place.latitude, place.longitude = point.latitude, point.longitude
                place.is_approximate = False
        return place

    def _check_physical(self, cleaned: dict[str, Any]) -> None:
        asked = {
            "risk_words": _("Say what can happen, so that people can decide for themselves."),
            "room_words": _("Say how many you can look after."),
            "first_aid_words": _("Say who knows first aid, or where help is."),
        }
        for name, words in asked.items():
            if name in cleaned and not cleaned[name]:
                self.add_error(name, words)
        if not cleaned.get("waiver"):
            cleaned["waiver"] = str(WAIVER)

    def plan(self) -> Plan:
        """Return what was written as a gathering can keep it."""
        cleaned = self.cleaned_data
        fields = {name: cleaned[name] for name in _KEPT}
        is_online = cleaned["mode"] == Mode.ONLINE
        if cleaned["mode"] == Mode.IN_PERSON:
            fields |= {"join_url": "", "join_note": ""}
        zone = plans.zone_of(self._place) if self._place else ""
        kept = self.gathering.timezone if self.gathering and is_online else ""
        fields |= {
            "timezone": zone or kept or self._zone,
            "rule": self._rule(),
            "first_on": cleaned["on"] if cleaned["repeat"] in {WEEKLY, MONTHLY} else None,
            "start": cleaned["start"],
            "minutes": cleaned["minutes"],
            "first_time": self._steps(),
            "openness": Openness.CLOSED if cleaned["audience"] else Openness.OPEN,
        }
        once = cleaned["on"] if cleaned["repeat"] == ONCE else None
        if cleaned["repeat"] == SAME and self.gathering:
            fields["first_on"] = self.gathering.first_on
        return Plan(fields=fields, place=None if is_online else self._place, once=once)

    def _rule(self) -> str:
        cleaned = self.cleaned_data
        if cleaned["repeat"] == SAME and self.gathering:
            return self.gathering.rule
        if cleaned["repeat"] == ONCE:
            return ""
        nths = tuple(cleaned["nths"]) if cleaned["repeat"] == MONTHLY else ()
        return Rhythm(cleaned["weekday"], nths).rule

    def _steps(self) -> str:
        cleaned = self.cleaned_data
        said = (cleaned["meets"], cleaned["begins"], cleaned["ends"])
        return plans.steps_text(said, start=cleaned["start"], minutes=cleaned["minutes"])


def _initial(gathering: Gathering | None) -> dict[str, Any]:
    """Return what the form shows before anybody typed."""
    if gathering is None:
        return {
            "repeat": WEEKLY, "mode": Mode.IN_PERSON, "minutes": 90, "touch": Touch.NONE,
            "found_by": FoundBy.ALL, "languages": ["en"],
        }  # fmt: skip
    shown = {name: getattr(gathering, name) for name in (*_KEPT, "start", "minutes")}
    shown |= dict(zip(("meets", "begins", "ends"), plans.said_of_steps(gathering), strict=True))
    shown |= _initial_when(gathering)
    shown["touch"] = gathering.touch or Touch.NONE
    if gathering.place:
        place = gathering.place
        shown |= {
            "place_name": place.name, "street": place.street, "town": _town_of(place),
            "find_the_door": place.find_the_door,
        }  # fmt: skip
    return shown


def _initial_when(gathering: Gathering) -> dict[str, Any]:
    if not gathering.rule:
        return {"repeat": ONCE, "on": queries.only_date_of(gathering)}
    rhythm = plans.rhythm_of(gathering.rule)
    if rhythm is None:
        return {"repeat": SAME}
    return {
        "repeat": MONTHLY if rhythm.nths else WEEKLY,
        "weekday": rhythm.weekday,
        "nths": rhythm.nths,
        "on": gathering.first_on,
    }


def _town_of(place: Place) -> str:
    return ", ".join(filter(None, (place.city, place.region)))


def _same_door(place: Place, cleaned: dict[str, Any]) -> bool:
    said = tuple(cleaned.get(name) for name in ("place_name", "street", "town"))
    return said == (place.name, place.street, _town_of(place))


def _said_minutes(count: int) -> str:
    whole, rest = divmod(count, 60)
    if not whole:
        return gettext("%(count)d minutes") % {"count": count}
    half = {0: "", 15: "¼", 30: "½", 45: "¾"}.get(rest)
    if half is None:
        return gettext("%(count)d minutes") % {"count": count}
    if (whole, half) == (1, ""):
        return gettext("one hour")
    return gettext("%(count)s hours") % {"count": f"{whole}{half}"}
