"""Hosts call dates off, move them, rest, go on, and end it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from kith.errors import RefusalError
from kith.web.gatherings import access, actions, forms
from kith.web.gatherings.bridge import words
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering
from kith.web.people.models import Person
from kith.web.safety.views.doors import for_me_among_others

_Do = Callable[[HttpRequest, Gathering], HttpResponse | None]


class _FormError(RefusalError):
    """What was written about a date does not make sense yet."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def dates(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Show the dates of a gathering to its hosts, and change what they ask for."""
    found = access.open_hosted(person, slug)
    refusal = None
    if request.method == "POST":
        try:
            answer = _DOINGS.get(request.POST.get("do", ""), _nothing)(request, found)
            return answer or redirect("gatherings:dates", slug=slug)
        except RefusalError as error:
            refusal = error
    meetings = actions.meetings_ahead(found)
    typed_on = _parsed(request.POST.get("on", ""))
    shown = {
        "gathering": found,
        "meetings": meetings,
        "rhythm": words.said_rhythm(found),
        "is_open": found.status == Status.OPEN,
        "is_paused": found.status == Status.PAUSED,
        "is_waiting": found.status == Status.WAITING,
        "has_door": found.place_id is not None,
        # What they typed comes back to the date that they typed it for, while there is one.
        "typed": request.POST,
        "typed_on": typed_on if typed_on in {meeting.on for meeting in meetings} else None,
        "refusal": refusal,
        "current": "gatherings",
    }
    page = "gatherings/hosting_dates.html"
    return render(request, page, shown, status=400 if refusal else 200)


def _call_off(request: HttpRequest, found: Gathering) -> None:
    actions.call_off(gathering=found, on=_date(request), note=_note(request))


def _after_all(request: HttpRequest, found: Gathering) -> None:
    actions.meet_after_all(gathering=found, on=_date(request))


def _move(request: HttpRequest, found: Gathering) -> None:
    form = forms.ChangeForm(_typed_change(request), gathering=found)
    said = _valid(form)
    change = actions.Change(on=said["on"], at=said["at"], place=form.place, note=said["note"])
    actions.move(gathering=found, on=_date(request), change=change)


def _typed_change(request: HttpRequest) -> dict[str, str]:
    typed = {
        name: request.POST.get(name, "") for name in ("note", "at", "place_name", "street", "town")
    }
    return typed | {"on": request.POST.get("to", "")}


def _pause(request: HttpRequest, found: Gathering) -> None:
    actions.pause(gathering=found, note=_note(request))


def _go_on(_request: HttpRequest, found: Gathering) -> None:
    actions.go_on(gathering=found)


def _end(request: HttpRequest, found: Gathering) -> HttpResponse:
    actions.end(gathering=found, note=_note(request))
    return redirect("gatherings:yours")


def _nothing(_request: HttpRequest, _found: Gathering) -> None:
    """Do nothing: the form sent no word we know."""


_DOINGS: dict[str, _Do] = {
    "call_off": _call_off,
    "after_all": _after_all,
    "move": _move,
    "pause": _pause,
    "go_on": _go_on,
    "end": _end,
}


def _note(request: HttpRequest) -> str:
    return str(_valid(forms.NoteForm(request.POST))["note"])


def _valid(form: django_forms.Form) -> dict[str, Any]:
    """Return what the form says.

    Raises:
        _FormError: With the first thing that is wrong with it.
    """
    if not form.is_valid():
        raise _FormError(next(iter(form.errors.values()))[0])
    return form.cleaned_data


def _date(request: HttpRequest) -> date:
    found = _parsed(request.POST.get("on", ""))
    if found is None:
        raise actions.NoSuchDateError
    return found


def _parsed(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
