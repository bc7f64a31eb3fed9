"""Somebody answers a gathering."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from kith.errors import RefusalError
from kith.web.gatherings import access, actions
from kith.web.gatherings.choices import Answer
from kith.web.gatherings.views.gathering import show
from kith.web.people.models import Person
from kith.web.people.views.browsers import next_of
from kith.web.people.views.doors import for_me


@require_POST
@for_me
def answer(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Remember whether somebody comes, and show the gathering again."""
    found = access.open_gathering(slug)
    said = request.POST.get("answer", "")
    try:
        if said not in Answer.values:
            raise actions.NoSuchDateError
        is_every = "every" in request.GET
        on = None if is_every else _date(request.POST.get("on", ""))
        actions.answer(person=person, gathering=found, on=on, said=Answer(said))
    except RefusalError as error:
        return show(request, found, refusal=error)
    return redirect(next_of(request, found.get_absolute_url()))


@require_POST
@for_me
def was_there(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Remember whether somebody was there."""
    found = access.open_gathering(slug)
    try:
        on = _date(request.POST.get("on", ""))
        actions.say_was_there(
            person=person, gathering=found, on=on, was_there=request.POST.get("was") == "yes"
        )
    except RefusalError as error:
        return show(request, found, refusal=error)
    return redirect(next_of(request, found.get_absolute_url()))


def _date(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise actions.NoSuchDateError
    return found
