"""What is said on the page of a circle with one tap."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.errors import RefusalError
from kith.web.circles import access, actions
from kith.web.circles.forms.circle import DayForm, SaidForm
from kith.web.circles.models import Chair
from kith.web.circles.views.circle import show
from kith.web.people.models import Person
from kith.web.people.views.doors import View
from kith.web.safety.views.doors import for_me_among_others

Deed = Callable[..., None]


def _tapped(deed: Deed) -> View:
    """Return the view that does `deed` for the chair of whoever asks, and shows their circle again."""

    @require_POST
    @for_me_among_others
    def view(request: HttpRequest, person: Person, token: str, **what: Any) -> HttpResponse:
        chair = access.open_chair(person, token)
        try:
            deed(request, chair, **what)
        except RefusalError as error:
            return show(request, access.open_chair(person, token), refusal=error)
        return redirect("circles:circle", token)

    view.__doc__ = deed.__doc__
    return view


def _coming(request: HttpRequest, chair: Chair) -> None:
    """Say whether somebody comes to the next evening."""
    actions.say_comes(chair=chair, comes=_said(request), at=timezone.now())


def _was_there(request: HttpRequest, chair: Chair) -> None:
    """Say that somebody was there."""
    form = _sent(DayForm, request)
    actions.say_was_there(chair=chair, on=form.day, at=timezone.now())


def _meets(request: HttpRequest, chair: Chair) -> None:
    """Let the circle meet though a week off was said."""
    form = _sent(DayForm, request)
    actions.meet_after_all(chair=chair, on=form.day, at=timezone.now())


def _still(_request: HttpRequest, chair: Chair) -> None:
    """Say that it is still their chair."""
    actions.still_mine(chair=chair)


def _goes_on(request: HttpRequest, chair: Chair) -> None:
    """Say whether somebody goes on after six evenings."""
    actions.say_goes_on(chair=chair, goes_on=_said(request), at=timezone.now())


def _take_up(_request: HttpRequest, chair: Chair, number: int) -> None:
    """Take up what another asks or offers."""
    favor = access.open_favor(chair.person, chair.circle, number)
    actions.take_up(favor=favor, person=chair.person)


def _do(_request: HttpRequest, chair: Chair, number: int) -> None:
    """Note that it is done."""
    favor = access.open_favor(chair.person, chair.circle, number)
    actions.do(favor=favor, person=chair.person, at=timezone.now())


def _take_back(_request: HttpRequest, chair: Chair, number: int) -> None:
    """Take back what somebody asked, offered or took up."""
    favor = access.open_favor(chair.person, chair.circle, number)
    actions.take_favor_back(favor=favor, person=chair.person)


coming, was_there, meets = _tapped(_coming), _tapped(_was_there), _tapped(_meets)
still, goes_on = _tapped(_still), _tapped(_goes_on)
favor_taken, favor_done, favor_back = _tapped(_take_up), _tapped(_do), _tapped(_take_back)


def _said(request: HttpRequest) -> bool:
    return bool(_sent(SaidForm, request).is_yes)


def _sent(kind: Any, request: HttpRequest) -> Any:
    """Return what one of our buttons sent; nothing else is answered."""
    form: forms.Form = kind(request.POST)
    if not form.is_valid():
        raise Http404
    return form
