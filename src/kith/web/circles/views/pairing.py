"""The page of a listening pair: what somebody is asked, where the two meet, and that they did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.circles import access, actions
from kith.web.circles.models import Pair
from kith.web.circles.queries import pairing
from kith.web.notices import actions as notices
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.rooms.views.doors import refused
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def pair(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show somebody whom they may listen to this week, or what came of it."""
    found = access.open_pair(person, token, at=timezone.now())
    notices.saw_page(person=person, paths=[request.path])
    return _show(request, person, found)


@require_POST
@for_me_among_others
def answer_pair(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take down yes, or not this week."""
    now = timezone.now()
    found = access.open_pair(person, token, at=now)
    # Anything else than a yes is none: nobody is bound by what they did not say.
    is_yes = request.POST.get("answer") == "yes"
    try:
        actions.answer_pair(pair=found, person=person, is_yes=is_yes, at=now)
    except RefusalError as error:
        return _show(request, person, found, refusal=error)
    return _to(found)


@require_POST
@for_me_among_others
def where_of_pair(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Keep where the two meet."""
    found = access.open_begun_pair(person, token, at=timezone.now())
    try:
        if "room" in request.POST:
            actions.make_room(pair=found)
        else:
            actions.say_where(pair=found, words=request.POST.get("where", ""))
    except RefusalError as error:
        return _show(request, person, found, refusal=error, typed=request.POST.get("where", ""))
    return _to(found)


@require_safe
@for_me_among_others
def room_of_pair(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Lead into the room of kith while its door is open; before and after, to the page that says when."""
    found = access.open_begun_pair(person, token, at=timezone.now())
    if not pairing.is_door_open(found, at=timezone.now()):
        return _to(found)
    try:
        return redirect(actions.room_of_pair(pair=found))
    except RefusalError as error:
        return refused(request, error, back=reverse("circles:pair", args=[token]))


@require_safe
@for_me_among_others
def listening(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show the ten minutes: whose turn it is, and a card."""
    found = access.open_begun_pair(person, token, at=timezone.now())
    turn = pairing.turn_of(found, person, asked=request.GET)
    return render(request, "circles/pair_listening.html", {"turn": turn, "current": "circle"})


@require_POST
@for_me_among_others
def listened(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Note that they listened to each other."""
    now = timezone.now()
    found = access.open_begun_pair(person, token, at=now)
    try:
        actions.say_listened(pair=found, person=person, at=now)
    except RefusalError as error:
        return _show(request, person, found, refusal=error)
    return _to(found)


def _to(found: Pair) -> HttpResponse:
    return redirect("circles:pair", token=found.token)


def _show(
    request: HttpRequest,
    person: Person,
    found: Pair,
    *,
    refusal: RefusalError | None = None,
    typed: str | None = None,
) -> HttpResponse:
    now = timezone.now()
    shown = {
        "two": pairing.pair_as_seen_by(person, found, zone=browsers.zone_of(request), at=now),
        "typed": typed,
        "refusal": refusal,
        "current": "circle",
    }
    return render(request, "circles/pair.html", shown, status=400 if refusal else 200)
