"""What a page says when a room does not open for somebody who may know of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.errors import RefusalError
from kith.web.people.views.doors import unkept
from kith.web.rooms.actions import FullError

_FULL, _OVER = 409, 410


def refused(request: HttpRequest, error: RefusalError, *, back: str = "") -> HttpResponse:
    """Return the page that says why: full for now, or over."""
    is_full = isinstance(error, FullError)
    shown = {"refusal": error, "is_full": is_full, "back": back, "again": request.path}
    status = _FULL if is_full else _OVER
    return unkept(render(request, "rooms/refused.html", shown, status=status))
