"""One ask or offer: taken up, answered, done with thanks, taken back, or put away."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.people.models import Person
from kith.web.people.views.doors import View
from kith.web.safety.views.doors import for_me_among_others, for_steward
from kith.web.service import access, actions, bridge, queries
from kith.web.service.bridge import Around
from kith.web.service.choices import Meets, SeenBy
from kith.web.service.forms import AnswerForm, TakeForm
from kith.web.service.models import Errand
from kith.web.service.views.shelf import zone_of


@require_safe
@for_me_among_others
def errand(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show one ask or offer to whoever may see it, or to the steward who was told of it."""
    try:
        near = bridge.around(person, at=timezone.now())
        found = _open(person, token, near)
    except Http404:
        if not person.is_steward:
            raise
        return _show_steward(request, person, token)
    notices.saw_page(person=person, paths=[request.path])
    return _show(request, person, found, near=near)


@require_POST
@for_me_among_others
def take(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take up what somebody asks or offers."""
    found = _open(person, token)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _show(request, person, found, form=form, status=400)
    given, now = form.cleaned_data, timezone.now()
    try:
        actions.take_up(
            errand=found, person=person, line=given["line"], meets=Meets(given["meets"]), at=now
        )
    except RefusalError as error:
        return _show(request, person, found, form=form, refusal=error, status=400)
    return redirect(found)


@require_POST
@for_me_among_others
def answer(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Answer whoever took it up."""
    found = access.open_mine(person, token)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, person, found, answer=form, status=400)
    given = form.cleaned_data
    try:
        actions.answer(
            errand=found,
            person=person,
            says_yes=given["said"] == "yes",
            words=given["words"],
            at=timezone.now(),
        )
    except RefusalError as error:
        return _show(request, person, found, answer=form, refusal=error, status=400)
    return redirect(found)


def _back(found: Errand, person: Person) -> HttpResponse:
    """Take back what somebody said, or that they took it up."""
    actions.step_back(errand=found, person=person, at=timezone.now())
    return redirect("service:service")


def _done(found: Errand, person: Person) -> HttpResponse:
    """Say that it is done, and thank the other."""
    actions.thank(errand=found, person=person, at=timezone.now())
    return redirect(found)


def _tapped(deed: Callable[[Errand, Person], HttpResponse]) -> View:
    """Return the view that does `deed` for one of the two, and says so if a rule is against it."""

    @require_POST
    @for_me_among_others
    def view(request: HttpRequest, person: Person, token: str) -> HttpResponse:
        found = access.open_ours(person, token)
        try:
            return deed(found, person)
        except RefusalError as error:
            return _show(request, person, _open(person, token), refusal=error, status=400)

    view.__doc__ = deed.__doc__
    return view


back, done = _tapped(_back), _tapped(_done)


@require_POST
@for_steward
def hide(_request: HttpRequest, steward: Person, token: str) -> HttpResponse:
    """Put away what a steward was told of."""
    found, report = access.open_reported(steward, token)
    actions.hide(errand=found, report=report, steward=steward, at=timezone.now())
    return redirect("safety:report", report.pk)


def _open(person: Person, token: str, near: Around | None = None) -> Errand:
    now = timezone.now()
    near = near or bridge.around(person, at=now)
    return access.open_errand(person, token, company=near.company, squares=near.rings, at=now)


def _show(
    request: HttpRequest,
    person: Person,
    found: Errand,
    *,
    near: Around | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    with timezone.override(zone_of(request)):
        shown = {**_shown(person, found, near or bridge.around(person, at=timezone.now())), **more}
        return render(request, "service/errand.html", shown, status=status)


def _shown(person: Person, found: Errand, near: Around) -> dict[str, Any]:
    page = queries.page_of(
        found,
        person,
        ring=near.ring_of(found.square),
        is_of_a_circle=found.by_id in near.company.all,
        at=timezone.now(),
    )
    return {
        "page": page,
        "meets": Meets.choices,
        "needs_public": _needs_public(person, page),
        "is_seen_by_nobody": found.seen_by == SeenBy.CIRCLES and not near.company.all,
    }


def _needs_public(person: Person, page: queries.Page) -> bool:
    """Return whether the two would meet for the first time."""
    return page.other is not None and not bridge.have_met(person, page.other)


def _show_steward(request: HttpRequest, steward: Person, token: str) -> HttpResponse:
    found, report = access.open_reported(steward, token)
    shown = {
        "errand": found,
        "card": queries.card_of(found),
        "told_path": reverse("safety:report", args=[report.pk]),
    }
    return render(request, "service/reported.html", shown)
