"""The page of a circle, of one who sits there, and the door of its room."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.errors import RefusalError
from kith.web.circles import access, actions
from kith.web.circles.models import Chair
from kith.web.circles.queries import circle as queries
from kith.web.circles.queries.evenings import calendar_of, has_own_room
from kith.web.notices import actions as notices
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.rooms.views.doors import refused
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def circle(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show a circle to somebody who sits in it."""
    chair = access.open_chair(person, token)
    notices.saw_page(person=person, paths=actions.paths_of(chair.circle))
    return show(request, chair)


@require_safe
@for_me_among_others
def seated(request: HttpRequest, person: Person, token: str, reference: str) -> HttpResponse:
    """Show one who sits in a circle to another who does."""
    chair = access.open_chair(person, token)
    other = access.open_seated(person, chair.circle, reference)
    shown = {
        "card": queries.seat_card_of(other, seen_by=chair, at=timezone.now()),
        **base_of(chair),
    }
    return render(request, "circles/circle_person.html", shown)


@require_safe
@for_me_among_others
def door(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Lead into the room while its door is open; before and after, to the page that says when."""
    chair = access.open_chair(person, token)
    now = timezone.now()
    calendar = calendar_of(chair.circle)
    on = calendar.next_on(at=now)
    is_open = calendar.is_door_open(on, at=now)
    if is_open and chair.circle.link.startswith("https://"):
        return HttpResponseRedirect(chair.circle.link)
    if is_open and has_own_room(chair.circle):
        return _into_room(request, chair, on)
    return redirect("circles:circle", token)


def _into_room(request: HttpRequest, chair: Chair, on: date) -> HttpResponse:
    try:
        return redirect(actions.room_of_evening(chair=chair, on=on))
    except RefusalError as error:
        return refused(request, error, back=reverse("circles:circle", args=[chair.circle.token]))


def show(
    request: HttpRequest, chair: Chair, *, refusal: RefusalError | None = None
) -> HttpResponse:
    """Return the page of the circle of `chair`; what could not be done is said on it."""
    page = queries.page_of(chair, at=timezone.now(), zone=browsers.zone_of(request))
    shown = {**base_of(chair), "page": page, "refusal": refusal}
    return render(request, "circles/circle.html", shown, status=400 if refusal else 200)


def base_of(chair: Chair) -> dict[str, Any]:
    """Return what each page of a circle shows."""
    circle = chair.circle
    return {
        "circle": circle,
        "chair": chair,
        "name": queries.name_of(circle),
        "farewell": actions.farewell_of(chair.person),
        "current": "circle",
    }
