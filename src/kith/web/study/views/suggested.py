"""Something that came unasked: read, or waved away. What somebody asks for themselves is elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.web.people.access import reference_to
from kith.web.people.models import Person
from kith.web.safety.views.doors import for_me_among_others
from kith.web.study import access, actions, queries


@require_safe
@for_me_among_others
def suggestion(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show what is suggested, and to whom it would lead, if the two still see each other."""
    found, now = access.open_suggestion(person, token), timezone.now()
    other = queries.named_in(found)
    shown = {
        "suggestion": found,
        "other": other,
        "reference": reference_to(other, seen_by=person) if other else "",
        "is_over": not found.stands(now),
        "is_asked": access.is_asked(person, found.study),
        "current": "you",
    }
    return render(request, "study/suggestion.html", shown)


@require_POST
@for_me_among_others
def seen_suggestion(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Note that somebody has it before them."""
    actions.see_suggestion(suggestion=access.open_suggestion(person, token), at=timezone.now())
    return JsonResponse({"seen": True})


@require_POST
@for_me_among_others
def wave_away(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Let it be."""
    actions.wave_away(suggestion=access.open_suggestion(person, token), at=timezone.now())
    return redirect("study:thanks")
