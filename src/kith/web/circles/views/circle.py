"""The page of a circle."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.web.circles import access
from kith.web.people.models import Person
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def circle(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show a circle to somebody who sits in it."""
    chair = access.open_chair(person, token)
    return render(request, "circles/circle.html", {"chair": chair, "current": "circle"})
