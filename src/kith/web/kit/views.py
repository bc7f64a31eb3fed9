"""The pages about kith itself, and what holds for every page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kith.web.kit import languages


class NoNull:
    """Lets no null character in an address reach a view: PostgreSQL takes none, even in a question.

    Another one stands there then, by which nothing is called; so all goes as for what never was.
    What is sent is looked at by the fields of forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self._get_response(request)

    def process_view(
        self, _request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]
    ) -> None:
        """Change what the address says, in the place where Django keeps it for the view."""
        for name, said in kwargs.items():
            if isinstance(said, str):
                kwargs[name] = said.replace("\x00", "\ufffd")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show who runs this instance."""
    return render(request, "kit/about.html", _contact())


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Show what kith does, and cannot do, to keep people safe."""
    return render(request, "kit/safety.html", _contact())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept, where, and who can see it."""
    return render(request, "kit/privacy.html", _contact())


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Show every part of kith's look, for those who build its pages."""
    return render(request, "kit/look.html")


# No token: the most another site could do is change the language of a page. Without one, a
# visit sets no cookie at all, and pages can be kept by a cache.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the chosen language in a cookie, and go back to the page."""
    answer = set_language(request)
    cookie = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    # There is none if it is no language of ours.
    if cookie is not None:
        languages.chosen.send(sender=language, request=request, language=cookie.value)
    return answer


@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """Return what a phone needs to put kith on its home screen."""
    return JsonResponse(
        {
            "name": settings.KITH_NAME,
            "short_name": settings.KITH_NAME,
            "description": gettext("Find people to be with, near you or online."),
            "lang": get_language(),
            "id": "/",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#e4eaea",
            "theme_color": "#e4eaea",
            "icons": [
                _icon("favicon.svg", "any", "image/svg+xml"),
                _icon("icon-192.png", "192x192"),
                _icon("icon-512.png", "512x512"),
                _icon("icon-maskable-512.png", "512x512", purpose="maskable"),
            ],
            "shortcuts": [{"name": gettext("I need someone now"), "url": reverse("reach:now")}],
        },
        content_type="application/manifest+json",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what they may read: everything but the desk."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that this process is alive."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def _contact() -> dict[str, object]:
    return {"steward_contact": settings.KITH_STEWARD_CONTACT}


def _icon(name: str, sizes: str, kind: str = "image/png", purpose: str = "any") -> dict[str, str]:
    return {"src": static(f"kit/{name}"), "sizes": sizes, "type": kind, "purpose": purpose}
