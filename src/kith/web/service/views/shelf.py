"""What others ask and offer, what is one's own, and the form to say something."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.gatherings.models import Gathering
from kith.web.notices import actions as notices
from kith.web.people import access as people
from kith.web.people.bridge import homes
from kith.web.people.models import Person
from kith.web.people.views.doors import posted, read_or_sent
from kith.web.safety.views.doors import for_me_among_others
from kith.web.service import access, actions, bridge, queries
from kith.web.service.choices import Place, SeenBy, Side, What
from kith.web.service.forms import SayForm
from kith.web.service.models import Errand


@require_safe
@for_me_among_others
def service(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what others ask and offer, and what is one's own."""
    if actions.TOLD in request.GET:
        notices.saw_page(person=person, paths=[actions.too_late_path()])
    with timezone.override(zone_of(request)):
        return render(request, "service/service.html", _shown(person, timezone.now()))


def _shown(person: Person, now: datetime) -> dict[str, Any]:
    near = bridge.around(person, at=now)
    cards = [
        queries.card_of(one.errand, is_of_a_circle=one.is_of_a_circle, ring=one.ring)
        for one in bridge.shelf_for(person, near, at=now)
    ]
    return {
        "first": cards[0] if cards else None,
        "cards": cards[1:],
        "mine": queries.mine_of(person, at=now),
        "door": actions.invite(person=person, at=now),
        "has_home": near.home is not None,
        "is_new": people.is_new(person),
    }


@require_POST
@for_me_among_others
def not_now(_request: HttpRequest, person: Person) -> HttpResponse:
    """Wave the other door away."""
    actions.wave_away(person=person)
    return redirect("service:service")


@read_or_sent
@for_me_among_others
def say(request: HttpRequest, person: Person, side: str) -> HttpResponse:
    """Ask what somebody would like to ask for, or to offer."""
    now = timezone.now()
    before = _before(request, person)
    form = _form(request, person, before, now)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, person, form, side, before)
    try:
        draft = _draft(form, Side(side), zone_of(request))
        errand = actions.say(person=person, draft=draft, instead=before, at=now)
    except RefusalError as error:
        return _ask(request, person, form, side, before, refusal=error)
    return redirect(errand)


def _before(request: HttpRequest, person: Person) -> Errand | None:
    """Return what is to be said again, if an address or a form names one of theirs."""
    token = request.POST.get("again", "") or request.GET.get("again", "")
    return access.open_mine(person, token) if token else None


def _form(request: HttpRequest, person: Person, before: Errand | None, at: datetime) -> SayForm:
    gatherings = list(access.gatherings_of(person))
    initial: dict[str, Any] = {}
    if before is not None:
        initial = SayForm.held(before)
    elif slug := request.GET.get("gathering", ""):
        found = access.open_gathering(slug)
        gatherings = _with(gatherings, found)
        initial = {"gathering": slug, "what": What.RIDE, "on": _day(request.GET.get("on", ""))}
    if slug := request.POST.get("to", ""):
        gatherings = _with(gatherings, access.open_gathering(slug))
    today = at.astimezone(ZoneInfo(zone_of(request))).date()
    return SayForm(posted(request), initial=initial, gatherings=gatherings, today=today)


def _with(gatherings: list[Gathering], one: Gathering) -> list[Gathering]:
    return gatherings if one in gatherings else [one, *gatherings]


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _draft(form: SayForm, side: Side, zone: str) -> actions.Draft:
    given = form.cleaned_data
    return actions.Draft(
        side=side,
        what=What(given["what"]),
        zone=zone,
        words=given["words"],
        on=given["on"],
        days=tuple(given["days"]),
        parts=tuple(given["parts"]),
        place=Place(given["place"]),
        seen_by=SeenBy(given["seen_by"]),
        gathering=given["gathering"],
    )


def _ask(
    request: HttpRequest,
    person: Person,
    form: SayForm,
    side: str,
    before: Errand | None,
    *,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "who_sees": form["seen_by"],
        "has_gatherings": form.has_gatherings,
        "weekdays": form.picks["days"],
        "has_days": bool(form["days"].value()),
        "is_offer": side == Side.OFFER,
        "again": before.token if before else "",
        "to": request.POST.get("to", "") or request.GET.get("gathering", ""),
        "is_new": people.is_new(person),
        "has_home": bridge.has_home(person),
        "refusal": refusal,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "service/say.html", shown, status=status)


def zone_of(request: HttpRequest) -> str:
    """Return by which clock whoever asks lives."""
    return homes.zone_named(request.COOKIES.get("tz", ""), settings.TIME_ZONE)
