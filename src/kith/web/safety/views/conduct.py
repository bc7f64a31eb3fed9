"""How people are with each other here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """Show what everybody here can expect of everybody."""
    return render(request, "safety/conduct.html")
