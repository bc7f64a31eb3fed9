"""The page about notices, which is one's own."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.notices import access, actions, forms, queries
from kith.web.notices.actions import vouching
from kith.web.notices.choices import Most
from kith.web.people import access as people
from kith.web.people import actions as people_actions
from kith.web.people.choices import Tried
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.people.views.doors import for_me, refused

# No row has a longer number, and no database takes one that is much longer.
_DIGITS_MOST = 18


@require_safe
@for_me
def notices(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody how they are told of things."""
    return _show(request, person)


@require_POST
@for_me
def choose_pace(request: HttpRequest, person: Person) -> HttpResponse:
    """Remember how often and when."""
    form = forms.PaceForm(request.POST)
    if not form.is_valid():
        return _show(request, person, pace_form=form, status=400)
    said = form.cleaned_data
    actions.choose_pace(
        person=person,
        most=Most(said["most"]),
        quiet_from=said["quiet_from"],
        quiet_until=said["quiet_until"],
        zone=browsers.zone_of(request),
    )
    return _back("often")


@require_POST
@for_me
def subscribe(request: HttpRequest, person: Person) -> JsonResponse:
    """Tell this browser from now on."""
    form = forms.SubscriptionForm(browsers.answer_of(request))
    session = people.this_session(request, person)
    try:
        if not form.is_valid() or session is None or session.is_shared:
            raise actions.BadSubscriptionError
        actions.subscribe(
            person=person,
            session=session,
            sent=form.cleaned_data,
            zone=browsers.zone_of(request),
            language=_language(),
        )
    except RefusalError as error:
        return refused(error)
    return JsonResponse({"next": f"{reverse('notices:notices')}#here"})


@require_POST
@for_me
def drop_subscription(_request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Tell one browser no more."""
    actions.drop_subscription(subscription=access.open_subscription(person, number))
    return _back("here")


@require_POST
@for_me
def give_address(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask at an address whether it is theirs."""
    form = forms.AddressForm(request.POST)
    if not settings.KITH_EMAIL_URL or not form.is_valid():
        return _show(request, person, address_form=form, status=400)
    address = form.cleaned_data["address"]
    try:
        for whence in (person.pk.hex, address.lower()):
            people_actions.count(Tried.MAIL, whence=whence)
    except people_actions.TooManyTriesError as error:
        return _show(request, person, address_form=form, refusal=error, status=429)
    actions.give_address(
        person=person,
        address=address,
        zone=browsers.zone_of(request),
        language=_language(),
    )
    return _back("mail")


@require_POST
@for_me
def drop_address(_request: HttpRequest, person: Person) -> HttpResponse:
    """Write to somebody no more."""
    email = access.address_of(person)
    if email is not None:
        actions.drop_address(email=email)
    return _back("mail")


@require_POST
@for_me
def seen(request: HttpRequest, person: Person) -> HttpResponse:
    """Note what somebody has seen on Tonight."""
    sent = request.POST.getlist("notice")
    numbers = [int(one) for one in sent if one.isdecimal() and len(one) <= _DIGITS_MOST]
    actions.saw(person=person, numbers=numbers)
    return redirect(browsers.next_of(request, "/tonight/"))


def _show(request: HttpRequest, person: Person, *, status: int = 200, **more: Any) -> HttpResponse:
    pace, ways = queries.pace_of(person), queries.ways_of(person)
    shown = {
        "pace_form": forms.PaceForm(
            {"most": pace.most, "quiet_from": pace.quiet_from, "quiet_until": pace.quiet_until}
        ),
        "address_form": forms.AddressForm(),
        "choices": Most.choices,
        "clock": str(pace.clock).replace("_", " "),
        "ways": ways,
        "session_key": people.session_here(request),
        "is_on_here": ways.is_on_in(people.session_here(request)),
        "is_shared": bool(request.session.get("is_shared")),
        "push_name": vouching.own_name() if settings.KITH_PUSH_KEY else "",
        "may_mail": bool(settings.KITH_EMAIL_URL),
        "current": "you",
        **more,
    }
    return render(request, "notices/notices.html", shown, status=status)


def _back(part: str) -> HttpResponse:
    return redirect(f"{reverse('notices:notices')}#{part}")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
