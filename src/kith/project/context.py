"""What every page knows of who reads it: enough for the window in its header."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kith.web.people import access
from kith.web.people.models import Person


def me(request: HttpRequest) -> dict[str, object]:
    """Return who came in by this browser; looked up only where a page asks, and never for strangers."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {"me": None}
    return {"me": SimpleLazyObject(lambda: _me(request))}


def _me(request: HttpRequest) -> Person | None:
    return access.me(request) if access.is_in(request) else None
