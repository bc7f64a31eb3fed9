"""My plan: to make it, to look at it again, to practise it, to take it along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.people import access as people_access
from kith.web.people.models import Person
from kith.web.people.views.doors import posted, read_or_sent
from kith.web.plans import access, actions
from kith.web.plans.choices import Cue, Place
from kith.web.plans.forms import PlanForm, PractisedForm, WhoMayAskForm
from kith.web.plans.models import Asking, Plan
from kith.web.plans.queries import page
from kith.web.safety.views.doors import for_me_among_others

_STEPS = ("moment", "voice", "go")


@require_safe
@for_me_among_others
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody their plan."""
    notices.saw_page(person=person, paths=[request.path])
    return show(request, person)


@require_POST
@for_me_among_others
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Keep one more line, or show My plan with what is missing."""
    form = PlanForm(posted(request), people=page.goals_for(person))
    if form.is_valid():
        try:
            actions.keep(planner=person, line=_line(person, form), on=timezone.localdate())
        except RefusalError as error:
            return show(request, person, form=form, refusal=error)
        return redirect("plans:mine")
    return show(request, person, form=form)


@read_or_sent
@for_me_among_others
def change(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show one line to be changed, and keep what was chosen instead."""
    plan = access.open_plan(person, token)
    people = page.goals_for(person)
    form = PlanForm(posted(request), people=people, initial=_held(plan))
    if form.is_valid():
        line = _line(person, form)
        actions.keep(planner=person, line=line, on=timezone.localdate(), instead_of=plan)
        return redirect("plans:mine")
    shown = {"plan": plan, "form": form, "people": people, "current": "plan"}
    return render(request, "plans/change.html", shown, status=400 if form.is_bound else 200)


@require_POST
@for_me_among_others
def drop(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Drop one line."""
    actions.drop(plan=access.open_plan(person, token))
    return redirect("plans:mine")


@require_POST
@for_me_among_others
def still(_request: HttpRequest, person: Person) -> HttpResponse:
    """Note that the plan is still right."""
    actions.still_right(planner=person, on=timezone.localdate())
    return redirect("plans:mine")


@read_or_sent
@for_me_among_others
def practise(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Lead somebody through two minutes of practice, step by step, and let the drawing grow."""
    plan = access.open_plan(person, token)
    sent = posted(request)
    if sent is not None:
        form = PractisedForm(sent)
        if not form.is_valid():
            raise Http404
        actions.practise(plan=plan, kind=form.cleaned_data["kind"], on=timezone.localdate())
        return redirect(f"{reverse('plans:mine')}#grown")
    asked = request.GET.get("step", "")
    step = asked if asked in _STEPS else _STEPS[0]
    card = page.card_of(person, plan)
    who = card.first.person
    shown = {
        "card": card,
        "reference": people_access.reference_to(who, seen_by=person) if who else "",
        "step": step,
        "current": "plan",
    }
    return render(request, "plans/practice.html", shown)


@require_safe
@for_me_among_others
def paper(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the plan as a small card to print, with room for numbers."""
    shown = {"cards": page.cards_of(person), "current": "plan"}
    return render(request, "plans/paper.html", shown)


def show(
    request: HttpRequest,
    person: Person,
    *,
    form: PlanForm | None = None,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    """Show My plan, with what was typed if something is missing."""
    people = page.goals_for(person)
    found = page.page_of(person, at=timezone.now())
    shown: dict[str, Any] = {
        "plan": found,
        "form": form or PlanForm(people=people),
        "people": people,
        "who_may_ask": WhoMayAskForm(initial={"may_ask": found.who_may_ask}),
        "is_shared": bool(request.session.get("is_shared")),
        "refusal": refusal,
        "current": "plan",
    }
    is_wrong = refusal is not None or form is not None
    return render(request, "plans/mine.html", shown, status=400 if is_wrong else 200)


def _line(person: Person, form: PlanForm) -> actions.Chosen:
    said = form.cleaned_data
    first, first_place = _goal(person, said["first"])
    second, second_place = _goal(person, said["second"])
    words = said["words"] if said["cue"] == Cue.ANOTHER else ""
    deed = "" if first_place else said["deed"]
    return actions.Chosen(said["cue"], words, deed, first, first_place, second, second_place)


def _goal(person: Person, said: str) -> tuple[Asking | None, str]:
    if said in Place.values:
        return None, said
    return access.open_asking(person, said), ""


def _held(plan: Plan) -> dict[str, Any]:
    return {
        "cue": plan.cue,
        "words": plan.words,
        "deed": plan.deed,
        "first": plan.first.token if plan.first else plan.first_place,
        "second": plan.second.token if plan.second else plan.second_place,
    }
