"""Somebody answers a gathering."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kith.errors import RefusalError
from kith.web.gatherings import access, actions
from kith.web.gatherings.choices import Answer
from kith.web.gatherings.forms import ToldForm
from kith.web.gatherings.views.gathering import show
from kith.web.gatherings.views.said_dates import date_said
from kith.web.people.models import Person
from kith.web.people.views.browsers import next_of
from kith.web.people.views.doors import for_me
from kith.web.safety.views.doors import for_me_among_others


@require_POST
@for_me
def answer(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Remember whether somebody comes, and show the gathering again."""
    found = access.open_gathering(slug, seen_by=person)
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
@for_me_among_others
def tell(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Keep what somebody tells the hosts, and show the gathering again."""
    found = access.open_gathering(slug, seen_by=person)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return show(request, found, form=form)
    try:
        actions.tell_hosts(
            person=person,
            gathering=found,
            on=_date(request.POST.get("on", "")),
            told=form.told,
            is_for_once=form.cleaned_data["is_for_once"],
        )
    except RefusalError as error:
        return show(request, found, refusal=error, form=form)
    return redirect(f"{found.get_absolute_url()}#coming")


@require_POST
@for_me_among_others
def ask_for_company(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Tell the hosts that somebody would like company."""
    found = access.open_gathering(slug, seen_by=person)
    try:
        on = _date(request.POST.get("on", ""))
        actions.ask_for_company(person=person, gathering=found, on=on)
    except RefusalError as error:
        return show(request, found, refusal=error)
    return redirect(next_of(request, found.get_absolute_url()))


@require_POST
@for_me_among_others
def answer_ask(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Remember whether somebody would sit with somebody new."""
    found = access.open_gathering(slug, seen_by=person)
    try:
        on = _date(request.POST.get("on", ""))
        actions.answer_ask(
            person=person, gathering=found, on=on, will_sit=request.POST.get("will") == "yes"
        )
    except RefusalError as error:
        return show(request, found, refusal=error)
    return redirect(next_of(request, found.get_absolute_url()))


@require_POST
@for_me
def was_there(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Remember whether somebody was there; if so, go on to whom they talked with."""
    found = access.open_gathering(slug, seen_by=person)
    was_there = request.POST.get("was") == "yes"
    try:
        on = _date(request.POST.get("on", ""))
        actions.say_was_there(person=person, gathering=found, on=on, was_there=was_there)
    except RefusalError as error:
        return show(request, found, refusal=error)
    if was_there:
        return redirect("gatherings:after", slug=slug, on=on.isoformat())
    return redirect(next_of(request, found.get_absolute_url()))


def _date(text: str) -> date:
    found = date_said(text)
    if found is None:
        raise actions.NoSuchDateError
    return found
