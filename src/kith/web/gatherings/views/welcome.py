"""The front door, and what changed lately."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kith.web.gatherings import forms, queries
from kith.web.gatherings.bridge import finding
from kith.web.gatherings.views.cards import cards
from kith.web.gatherings.views.finding import reader_of, rows_html
from kith.web.people import access as people

SOON = 3


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Show what kith is, ask where somebody is, and show what is on next; who is in has Tonight."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and people.is_in(request):
        return redirect("tonight:tonight")
    now = datetime.now(UTC)
    search = forms.search_from(request.GET, request.COOKIES)
    asked, answer = finding.find_widening(search.asked, now)
    # What has begun is hard to walk into for somebody new.
    begun = int(now.timestamp()) // 60
    soon = tuple(hit for hit in answer.hits if hit.starts >= begun)[:SOON]
    found = cards((hit.number for hit in soon), get_language())
    context = {
        "here": asked.near.name if asked.near else "",
        "soon": rows_html(soon, found, reader_of(asked), now),
        "kith_home_place": settings.KITH_HOME_PLACE,
    }
    return render(request, "gatherings/welcome.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show what is new, changed, paused and gone since a day; by default, the last two weeks."""
    earliest = queries.earliest_change_shown()
    try:
        day = parse_date(request.GET.get("since", ""))
    except ValueError:
        day = None
    since = (
        max(earliest, make_aware(datetime.combine(day, datetime.min.time()))) if day else earliest
    )
    context = {"since": since, **queries.changed_since(since)}
    return render(request, "gatherings/gathering_changes.html", context)
