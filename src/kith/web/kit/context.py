"""What every template may use about this instance."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info

# Django does not know these by name.
LOCAL_NAMES = {"mi": "Te reo Māori"}


def instance(request: HttpRequest) -> dict[str, object]:
    """Return what is the same on every page, and the address of this one."""
    return {"here": request.get_full_path(), **everywhere()}


def everywhere() -> dict[str, object]:
    """Return the instance's own name, where to leave to, its languages, and its source code.

    And whether it is a demo, whose people a model made up: every page says so.
    """
    return {
        "is_simulated": settings.KITH_IS_DEMO,
        "kith_name": settings.KITH_NAME,
        "leave_url": settings.KITH_LEAVE_URL,
        "source_url": settings.KITH_SOURCE_URL,
        "languages": tuple((code, local_name(code)) for code, _ in settings.LANGUAGES),
    }


@cache
def local_name(code: str) -> str:
    """Return what the speakers of a language call it."""
    return LOCAL_NAMES.get(code) or capfirst(get_language_info(code)["name_local"])
