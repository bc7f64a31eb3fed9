"""Ask for a run, see how far it is, look at what came, leave it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.people.views.doors import for_me, posted, read_or_sent
from kith.web.simulator import access, actions, bridge
from kith.web.simulator.choices import OVERDUE, WORDS, State, Tried
from kith.web.simulator.forms import AskForm
from kith.web.simulator.models import Run

_SMALL: Final = {"current": "you"}


@read_or_sent
@for_me
def simulator(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what can be tried, and let somebody ask for it."""
    form, refusal = AskForm(posted(request)), None
    if form.is_valid():
        try:
            return redirect(actions.ask(person=person, said=form.cleaned_data, at=timezone.now()))
        except RefusalError as error:
            refusal = error
    shown = {**_asking(form), "runs": access.runs_of(person), "refusal": refusal, **_SMALL}
    return render(request, "simulator/simulator.html", shown, status=400 if form.is_bound else 200)


@require_safe
@for_me
def run(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show how far a run is, or what came of it."""
    found = access.open_run(person, token)
    lived = list(access.lived_of(found))
    is_overdue = (
        found.is_unfinished and not found.tries and found.asked_at < timezone.now() - OVERDUE
    )
    shown = {
        "run": found,
        "figures": bridge.drawn(found, lived) if found.state == State.DONE else "",
        "done": len(lived),
        "is_overdue": is_overdue,
        **_asking(AskForm(_asked(found))),
        **_SMALL,
    }
    return render(request, "simulator/run.html", shown)


@require_POST
@for_me
def leave(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Stop a run and forget it."""
    actions.leave(run=access.open_run(person, token))
    return redirect("simulator:simulator")


def _asking(form: AskForm) -> dict[str, Any]:
    """Return the form, with a few words beside each thing that can be tried."""
    chosen = form["design"].value()
    tried = [(value, label, WORDS[value], value == chosen) for value, label in Tried.choices]
    return {"form": form, "tried": tried}


def _asked(found: Run) -> dict[str, Any]:
    """Return what was asked for, so that it stands in the form to be changed."""
    names = ("town", "design", "against", "contacts", "people", "weeks", "pairs", "seed")
    return {name: getattr(found, name) for name in names}
