"""Whom somebody may write to, and what was written."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.errors import RefusalError
from kith.web.messages import access, actions, forms, queries
from kith.web.messages.access import Conversation
from kith.web.messages.choices import Quick
from kith.web.messages.models import WORDS_MOST
from kith.web.notices import actions as notices
from kith.web.people import access as people
from kith.web.people.actions import TooManyTriesError
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.safety.views.doors import for_me_among_others


@require_safe
@for_me_among_others
def messages(request: HttpRequest, person: Person) -> HttpResponse:
    """Show whom somebody may write to."""
    shown = {"others": queries.others_of(person, at=timezone.now())}
    return render(request, "messages/messages.html", shown)


@require_safe
@for_me_among_others
def by_ground(_request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Lead from a notice to what was written."""
    other = access.open_by_ground(person, number)
    return _to(person, other)


@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def conversation(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """Show what two people wrote, and send what one of them writes."""
    found = access.open_conversation(person, reference, at=timezone.now())
    if request.method != "POST":
        grounds = queries.grounds_between(person, found.other)
        notices.saw_page(person=person, paths=[actions.path_to(ground) for ground in grounds])
        return _show(request, found)
    form = forms.WriteForm(request.POST)
    form.is_valid()
    try:
        actions.write(by=person, to=found.other, words=form.said)
    except RefusalError as error:
        status = 429 if isinstance(error, TooManyTriesError) else 400
        return _show(request, found, words=form.data.get("words", ""), refusal=error, status=status)
    return _to(person, found.other)


def _show(
    request: HttpRequest,
    found: Conversation,
    *,
    words: str = "",
    refusal: RefusalError | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "conversation": found,
        # Their card, with what to do if something is not okay; of an app that comes later.
        "card": f"/person/{people.reference_to(found.other, seen_by=found.person)}/",
        "writes_first": queries.writes_first(found),
        "words": words,
        "words_most": WORDS_MOST,
        "quick": Quick.choices,
        "refusal": refusal,
    }
    with timezone.override(browsers.zone_of(request) or settings.TIME_ZONE):
        return render(request, "messages/conversation.html", shown, status=status)


def _to(person: Person, other: Person) -> HttpResponse:
    reference = people.reference_to(other, seen_by=person)
    return redirect("kith_messages:conversation", reference=reference)
