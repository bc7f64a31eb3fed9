"""The cards of a guided conversation for one or two people at one phone, without any call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.web.rooms.queries import prompts
from kith.web.rooms.queries.prompts import Use

# What there is to do for one or two, in the order in which it goes nearer.
SHOWN = (Use.PRACTICE, *prompts.SETS, Use.LISTENING, Use.CLOSING)


@require_safe
def conversation(request: HttpRequest) -> HttpResponse:
    """Show the guide for people who are in one place, and below it every card to read."""
    return render(request, "rooms/alone.html", {"decks": prompts.decks(*SHOWN)})
