"""I need someone now: the page, its copy for when there is no internet, and what keeps the copy."""

import json
import re
from hashlib import sha256
from importlib.resources import files

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.reach import access, queries
from kith.web.reach.bridge import country_of_zone, showing
from kith.web.safety import access as safety

WORKER_FRESH_S = 60


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Show who answers, the chosen country first, and what to do when somebody won't wake up."""
    # What the worker keeps is the same for all who are in one country and read one language.
    person = None if "kept" in request.GET else _among_others(request)
    shown = {} if person is None else _people_for(person)
    return _page(request, "reach/now.html", wishes=_wishes(request), **shown)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show what still works when any other page was asked for without internet."""
    return _page(request, "reach/offline.html", wishes=_wishes(request))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the script that keeps the two pages, new whenever what it keeps is new."""
    # Browsers ask for it at every page; for a minute the same words do for all who read alike.
    key = f"reach:worker:{get_language()}"
    body = cache.get_or_set(key, lambda: _worker(request), WORKER_FRESH_S)
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


def lines_for(request: HttpRequest) -> dict[str, object]:
    """Return what a page shows of the lines: those of the country its reader is in."""
    everywhere = queries.voices_everywhere()
    return {"here": queries.voices_in(everywhere, wishes=_wishes(request))}


def _among_others(request: HttpRequest) -> Person | None:
    """Return who asks, if they are in and may be among others."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    try:
        return safety.me_among_others(request)
    except RefusalError:
        return None


def _people_for(person: Person) -> dict[str, object]:
    """Return who would be rung for `person`, and who keeps the open room."""
    now = timezone.now()
    asked = showing.who_would_ring(person, at=now, language=get_language() or "")
    live = access.live_reach(person)
    return {
        "person": person,
        "call": access.open_call(person, at=now),
        "live": live if live and live.rings_until > now else None,
        "asked": asked,
        "known": [one.called for one in asked if one.is_known],
        "keepers": access.keepers(seen_by=person, at=now),
        "is_willing": access.willing_of(person) is not None,
    }


def _page(
    request: HttpRequest, template: str, *, wishes: list[str], **shown: object
) -> HttpResponse:
    """Return the page, for the first country wished for that has lines, to be kept by no cache.

    No proxy may keep it, nor the back button. Our worker's own shelf does not obey this header:
    it is filled on purpose, and with a page that is the same for all who are in one country and
    read one language.
    """
    everywhere = queries.voices_everywhere()
    here = queries.voices_in(everywhere, wishes=wishes)
    elsewhere = [voices for voices in everywhere if voices is not here]
    response = render(request, template, {"here": here, "elsewhere": elsewhere, **shown})
    response["Cache-Control"] = "no-store"
    return response


def _worker(request: HttpRequest) -> str:
    """Return the worker's text, with what to keep for somebody who reads as `request` does."""
    pages = [
        _page(request, template, wishes=[settings.KITH_COUNTRY]).content.decode()
        for template in ("reach/now.html", "reach/offline.html")
    ]
    shown = queries.files_shown_by("\n".join(pages))
    kept = {
        "version": sha256("\n".join([*pages, *shown]).encode()).hexdigest()[:16],
        "now": reverse("reach:now"),
        "offline": reverse("reach:offline"),
        "ahead": reverse("study:ahead"),
        "statics": settings.STATIC_URL,
        "files": shown,
    }
    script = files("kith.web.reach").joinpath("static/reach/worker.js").read_text("utf-8")
    return f"const KEPT = {json.dumps(kept)};\n{script}"


def _wishes(request: HttpRequest) -> list[str]:
    """Return the countries to try, by code.

    The one asked for; the one their clock is in, for that is where they are; ours; those of
    their languages.
    """
    asked = request.GET.get("country", "")
    clock = country_of_zone(request.COOKIES.get("tz", "").replace("%2F", "/"))
    regions = re.findall(r"\b[a-z]{2,3}-([A-Z]{2})\b", request.headers.get("Accept-Language", ""))
    return [asked, clock, settings.KITH_COUNTRY, *regions]
