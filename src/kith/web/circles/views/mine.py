"""Stands in for the page of wishing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kith.web.people.models import Person
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def mine(_request: HttpRequest, _person: Person) -> HttpResponse:
    """Lead to Tonight."""
    return redirect("tonight:tonight")
