"""Where "Circle" leads: to the circle somebody sits in, to what they are asked, or to their wish."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_POST, require_safe

from kith.web.circles import access, actions
from kith.web.circles.models import Chair, Wish
from kith.web.circles.views.said import facts_of, hour_for, missing_of
from kith.web.people import access as people
from kith.web.people import queries as people_queries
from kith.web.people.models import Person
from kith.web.people.views.doors import unkept
from kith.web.safety import access as safety
from kith.web.safety.views.doors import for_me_among_others


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead somebody to what is theirs; tell whoever has nothing here yet what a circle is."""
    try:
        person = safety.me_among_others(request)
    except people.StrangerError:
        return render(request, "circles/wish_what.html", {"current": "circle", "is_stranger": True})
    except safety.PausedError as error:
        shown = {"current": "circle", "refusal": error}
        return unkept(render(request, "circles/wish_what.html", shown))
    return unkept(_mine(request, person))


@require_POST
@for_me_among_others
def rest_wish(_request: HttpRequest, person: Person) -> HttpResponse:
    """Let the wish of somebody rest for some weeks."""
    actions.rest_wish(person=person, at=datetime.now(UTC))
    return redirect("circles:mine")


@require_POST
@for_me_among_others
def wake_wish(_request: HttpRequest, person: Person) -> HttpResponse:
    """Look again for somebody whose wish rested."""
    actions.wake_wish(person=person)
    return redirect("circles:mine")


@require_POST
@for_me_among_others
def take_back_wish(_request: HttpRequest, person: Person) -> HttpResponse:
    """Forget what somebody wished for."""
    actions.take_back_wish(person=person, at=datetime.now(UTC))
    return redirect("circles:mine")


def _mine(request: HttpRequest, person: Person) -> HttpResponse:
    chairs, asks = list(access.chairs_of(person)), list(access.asks_of(person))
    if len(chairs) == 1 and not asks:
        return redirect("circles:circle", chairs[0].circle.token)
    if len(asks) == 1 and not chairs:
        return redirect("circles:asked", asks[0].circle.token)
    if chairs or asks:
        return _several(request, [*chairs, *asks])
    wish = access.wish_of(person)
    if wish is None or not (wish.circle or wish.pair):
        return render(request, "circles/wish_what.html", {"current": "circle"})
    return _waiting(request, person, wish)


def _several(request: HttpRequest, chairs: list[Chair]) -> HttpResponse:
    rows = [(chair, hour_for(request, chair.circle)) for chair in chairs]
    return render(request, "circles/wish_several.html", {"rows": rows, "current": "circle"})


def _waiting(request: HttpRequest, person: Person, wish: Wish) -> HttpResponse:
    said = people_queries.all_said_by(person)
    is_resting = wish.rests_until is not None and wish.rests_until > datetime.now(UTC).date()
    shown = {
        "wish": wish,
        "is_resting": is_resting,
        "facts": facts_of(wish, said),
        "missing": missing_of(wish, said),
        "run_day": WEEKDAYS[settings.KITH_CIRCLES_DAY],
        "current": "circle",
    }
    return render(request, "circles/wish_waiting.html", shown)
