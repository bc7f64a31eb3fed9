"""The page of a room, what stands behind "Not okay", and the way out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.rooms import access, actions
from kith.web.rooms.queries import page as queries
from kith.web.rooms.views.doors import refused
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def room(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show the lobby of a room; its script opens the room behind it."""
    seat = access.open_seat(person, token)
    try:
        actions.refuse_if_shut(seat=seat)
    except RefusalError as error:
        return refused(request, error, back=seat.room.back)
    page = queries.page_of(seat, zone=browsers.zone_of(request))
    response = render(request, "rooms/room.html", {"room": seat.room, "page": page})
    # This page alone may ask for them, for itself only.
    response["Permissions-Policy"] = "camera=(self), microphone=(self), autoplay=(self)"
    return response


@require_POST
@for_me_among_others
def leave(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Get up, and go where the room came from."""
    seat = access.open_seat(person, token)
    actions.leave(seat=seat)
    if seat.room.back:
        return HttpResponseRedirect(seat.room.back)
    return redirect("rooms:left", token)


@require_safe
@for_me_among_others
def left(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Say that somebody left, and until when they may come back."""
    seat = access.open_seat(person, token)
    shown = {
        "room": seat.room,
        "is_open": queries.is_open(seat.room, at=timezone.now()),
        "until": queries.until(seat, zone=browsers.zone_of(request)),
    }
    return render(request, "rooms/left.html", shown)


@require_safe
@for_me_among_others
def not_okay(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Offer to keep away from somebody, to tell a steward, and to leave."""
    seat = access.open_seat(person, token)
    shown = {"room": seat.room, "others": queries.beside(seat)}
    return render(request, "rooms/not_okay.html", shown)
