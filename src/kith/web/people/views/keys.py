"""Pages for the keys to one's own door."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from kith.errors import RefusalError
from kith.web.people import access, actions, forms
from kith.web.people.actions import keys as key_actions
from kith.web.people.actions import passkeys
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.people.views.doors import for_me_for_sure, posted, read_or_sent, refused
from kith.web.people.views.own import show_you


@require_POST
@for_me_for_sure
def another_passkey_to_make(request: HttpRequest, person: Person) -> JsonResponse:
    """Return what to ask the browser of somebody who wants one more passkey."""
    return JsonResponse(
        passkeys.ask_to_make(
            request.session,
            host=browsers.host_of(request),
            shown_as=settings.KITH_NAME,
            person=person,
        )
    )


@require_POST
@for_me_for_sure
def add_passkey(request: HttpRequest, person: Person) -> JsonResponse:
    """Keep the passkey that this browser made."""
    try:
        whose, passkey = passkeys.made(
            request.session,
            browsers.answer_of(request),
            origin=browsers.origin_of(request),
            host=browsers.host_of(request),
        )
        actions.add_passkey(
            person=person, made_for=whose, passkey=passkey, device=browsers.browser_of(request)
        )
    except RefusalError as error:
        return refused(error)
    return JsonResponse({"next": f"{reverse('people:you')}#keys"})


@require_POST
@for_me_for_sure
def drop_passkey(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Take one passkey away."""
    passkey = access.open_passkey(person, number)
    try:
        actions.drop_passkey(passkey=passkey)
    except RefusalError as error:
        return show_you(request, person, refusal=error)
    return redirect(f"{reverse('people:you')}#keys")


@require_POST
@for_me_for_sure
def drop_words(request: HttpRequest, person: Person) -> HttpResponse:
    """Take the six words away."""
    try:
        actions.drop_words(person=person)
    except RefusalError as error:
        return show_you(request, person, refusal=error)
    return redirect(f"{reverse('people:you')}#keys")


@read_or_sent
@for_me_for_sure
def words(request: HttpRequest, person: Person) -> HttpResponse:
    """Draw six words, and keep them once they are written down."""
    drawn_for = f"words of {person.pk}"
    form = forms.OfferedForm(posted(request), drawn_for=drawn_for)
    if request.method == "POST" and form.is_valid():
        actions.keep_words(person=person, words=form.cleaned_data["offered"])
        return redirect(f"{reverse('people:you')}#keys")
    again = form.cleaned_data.get("offered") if form.is_bound else None
    drawn = again or actions.new_words(get_language() or "en")
    shown = {
        "words": drawn.split(),
        "offered": forms.offered(drawn, drawn_for=drawn_for),
        "form": form,
        "target": reverse("people:words"),
    }
    return render(request, "people/words.html", shown, status=400 if form.is_bound else 200)


@read_or_sent
@for_me_for_sure
def codes(request: HttpRequest, person: Person) -> HttpResponse:
    """Draw recovery codes, and keep them once they are written down."""
    drawn_for = f"codes of {person.pk}"
    form = forms.OfferedForm(posted(request), drawn_for=drawn_for)
    if request.method == "POST" and form.is_valid():
        actions.keep_codes(person=person, codes=form.cleaned_data["offered"].split())
        return redirect(browsers.next_of(request, reverse("people:you")))
    again = form.cleaned_data.get("offered") if form.is_bound else None
    drawn = again or " ".join(actions.new_code() for _ in range(key_actions.CODES))
    shown = {
        "codes": drawn.split(),
        "offered": forms.offered(drawn, drawn_for=drawn_for),
        "form": form,
        "next": browsers.next_of(request, reverse("people:you")),
    }
    return render(request, "people/codes.html", shown, status=400 if form.is_bound else 200)


@require_POST
@for_me_for_sure
def lend(request: HttpRequest, person: Person) -> HttpResponse:
    """Show a code for another device."""
    return render(request, "people/lend.html", {"code": actions.lend_code(person=person)})
