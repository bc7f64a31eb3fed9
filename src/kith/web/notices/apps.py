"""Tells Django about this app."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import user_logged_in
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit import languages


class NoticesConfig(AppConfig):
    name = "kith.web.notices"
    label = "notices"
    verbose_name = _("notices")

    @override
    def ready(self) -> None:
        """Listen: when somebody is told something, tells the stewards, or reads in a language."""
        from kith.web.notices import tasks  # noqa: F401, PLC0415 - models are not ready before
        from kith.web.safety.actions import reported  # noqa: PLC0415

        reported.connect(_reported)
        languages.chosen.connect(_chose_language)
        user_logged_in.connect(_came_in)


def _reported(report: Any, **_: Any) -> None:
    from kith.web.notices import actions  # noqa: PLC0415 - models are ready only now

    actions.tell_stewards(report=report)


def _came_in(user: Any, **_: Any) -> None:
    from kith.web.notices import actions  # noqa: PLC0415 - as above

    actions.keep_language(person=user, language=get_language() or settings.LANGUAGE_CODE)


def _chose_language(request: HttpRequest, language: str, **_: Any) -> None:
    from kith.web.notices import actions  # noqa: PLC0415 - as above
    from kith.web.people import access  # noqa: PLC0415

    # Choosing takes no token, and another site could send it: what the browser says of where it
    # came from no page can forge. Browsers that do not say it keep the language of the next entry.
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if is_ours and settings.SESSION_COOKIE_NAME in request.COOKIES and access.is_in(request):
        actions.keep_language(person=access.me(request), language=language)
