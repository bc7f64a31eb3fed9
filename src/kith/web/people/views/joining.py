"""Somebody joins: with a passkey, or with six words."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from kith.errors import RefusalError
from kith.web.people import access, actions, forms
from kith.web.people.actions import passkeys
from kith.web.people.choices import Tried
from kith.web.people.views import browsers
from kith.web.people.views.doors import posted, read_or_sent, refused, unkept

_DRAWN_FOR = "joining"


@read_or_sent
def join(request: HttpRequest) -> HttpResponse:
    """Show the ways to join; a form without JavaScript asks for six words."""
    if access.is_in(request):
        return redirect("people:you")
    if by_name := browsers.by_name(request):
        return HttpResponseRedirect(by_name)
    form = forms.AgeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = actions.new_words(get_language() or "en")
        return _words_page(request, words, forms.OfferedForm(drawn_for=_DRAWN_FOR))
    return unkept(
        render(
            request,
            "people/join.html",
            {
                "form": form,
                "next": browsers.next_of(request, ""),
                "may_keep_passkeys": browsers.may_keep_passkeys(request),
            },
        )
    )


@require_POST
def join_with_words(request: HttpRequest) -> HttpResponse:
    """Let somebody in who has written their six words down."""
    form = forms.OfferedForm(request.POST, drawn_for=_DRAWN_FOR)
    if not form.is_valid():
        words = form.cleaned_data.get("offered") or actions.new_words(get_language() or "en")
        return _words_page(request, words, form, status=400)
    try:
        actions.count(Tried.JOIN, whence=browsers.whence(request))
    except RefusalError as error:
        return _words_page(request, form.cleaned_data["offered"], form, status=429, refusal=error)
    try:
        person = actions.join_with_words(words=form.cleaned_data["offered"])
    except RefusalError:
        # Sent twice, or taken from a page that somebody else left open: those are somebody's now.
        form.add_error("offered", forms.LAY_TOO_LONG)
        return _words_page(request, actions.new_words(get_language() or "en"), form, status=400)
    actions.enter(request, person, browser=browsers.browser_of(request))
    return redirect(browsers.next_of(request, reverse("people:you")))


def _words_page(
    request: HttpRequest,
    words: str,
    form: forms.OfferedForm,
    *,
    status: int = 200,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    shown = {
        "words": words.split(),
        "offered": forms.offered(words, drawn_for=_DRAWN_FOR),
        "form": form,
        "refusal": refusal,
        "target": browsers.going_on(request, reverse("people:join_with_words")),
        "is_new": True,
    }
    return unkept(render(request, "people/words.html", shown, status=status))


@require_POST
def passkey_to_make(request: HttpRequest) -> JsonResponse:
    """Return what to ask the browser of somebody new."""
    try:
        actions.count(Tried.JOIN, whence=browsers.whence(request))
    except RefusalError as error:
        return refused(error, status=429)
    browsers.remember_shortly(request)
    return JsonResponse(
        passkeys.ask_to_make(
            request.session, host=browsers.host_of(request), shown_as=settings.KITH_NAME
        )
    )


@require_POST
def join_with_passkey(request: HttpRequest) -> JsonResponse:
    """Let somebody in whose browser made a passkey."""
    try:
        person_id, passkey = passkeys.made(
            request.session,
            browsers.answer_of(request),
            origin=browsers.origin_of(request),
            host=browsers.host_of(request),
        )
        browser = browsers.browser_of(request)
        person = actions.join_with_passkey(person_id=person_id, passkey=passkey, device=browser)
    except RefusalError as error:
        return refused(error)
    actions.enter(request, person, browser=browser)
    return JsonResponse({"next": browsers.going_on(request, reverse("people:codes"))})
