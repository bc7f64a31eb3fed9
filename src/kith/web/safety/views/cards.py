"""Somebody's card, and the distance that the one who looks at it keeps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kith.web.people.models import Person
from kith.web.people.views.browsers import next_of
from kith.web.people.views.doors import for_me
from kith.web.safety import access, actions, forms, queries
from kith.web.safety.choices import Kind
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def card(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """Show what somebody is called and chose to show, and how to keep away from them."""
    other = access.open_person(person, reference)
    return render(request, "safety/card.html", {"card": queries.card_of(other, seen_by=person)})


@require_POST
@for_me_among_others
def keep(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """Keep away from somebody."""
    other = access.open_person(person, reference)
    kind = _kind(request)
    actions.keep_away(person=person, other=other, kind=kind)
    if kind == Kind.BLOCK:
        return redirect("safety:distances")
    return redirect("safety:card", reference)


@require_POST
@for_me
def undo(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """No longer keep away from somebody."""
    distance = access.open_distance(person, reference, _kind(request))
    if distance is not None:
        actions.undo(distance=distance)
    return redirect(next_of(request, reverse("safety:distances")))


@require_safe
@for_me
def distances(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody whom they keep away from."""
    kept = queries.kept_by(person)
    return render(request, "safety/distances.html", {"kept": kept, "current": "you"})


def _kind(request: HttpRequest) -> Kind:
    form = forms.DistanceForm(request.POST)
    if not form.is_valid():
        raise Http404
    return Kind(form.cleaned_data["kind"])
