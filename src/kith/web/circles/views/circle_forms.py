"""Pages on which somebody says something of their circle, or to it, before anything changes."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.errors import RefusalError
from kith.web.circles import access, actions
from kith.web.circles.choices import Kind
from kith.web.circles.forms.circle import (
    AwayForm,
    BringForm,
    FavorForm,
    NameForm,
    SaidForm,
    Weeks,
    WhereForm,
)
from kith.web.circles.models import Chair
from kith.web.circles.queries import circle as queries
from kith.web.circles.queries.questions import told_of_hard_week
from kith.web.circles.views.circle import base_of
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.people.views.doors import read_or_sent
from kith.web.safety.views.doors import for_me_among_others


@read_or_sent
@for_me_among_others
def where(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask where the circle meets."""
    chair = access.open_chair(person, token)
    circle = chair.circle
    if request.method != "POST":
        form = WhereForm(initial={"place": circle.place, "link": circle.link})
        return _ask(request, chair, "where", form)
    form = WhereForm(_with_room(request))
    if not form.is_valid():
        return _ask(request, chair, "where", form)
    given = form.cleaned_data
    actions.meet_at(chair=chair, place=given["place"], link=given["link"], at=timezone.now())
    return redirect("circles:circle", token)


def _with_room(request: HttpRequest) -> Any:
    """Return what was sent, with a room of the community's own if that was asked for."""
    sent = request.POST.copy()
    if "room" in sent:
        sent["link"] = actions.suggested_room()
    return sent


@read_or_sent
@for_me_among_others
def name(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask what the circle is called."""
    chair = access.open_chair(person, token)
    form = NameForm(request.POST or None, initial={"name": chair.circle.name})
    if not _is_sent(request, form):
        return _ask(request, chair, "name", form)
    actions.call_it(chair=chair, name=form.cleaned_data["name"], at=timezone.now())
    return redirect("circles:circle", token)


@read_or_sent
@for_me_among_others
def bring(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask what somebody brings."""
    chair = access.open_chair(person, token)
    form = BringForm(request.POST or None, initial={"brings": chair.brings})
    if not _is_sent(request, form):
        return _ask(request, chair, "bring", form)
    actions.bring(chair=chair, brings=form.cleaned_data["brings"])
    return redirect("circles:circle", token)


@read_or_sent
@for_me_among_others
def ask(request: HttpRequest, person: Person, token: str, kind: str) -> HttpResponse:
    """Ask what somebody would like to ask the circle, or to offer it."""
    chair = access.open_chair(person, token)
    form = FavorForm(request.POST if request.method == "POST" else None)
    if not _is_sent(request, form):
        return _ask(request, chair, "ask", form, kind=kind)
    words = form.cleaned_data["words"]
    try:
        actions.say_favor(chair=chair, kind=Kind(kind), words=words, at=timezone.now())
    except RefusalError as error:
        return _ask(request, chair, "ask", form, kind=kind, refusal=error)
    return redirect("circles:circle", token)


@read_or_sent
@for_me_among_others
def off(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask whether the next evening should be a week off for all."""
    chair = access.open_chair(person, token)
    if request.method != "POST":
        zone = browsers.zone_of(request)
        when = queries.said_next(chair, at=timezone.now(), zone=zone)
        return _ask(request, chair, "off", when=when)
    actions.take_week_off(chair=chair, at=timezone.now())
    return redirect("circles:circle", token)


@read_or_sent
@for_me_among_others
def away(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask for how long somebody is away, or whether they are back."""
    chair = access.open_chair(person, token)
    if "back" in request.POST:
        actions.come_back(chair=chair)
        return redirect("circles:circle", token)
    form = AwayForm(request.POST if request.method == "POST" else None)
    if not _is_sent(request, form):
        return _ask(request, chair, "away", form, weeks=Weeks.choices)
    actions.take_weeks_off(chair=chair, weeks=form.cleaned_data["weeks"], at=timezone.now())
    return redirect("circles:circle", token)


@read_or_sent
@for_me_among_others
def another(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask whether we should look for another circle for somebody."""
    chair = access.open_chair(person, token)
    form = SaidForm(request.POST or None)
    if not _is_sent(request, form):
        return _ask(request, chair, "another")
    if form.is_yes:
        actions.look_on(chair=chair, at=timezone.now())
    else:
        actions.stay(chair=chair)
    return redirect("circles:circle", token)


@read_or_sent
@for_me_among_others
def leave(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask whether somebody would move on, and say what the others will read."""
    chair = access.open_chair(person, token)
    if request.method != "POST":
        return _ask(request, chair, "leave")
    actions.leave(chair=chair, at=timezone.now())
    return _show(request, chair, "left")


@read_or_sent
@for_me_among_others
def hard(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask whether somebody has a hard week, and say who will know."""
    chair = access.open_chair(person, token)
    form = SaidForm(request.POST or None)
    if not _is_sent(request, form):
        told = told_of_hard_week(chair, at=timezone.now())
        return _ask(request, chair, "hard", told=told)
    if form.is_yes:
        actions.say_hard_week(chair=chair, at=timezone.now())
    else:
        actions.take_back_hard_week(chair=chair)
    return redirect("circles:hard", token)


@read_or_sent
@for_me_among_others
def close(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask whether the circle should close well."""
    chair = access.open_chair(person, token)
    form = SaidForm(request.POST or None)
    if not _is_sent(request, form):
        return _ask(request, chair, "close")
    actions.would_close(chair=chair, would=form.is_yes, at=timezone.now())
    return redirect("circles:circle", token)


def _is_sent(request: HttpRequest, form: forms.Form) -> bool:
    return request.method == "POST" and form.is_valid()


def _ask(
    request: HttpRequest, chair: Chair, page: str, form: forms.Form | None = None, **more: Any
) -> HttpResponse:
    """Show the page `page` with its form; what was sent and is not well stands there again."""
    status = 400 if request.method == "POST" else 200
    has_rooms = settings.KITH_ROOMS.startswith("https://")
    return _show(request, chair, page, status=status, form=form, has_rooms=has_rooms, **more)


def _show(
    request: HttpRequest, chair: Chair, page: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    shown = {**base_of(chair), **more}
    return render(request, f"circles/circle_{page}.html", shown, status=status)
