"""Whoever is rung: the bar on any page, and the page that asks whether it is a good moment."""

import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.people.views.doors import unkept
from kith.web.reach import access, actions
from kith.web.reach.choices import RingState
from kith.web.reach.models import Ring
from kith.web.reach.views.lines import lines_for
from kith.web.safety.views.doors import for_me_among_others

# Whether anything rings at all is asked of the database once in so long, whoever looks.
_LOOK_EVERY_S = 1.0
_looked = float("-inf")
_rings = False


@require_safe
def rings(request: HttpRequest) -> HttpResponse:
    """Say for the script of any open page whether somebody rings its reader.

    While nobody here is rung it looks at nothing else, not even who asks.
    """
    if not _somebody_rings() or not people.is_in(request):
        return unkept(JsonResponse({}))
    ring = access.rings_now(people.me(request), at=timezone.now())
    if ring is None:
        return unkept(JsonResponse({}))
    said = gettext("Somebody is asking for you")
    return unkept(JsonResponse({"page": ring.get_absolute_url(), "said": said}))


def _somebody_rings() -> bool:
    global _looked, _rings
    now = time.monotonic()
    if now - _looked >= _LOOK_EVERY_S:
        _rings, _looked = access.anybody_rings(at=timezone.now()), now
    return _rings


def forget() -> None:
    """Look again when the next one asks."""
    global _looked  # noqa: PLW0603
    _looked = float("-inf")


@require_safe
@for_me_among_others
def rung(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask somebody whether it is a good moment; tell them if it is over."""
    ring = access.open_ring(person, token)
    notices.saw_page(person=person, paths=[ring.get_absolute_url()])
    return _show(request, ring)


@require_POST
@for_me_among_others
def answer(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Bring the two together, unless somebody was faster."""
    ring = access.open_ring(person, token)
    notices.saw_page(person=person, paths=[ring.get_absolute_url()])
    try:
        reach = actions.answer(ring=ring, at=timezone.now())
    except RefusalError as error:
        return _over(request, error, status=409)
    return redirect(reach.call)


@require_POST
@for_me_among_others
def not_now(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Thank somebody for whom it is no good moment."""
    actions.decline(ring=access.open_ring(person, token), at=timezone.now())
    is_willing = access.willing_of(person) is not None
    return render(request, "reach/not_now.html", {"is_willing": is_willing, **lines_for(request)})


def _show(request: HttpRequest, ring: Ring) -> HttpResponse:
    if ring.state == RingState.ANSWERED:
        return redirect(ring.reach.call)
    if ring.state == RingState.TOLD:
        return _over(request, actions.TakenError())
    if not access.may_answer_to(ring, at=timezone.now()):
        return _over(request, actions.OverError())
    called = str(ring.reach.person) if ring.is_known else ""
    shown = {"ring": ring, "called": called, "is_note": ring.state == RingState.ASKED}
    return render(request, "reach/rung.html", {**shown, **lines_for(request)})


def _over(request: HttpRequest, error: RefusalError, *, status: int = 200) -> HttpResponse:
    shown = {"refusal": error, **lines_for(request)}
    return render(request, "reach/rung_over.html", shown, status=status)
