"""What a page does when somebody may not be among others for now, or is no steward."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.web.people import access as people
from kith.web.people.views.doors import View, to_enter, unkept
from kith.web.safety import access


def for_me_among_others(view: Callable[..., HttpResponse]) -> View:
    """Return `view`, which gets the person who asks; whoever is paused is told so instead."""

    @wraps(view)
    def among_others(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            person = access.me_among_others(request)
        except people.StrangerError:
            return to_enter(request)
        except access.PausedError as error:
            return unkept(render(request, "safety/paused.html", {"refusal": error}, status=403))
        return unkept(view(request, person, *args, **kwargs))

    return among_others


def for_steward(view: Callable[..., HttpResponse]) -> View:
    """Return `view`, which gets the steward who asks; for anybody else there is nothing there."""

    @wraps(view)
    def behind(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return unkept(view(request, access.me_steward(request), *args, **kwargs))

    return behind
