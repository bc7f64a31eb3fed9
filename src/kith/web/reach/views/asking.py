"""Whoever asks for a voice: the tap, the ringing, and what comes after it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.reach import access, actions, forms, queries
from kith.web.reach.choices import Said, State, Way
from kith.web.reach.models import Reach
from kith.web.reach.views.lines import lines_for
from kith.web.safety.views.doors import for_me_among_others

_PAGES: Final = {
    State.RINGING: "reach/ringing.html",
    State.ANSWERED: "reach/answered.html",
    State.OPEN: "reach/nobody.html",
    State.LINES: "reach/nobody.html",
    State.STOPPED: "reach/stopped.html",
}


@require_POST
@for_me_among_others
def ring(request: HttpRequest, person: Person) -> HttpResponse:
    """Ring people for somebody, all at once."""
    # No form stands before it: whoever taps waits, and there is nothing that could be wrong.
    way = Way.VIDEO if request.POST.get("way") == Way.VIDEO else Way.VOICE
    made = actions.reach(person=person, at=timezone.now(), way=way, language=get_language() or "")
    return redirect(made)


@require_safe
@for_me_among_others
def reach(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show how far a reach is; whatever it is, there is somebody to turn to on the page."""
    now = timezone.now()
    found = actions.settle(access.open_reach(person, token), at=now)
    return _show(request, found)


@require_safe
@for_me_among_others
def state(_request: HttpRequest, person: Person, token: str) -> JsonResponse:
    """Say for the page's own script how far a reach is."""
    found = actions.settle(access.open_reach(person, token), at=timezone.now())
    room = found.call if found.state == State.ANSWERED else ""
    return JsonResponse({"state": found.state, "room": room})


@require_POST
@for_me_among_others
def go_on(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ring no longer: to the open room, or the lines."""
    return redirect(actions.go_on(reach=access.open_reach(person, token), at=timezone.now()))


@require_POST
@for_me_among_others
def stop(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Stop ringing."""
    return redirect(actions.stop(reach=access.open_reach(person, token)))


@require_POST
@for_me_among_others
def ask(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Send those who did not come to it a note: can you sit with me?"""
    return _asked(request, access.open_reach(person, token), actions.ask_to_sit)


@require_POST
@for_me_among_others
def ask_circle(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Send the note to the whole circle."""
    return _asked(request, access.open_reach(person, token), actions.ask_the_circle)


@require_POST
@for_me_among_others
def ask_not(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take the notes back."""
    found = access.open_reach(person, token)
    actions.ask_not(reach=found, at=timezone.now())
    return redirect(found)


def _asked(request: HttpRequest, found: Reach, send: Callable[..., None]) -> HttpResponse:
    try:
        send(reach=found, at=timezone.now())
    except RefusalError as error:
        return _show(request, found, refusal=error)
    return redirect(found)


@require_POST
@for_me_among_others
def walk_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Give somebody a seat in the open room; if there is none, say so beside the lines."""
    try:
        return redirect(actions.walk_in(person=person, at=timezone.now()))
    except RefusalError as error:
        shown = {"refusal": error, **lines_for(request)}
        return render(request, "reach/closed.html", shown, status=409)


@require_POST
@for_me_among_others
def after(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take in the one tap afterwards, of which nothing is kept but that two people talked."""
    found = access.open_reach(person, token)
    form = forms.SaidForm(request.POST)
    said = Said(form.cleaned_data["said"]) if form.is_valid() else Said.UNSAID
    actions.say_after(reach=found, said=said, at=timezone.now())
    return _after(request, found, said=said)


@require_safe
@for_me_among_others
def afterwards(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask how it went, in one tap, or not at all."""
    return _after(request, access.open_reach(person, token), said=None)


@require_safe
@for_me_among_others
def left(request: HttpRequest, person: Person) -> HttpResponse:
    """Go on after a call: whoever asked is asked how it is, whoever answered is thanked."""
    call = access.last_call(person, at=timezone.now())
    if call is None:
        return redirect("reach:now")
    if call.person_id == person.pk:
        return redirect("reach:afterwards", call.token)
    return render(request, "reach/was_there.html", lines_for(request))


def _after(request: HttpRequest, found: Reach, *, said: Said | None) -> HttpResponse:
    shown = {"reach": found, "said": said, "choices": Said.choices, **lines_for(request)}
    return render(request, "reach/after.html", shown)


def _show(
    request: HttpRequest, found: Reach, *, refusal: RefusalError | None = None
) -> HttpResponse:
    now = timezone.now()
    shown: dict[str, object] = {"reach": found, "refusal": refusal, **lines_for(request)}
    if found.state == State.RINGING:
        rung = queries.rung_for(found)
        rung_s = (found.rings_until - found.started_at).total_seconds()
        shown["rung"] = rung
        shown["known"] = [one.called for one in rung if one.is_known]
        shown["rings_s"] = int(rung_s)
        shown["rung_s"] = int((now - found.started_at).total_seconds())
    if found.state in (State.OPEN, State.LINES):
        shown["keepers"] = access.keepers(seen_by=found.person, at=now)
        shown.update(_notes_of(found, at=now))
    return render(request, _PAGES[State(found.state)], shown)


def _notes_of(found: Reach, *, at: datetime) -> dict[str, object]:
    """Return what the page says of notes: who has one, and who can be sent one."""
    is_asked, were_rung = access.is_asked(found, at=at), access.rang_anybody(found)
    return {
        "is_asked": is_asked,
        "were_rung": were_rung,
        "waits": is_asked or (were_rung and access.may_answer(found, at=at)),
        "may_ask": not found.is_closed and bool(access.may_be_asked(found)),
        "has_circle": not found.is_closed and bool(access.mates_not_rung(found)),
    }
