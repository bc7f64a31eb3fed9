"""A check-in: seen, answered once however often it comes, passed over, or asked less often."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.people.views.doors import for_me, posted, read_or_sent
from kith.web.study import access, actions, queries
from kith.web.study.choices import AHEAD, PULLS, STRONG_FROM
from kith.web.study.forms import CheckInForm
from kith.web.study.models import Prompt

# What the page of a check-in shows and runs.
_SHOWN = (
    "kit/tokens.css", "kit/kit.css", "kit/kit.js", "kit/icons.svg", "people/people.css",
    "study/study.css", "study/check_in.js", "study/kept.js", "study/seen.js", "study/sync.js",
)  # fmt: skip


@read_or_sent
@for_me
def check_in(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show a few questions, or keep what was answered to them."""
    prompt, now = access.open_prompt(person, token), timezone.now()
    items = queries.items_in_words(prompt.survey.items)
    form = CheckInForm(posted(request), items=items)
    if not form.is_bound:
        # A device keeps it before its time, to be shown in its time.
        is_kept = "kept" in request.GET and prompt.is_ahead(now)
        return _show(request, prompt, form, is_over=not (is_kept or prompt.is_waiting(now)))
    form.is_valid()
    answers = form.answers()
    try:
        at, key = form.moment(now), form.cleaned_data.get("key") or ""
        seen = form.seen_at()
        actions.answer(prompt=prompt, answers=answers, at=at, now=now, key=key, seen=seen)
    except RefusalError as error:
        return _refused(request, prompt, form, error)
    if _is_by_script(request):
        return JsonResponse({"taken": True})
    near = "?near" if _is_strong(items, answers) else ""
    return redirect(f"{reverse('study:thanks')}{near}")


@require_safe
@for_me
def ahead(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what this device may keep of what comes, so that it can be answered without internet.

    On a computer that others use, nothing.
    """
    now, is_shared = timezone.now(), bool(request.session.get("is_shared"))
    prompts = [] if is_shared else access.ahead_of(person, at=now, until=now + AHEAD)
    pages = [
        {
            "page": one.get_absolute_url(),
            "from": one.intended_at.timestamp() * 1000,
            "until": one.expires_at.timestamp() * 1000,
        }
        for one in prompts
    ]
    return JsonResponse({"pages": pages, "files": _files() if pages else []})


def _files() -> list[str]:
    """Return the addresses of what a check-in needs; scripts name each other without a mark of time."""
    named = [static(name) for name in _SHOWN]
    return [*dict.fromkeys([*named, *(f"{settings.STATIC_URL}{name}" for name in _SHOWN)])]


@require_POST
@for_me
def seen(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Note that somebody has it before them: the page's script says so, no link and no prefetch."""
    actions.see(prompt=access.open_prompt(person, token), at=timezone.now())
    return JsonResponse({"seen": True})


@require_POST
@for_me
def not_now(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Let one be."""
    actions.pass_over(prompt=access.open_prompt(person, token), at=timezone.now())
    return redirect("study:thanks")


@require_POST
@for_me
def fewer(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask somebody less often."""
    actions.fewer(consent=access.open_consent(person, token), at=timezone.now())
    return redirect("study:mine", token)


@require_safe
@for_me
def thanks(request: HttpRequest, _person: Person) -> HttpResponse:
    """Say thanks, and where a voice is if the pull is strong."""
    shown = {"is_near": "near" in request.GET, "current": "you"}
    return render(request, "study/thanks.html", shown)


def _is_strong(items: list[dict[str, Any]], answers: dict[str, int]) -> bool:
    pulls = [answers.get(item["key"], 0) for item in items if item.get("item") in PULLS]
    return any(value >= STRONG_FROM for value in pulls)


def _show(
    request: HttpRequest,
    prompt: Prompt,
    form: CheckInForm,
    *,
    is_over: bool,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    shown = {
        "prompt": prompt,
        "questions": [(item, form[item["key"]]) for item in form.items],
        "strong_from": STRONG_FROM,
        "pulls": [item["key"] for item in form.items if item.get("item") in PULLS],
        "is_over": is_over,
        "refusal": refusal,
        "is_shared": bool(request.session.get("is_shared")),
        "current": "you",
        # What stays on a device says nothing of whose it is.
        **({"me": None} if "kept" in request.GET else {}),
    }
    return render(request, "study/check_in.html", shown, status=400 if refusal else 200)


def _refused(
    request: HttpRequest, prompt: Prompt, form: CheckInForm, error: RefusalError
) -> HttpResponse:
    if _is_by_script(request):
        return JsonResponse({"taken": False, "refused": str(error)}, status=409)
    return _show(request, prompt, form, is_over=True, refusal=error)


def _is_by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
