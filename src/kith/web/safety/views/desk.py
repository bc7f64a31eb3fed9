"""The stewards' desk: what was told, for those who have no part in it. Each look is written down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.safety import access, actions, forms, queries
from kith.web.safety.choices import Days
from kith.web.safety.models import Report
from kith.web.safety.views.doors import for_steward


@require_safe
@for_steward
def desk(request: HttpRequest, steward: Person) -> HttpResponse:
    """Show what a steward may look at, without a word of it."""
    return render(request, "safety/desk.html", {"desk": queries.desk_of(steward)})


@require_safe
@for_steward
def report(request: HttpRequest, steward: Person, number: int) -> HttpResponse:
    """Show one report, and write down that it was looked at."""
    return _show(request, steward, access.open_report(steward, number))


@require_POST
@for_steward
def take_up(_request: HttpRequest, steward: Person, number: int) -> HttpResponse:
    """Look into a report."""
    actions.take_up(report=access.open_report(steward, number), steward=steward)
    return redirect("safety:report", number)


@require_POST
@for_steward
def note(request: HttpRequest, steward: Person, number: int) -> HttpResponse:
    """Add a note to a report."""
    found = access.open_report(steward, number)
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, steward, found, note=form)
    actions.note(report=found, steward=steward, words=form.cleaned_data["words"])
    return redirect("safety:report", number)


@require_POST
@for_steward
def pause(request: HttpRequest, steward: Person, number: int) -> HttpResponse:
    """Pause whom a report is about."""
    found = access.open_report(steward, number)
    form = forms.PauseForm(request.POST)
    if not form.is_valid():
        return _show(request, steward, found, pause=form)
    given = form.cleaned_data
    try:
        actions.pause(report=found, steward=steward, days=Days(given["days"]), why=given["why"])
    except RefusalError as error:
        return _show(request, steward, found, refusal=error, pause=form)
    return redirect("safety:report", number)


@require_POST
@for_steward
def lift(request: HttpRequest, steward: Person, number: int) -> HttpResponse:
    """Let the pause of whom a report is about end."""
    found = access.open_report(steward, number)
    try:
        actions.lift(report=found, steward=steward)
    except RefusalError as error:
        return _show(request, steward, found, refusal=error)
    return redirect("safety:report", number)


@require_POST
@for_steward
def close(request: HttpRequest, steward: Person, number: int) -> HttpResponse:
    """Close a report."""
    found = access.open_report(steward, number)
    form = forms.CloseForm(request.POST)
    if not form.is_valid():
        return _show(request, steward, found, close=form)
    actions.close(report=found, steward=steward, outcome=form.cleaned_data["outcome"])
    return redirect("safety:desk")


def _show(request: HttpRequest, steward: Person, found: Report, **asked: Any) -> HttpResponse:
    """Show `found`; what was `asked` and could not be done stands there again, and why."""
    actions.look_at(report=found, steward=steward)
    shown = {
        "report": found,
        "background": queries.background_of(found, steward=steward),
        "days": Days.choices,
        "note": forms.NoteForm(),
        "pause": forms.PauseForm(),
        "close": forms.CloseForm(initial={"outcome": found.outcome}),
        **asked,
    }
    return render(request, "safety/report.html", shown, status=400 if asked else 200)
