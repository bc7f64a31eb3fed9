"""What studies found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.web.people.models import Person
from kith.web.people.views.doors import for_me
from kith.web.study import access, queries


@require_safe
@for_me
def report(request: HttpRequest, _person: Person, token: str) -> HttpResponse:
    """Show what a study found."""
    found = access.open_report(token)
    shown = {"report": found, "page": queries.page_of(found.body), "current": "you"}
    return render(request, "study/report.html", shown)
