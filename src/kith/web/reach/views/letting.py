"""By whom somebody lets themselves be rung, and when they keep the open room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.web.people.models import Person
from kith.web.people.queries import hours_of
from kith.web.people.views.doors import read_or_sent
from kith.web.reach import access, actions, forms
from kith.web.safety.views.doors import for_me_among_others


@read_or_sent
@for_me_among_others
def willing(request: HttpRequest, person: Person) -> HttpResponse:
    """Show and take in who may ring somebody, when and how often."""
    form = forms.WillingForm(request.POST or None, initial=_initial(person))
    if request.method == "POST" and form.is_valid():
        actions.let(person=person, **form.cleaned_data)
        return redirect("reach:willing")
    found = access.willing_of(person)
    shown = {
        "form": form,
        "willing": found,
        "rests": found is not None and found.rests_until and found.rests_until > timezone.now(),
        "has_hours": bool(hours_of(person)),
        "keeps": access.takes_turns(person),
        "current": "you",
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "reach/willing.html", shown, status=status)


@require_POST
@for_me_among_others
def willing_not(_request: HttpRequest, person: Person) -> HttpResponse:
    """Let nobody ring somebody any more."""
    actions.let_not(person=person)
    return redirect("reach:willing")


@require_POST
@for_me_among_others
def willing_rest(_request: HttpRequest, person: Person) -> HttpResponse:
    """Let nobody ring somebody tonight."""
    actions.rest(person=person, at=timezone.now())
    return redirect("reach:willing")


@read_or_sent
@for_me_among_others
def turns(request: HttpRequest, person: Person) -> HttpResponse:
    """Show and take in when somebody keeps the open room."""
    form = forms.TurnsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.take_turns(person=person, turns=form.said)
        return redirect("reach:turns")
    had = {(turn.weekday, turn.hour) for turn in access.turns_of(person)}
    shown = {
        "rows": forms.table_of(had),
        "zone": str(timezone.get_default_timezone()).replace("_", " "),
        "keeps_now": access.keeps(person, at=timezone.now()),
        "current": "you",
    }
    return render(request, "reach/turns.html", shown, status=400 if form.is_bound else 200)


def _initial(person: Person) -> dict[str, object]:
    found = access.willing_of(person)
    if found is None:
        return {"open_to": 1, "only_in_hours": "no", "most_a_day": 3, "most_a_week": 10}
    return {
        "open_to": found.open_to,
        "only_in_hours": "yes" if found.only_in_hours else "no",
        "most_a_day": found.most_a_day,
        "most_a_week": found.most_a_week,
    }
