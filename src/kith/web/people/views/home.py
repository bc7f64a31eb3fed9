"""Roughly where somebody lives: nine squares around a town, of which they choose one, or none."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.web.people import actions, forms
from kith.web.people.bridge import homes
from kith.web.people.choices import Topic
from kith.web.people.models import Cell, Person
from kith.web.people.views.about import HOME, Finding, show_about, to_saved
from kith.web.people.views.doors import for_me


@require_POST
@for_me
def home_map(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the map around what somebody typed, or around a square. Neither is kept."""
    around = forms.CellForm(request.POST)
    if around.is_valid():
        found = Finding(map=homes.map_around(around.cleaned_data["cell"]))
        return show_about(request, person, finding=found)
    return show_about(request, person, finding=_found(forms.TownForm(request.POST)))


@require_POST
@for_me
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """Keep the square that somebody chose."""
    form = forms.CellForm(request.POST)
    if not form.is_valid():
        finding = Finding(refusal=_("Choose one of the squares."))
        return show_about(request, person, finding=finding)
    cell: Cell = form.cleaned_data["cell"]
    actions.say(person=person, topic=Topic.HOME, value=[cell.row, cell.column])
    return to_saved(HOME)


@require_POST
@for_me
def forget_home(_request: HttpRequest, person: Person) -> HttpResponse:
    """Forget where somebody lives."""
    actions.unsay(person=person, topic=Topic.HOME)
    return to_saved(HOME)


def _found(form: forms.TownForm) -> Finding:
    if not form.is_valid():
        return Finding(form, refusal=_("Type a town or a postcode near you."))
    spots = homes.spots_named(form.cleaned_data["town"])
    if not spots:
        return Finding(form, refusal=_("We do not know that place. Try the next larger town."))
    cells = [(spot.name, Cell.at(spot.latitude, spot.longitude)) for spot in spots]
    if len(cells) > 1:
        return Finding(form, spots=tuple(cells))
    return Finding(map=homes.map_around(cells[0][1]))
