"""Somebody comes in who has been here before, and goes again."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kith.errors import RefusalError
from kith.web.people import actions, forms
from kith.web.people.actions import passkeys
from kith.web.people.choices import Tried, Written
from kith.web.people.views import browsers
from kith.web.people.views.doors import posted, read_or_sent, refused, unkept

# Tells the browser to forget what it kept of us. Not everything: "I need someone now" must open.
_FORGET = '"cache", "cookies"'


@read_or_sent
def enter(request: HttpRequest) -> HttpResponse:
    """Show the ways in, and open the door to whoever types six words or a code."""
    if by_name := browsers.by_name(request):
        return HttpResponseRedirect(by_name)
    form = forms.EnterForm(posted(request))
    refusal, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            return _entered_with_written(request, form)
        except RefusalError as error:
            status = 429 if isinstance(error, actions.TooManyTriesError) else 400
            refusal = error
    shown = {
        "form": form,
        "refusal": refusal,
        "next": browsers.next_of(request, ""),
        "may_keep_passkeys": browsers.may_keep_passkeys(request),
    }
    return unkept(render(request, "people/enter.html", shown, status=status))


def _entered_with_written(request: HttpRequest, form: forms.EnterForm) -> HttpResponse:
    actions.count(Tried.ENTER, whence=browsers.whence(request))
    person, kind = actions.enter_with_written(form.cleaned_data["key"])
    actions.enter(
        request,
        person,
        browser=browsers.browser_of(request),
        is_shared=form.cleaned_data["is_shared"],
    )
    # Who used a code has lost a key, or is on a new device: the page of keys is what they need.
    return HttpResponseRedirect(
        browsers.next_of(request, "/") if kind == Written.WORDS else f"{reverse('people:you')}#keys"
    )


@require_POST
def passkey_to_show(request: HttpRequest) -> JsonResponse:
    """Return what to ask the browser of somebody who comes back."""
    browsers.remember_shortly(request)
    return JsonResponse(passkeys.ask_to_show(request.session, host=browsers.host_of(request)))


@require_POST
def enter_with_passkey(request: HttpRequest) -> JsonResponse:
    """Open the door to whoever shows a passkey of ours."""
    answer = browsers.answer_of(request)
    try:
        actions.count(Tried.ENTER, whence=browsers.whence(request))
        person = actions.enter_with_passkey(
            request.session,
            answer,
            origin=browsers.origin_of(request),
            host=browsers.host_of(request),
        )
    except actions.TooManyTriesError as error:
        return refused(error, status=429)
    except RefusalError as error:
        return refused(error)
    actions.enter(
        request,
        person,
        browser=browsers.browser_of(request),
        is_shared=answer.get("is_shared") is True,
    )
    return JsonResponse({"next": browsers.next_of(request, "/")})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Shut the door in this browser; on a shared computer nothing stays behind."""
    was_shared = bool(request.session.get("is_shared"))
    actions.leave(request)
    response = unkept(HttpResponseRedirect("/"))
    if was_shared:
        response["Clear-Site-Data"] = _FORGET
    return response
