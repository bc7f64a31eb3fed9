"""What somebody is asked: would they sit with these people?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.web.circles import access
from kith.web.people.models import Person
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def asked(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show somebody the circle they are asked to sit in."""
    chair = access.open_ask(person, token)
    return render(request, "circles/circle_asked.html", {"chair": chair, "current": "circle"})
