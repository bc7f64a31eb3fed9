"""What a page does when its door does not open."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kith.errors import RefusalError
from kith.web.people import access
from kith.web.people.models import Person

View = Callable[..., HttpResponse]

# A page with a form on it that is sent to the same address.
read_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def for_me(view: Callable[..., HttpResponse]) -> View:
    """Return `view`, which gets the person who asks; whoever is not in is shown the way in."""
    return _behind(access.me, view)


def for_me_for_sure(view: Callable[..., HttpResponse]) -> View:
    """Return `view` for the person who asks, after they showed a short while ago that it is them."""
    return _behind(access.me_for_sure, view)


def _behind(door: Callable[[HttpRequest], Person], view: Callable[..., HttpResponse]) -> View:
    @wraps(view)
    def behind(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            person = door(request)
        except access.StrangerError:
            return to_enter(request)
        return unkept(view(request, person, *args, **kwargs))

    return behind


def to_enter(request: HttpRequest) -> HttpResponse:
    """Return the way in, and from there back to the page that was asked for."""
    back = request.get_full_path() if request.method == "GET" else reverse("people:you")
    where = f"{reverse('people:enter')}?{urlencode({'next': back})}"
    if request.content_type == "application/json":
        return JsonResponse({"next": where}, status=403)
    return HttpResponseRedirect(where)


def unkept(response: HttpResponse) -> HttpResponse:
    """Return `response`, which no browser or proxy is to keep: going back must not show it."""
    response["Cache-Control"] = "no-store, private"
    return response


def keep_no_page_of_somebody(get_response: View) -> View:
    """Return what answers, and lets nobody keep a page that was made for somebody who is in.

    Each has the first letter of what they are called, those that are for everybody too.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Where nobody asked who is in, the answer is alike for all.
        if request.session.accessed and access.is_in(request) and "Cache-Control" not in response:
            unkept(response)
        return response

    return answer


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, though it be nothing; None if none was sent."""
    return request.POST if request.method == "POST" else None


def refused(error: RefusalError, status: int = 400) -> JsonResponse:
    """Return for the page's own script what a rule says."""
    return JsonResponse({"refused": str(error)}, status=status)
