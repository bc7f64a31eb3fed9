"""Who comes, for those who hold it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.gatherings import access, actions, queries
from kith.web.gatherings.models import Gathering
from kith.web.gatherings.views.said_dates import date_of_page
from kith.web.people.models import Person
from kith.web.people.views.browsers import next_of
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def arrivals(request: HttpRequest, person: Person, slug: str, on: str) -> HttpResponse:
    """Show a host who comes, as they chose to tell."""
    found = access.open_hosted(person, slug)
    return _show(request, person, found, date_of_page(on))


@require_POST
@for_me_among_others
def greet(request: HttpRequest, person: Person, slug: str, on: str) -> HttpResponse:
    """Let a host meet somebody at the door, or take that back."""
    found, day = access.open_hosted(person, slug), date_of_page(on)
    guest = access.open_arrival(person, found, day, request.POST.get("person", ""))
    will = actions.look_out_no_more if request.POST.get("will") == "no" else actions.look_out_for
    try:
        will(host=person, guest=guest, gathering=found, on=day)
    except RefusalError as error:
        return _show(request, person, found, day, refusal=error)
    return redirect(next_of(request, _page(found, day)))


@require_POST
@for_me_among_others
def here(request: HttpRequest, person: Person, slug: str, on: str) -> HttpResponse:
    """Remember whether a host sees somebody there."""
    found, day = access.open_hosted(person, slug), date_of_page(on)
    guest = access.open_arrival(person, found, day, request.POST.get("person", ""))
    is_here = request.POST.get("here") == "yes"
    try:
        actions.mark_here(host=person, guest=guest, gathering=found, on=day, is_here=is_here)
    except RefusalError as error:
        return _show(request, person, found, day, refusal=error)
    return redirect(next_of(request, _page(found, day)))


def _page(found: Gathering, on: date) -> str:
    return reverse("gatherings:arrivals", args=[found.slug, on.isoformat()]) + "#door"


def _show(
    request: HttpRequest,
    person: Person,
    found: Gathering,
    on: date,
    *,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    context = {
        "gathering": found,
        "on": on,
        "arrivals": queries.arrivals_of(found, on, seen_by=person),
        "back": _page(found, on),
        "refusal": refusal,
        "current": "gatherings",
    }
    status = 400 if refusal else 200
    return render(request, "gatherings/arrivals.html", context, status=status)
