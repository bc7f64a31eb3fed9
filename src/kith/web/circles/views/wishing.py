"""The form of a wish: a minute on a phone. Nothing that was typed is lost, and the map is inside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.web.circles import access, actions
from kith.web.circles.choices import Reach, Way
from kith.web.circles.forms import WishForm
from kith.web.circles.forms.wishing import BOTH
from kith.web.circles.views.said import zone_of
from kith.web.people import queries as people
from kith.web.people.bridge import homes
from kith.web.people.choices import Topic
from kith.web.people.choices.week import PER_WEEK, Week, packed
from kith.web.people.forms import HoursForm, TownForm
from kith.web.people.models import Cell, Person, Said
from kith.web.people.views.doors import read_or_sent
from kith.web.safety.views.doors import for_me_among_others

# Of each field, the part of the page where it is; all others are in the last.
_PARTS: Final = {
    "wants": "wants", "way": "way", "reach": "way", "cell": "home", "languages": "languages",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it is shown: what is in it, what is wrong, and how far a home is found."""

    form: WishForm
    hours: HoursForm
    wrong_hours: str = ""
    is_faulty: bool = False
    town: TownForm = field(default_factory=TownForm)
    wrong_town: str = ""
    spots: tuple[tuple[str, Cell], ...] = ()
    map: homes.Map | None = None

    @property
    def home(self) -> homes.Home | None:
        """The square that is chosen so far."""
        cell = _cell(self.form["cell"].value() or "")
        return homes.home_of([cell.row, cell.column]) if cell else None

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, and the part of the page where it is."""
        if not self.is_faulty:
            return []
        found = [
            (_PARTS.get(name, "brings"), str(wrong[0])) for name, wrong in self.form.errors.items()
        ]
        return [*found, ("hours", self.wrong_hours)] if self.wrong_hours else found


@read_or_sent
@for_me_among_others
def wish(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody the form of their wish, and keep what they send."""
    said = people.all_said_by(person)
    make = _maker(person, said)
    if request.method != "POST":
        held = said[Topic.HOURS].value["week"] if Topic.HOURS in said else packed(())
        return _show(request, Draft(make(None), HoursForm(initial={"week": held})))
    sent = _with_square(request.POST)
    form, hours = make(sent), HoursForm(sent)
    week = hours.hours if hours.is_valid() else frozenset()
    kept = HoursForm(initial={"week": packed(week)})
    if _looks_for_home(sent):
        return _show(request, _finding(sent, form, kept))
    wrong = _wrong_hours(hours, week)
    if not form.is_valid() or wrong:
        draft = Draft(form, kept, wrong_hours=wrong, is_faulty=True)
        return _show(request, draft, status=400)
    zone = zone_of(request, people.clock_of(person))
    actions.wish(person=person, wished=_wished(form, week, said, zone), at=datetime.now(UTC))
    return redirect("circles:mine")


def _maker(person: Person, said: Mapping[Topic, Said]) -> Any:
    """Return what makes the form for `person`, of what was sent or of what they said before."""
    seated = [chair for chair in access.chairs_of(person) if not chair.looks_on]
    offered: dict[str, Any] = {
        "spaces": people.spaces_of(person),
        "may_circle": not seated,
        "initial": WishForm.held(access.wish_of(person), said, language=_language()),
    }
    if seated:
        offered["initial"]["wants"] = "pair"
    return lambda sent: WishForm(sent, **offered)


def _show(request: HttpRequest, draft: Draft, status: int = 200) -> HttpResponse:
    shown = {"draft": draft, "form": draft.form, "current": "circle"}
    return render(request, "circles/wish.html", shown, status=status)


def _wished(form: WishForm, week: Week, said: Mapping[Topic, Said], zone: str) -> actions.Wished:
    cleaned, told = form.cleaned_data, form.said
    for topic in (Topic.GIVES, Topic.RECEIVES):
        words = said[topic].value["words"] if topic in said else ""
        told[topic] = {**told[topic], "words": words}
        if not any(told[topic].values()):
            told[topic] = None
    hours = said.get(Topic.HOURS)
    if hours is None or hours.value["week"] != packed(week):
        told[Topic.HOURS] = {"week": packed(week), "zone": zone}
    return actions.Wished(
        circle=cleaned["wants"] in {"circle", BOTH},
        pair=cleaned["wants"] in {"pair", BOTH},
        way=Way(cleaned["way"]),
        reach=Reach(cleaned["reach"]),
        brings=cleaned["brings"],
        roles=cleaned["roles"],
        only_among=cleaned["only_among"],
        said=told,
    )


def _wrong_hours(hours: HoursForm, week: Week) -> str:
    """Return what is wrong with the hours: people meet for one whole hour."""
    if not hours.is_valid():
        return str(next(iter(hours.errors.values()))[0])
    if not week:
        return _("Say when you have time: one part of one day is enough.")
    if not any((half + 1) % PER_WEEK in week for half in week):
        return _("People meet for an hour. Choose two half-hours in a row, somewhere.")
    return ""


# ---- roughly where home is: what is typed here is read, and not kept ----------------------------
def _with_square(sent: QueryDict) -> QueryDict:
    """Return what was sent, with the square that was just chosen on the map."""
    if "square" not in sent:
        return sent
    copied = sent.copy()
    copied["cell"], copied["town"] = str(sent["square"]), ""
    return copied


def _looks_for_home(sent: QueryDict) -> bool:
    return bool({"look", "around", "square"} & sent.keys()) or bool(sent.get("town", "").strip())


def _finding(sent: QueryDict, form: WishForm, hours: HoursForm) -> Draft:
    """Return the form as it was sent, one step further towards a home."""
    around = _cell(sent.get("around", ""))
    if "square" in sent:
        return Draft(form, hours)
    if around is not None:
        return Draft(form, hours, map=homes.map_around(around))
    town = TownForm(sent)
    if not town.is_valid():
        return Draft(form, hours, town=town, wrong_town=_("Type a town or a postcode near you."))
    spots = homes.spots_named(town.cleaned_data["town"])
    if not spots:
        wrong = _("We do not know that place. Try the next larger town.")
        return Draft(form, hours, town=town, wrong_town=wrong)
    cells = [(spot.name, Cell.at(spot.latitude, spot.longitude)) for spot in spots]
    if len(cells) > 1:
        return Draft(form, hours, spots=tuple(cells))
    return Draft(form, hours, map=homes.map_around(cells[0][1]))


def _cell(code: str) -> Cell | None:
    try:
        return Cell.coded(code)
    except ValueError:
        return None


def _language() -> str:
    return (get_language() or "").partition("-")[0]
