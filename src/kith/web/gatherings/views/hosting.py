"""Somebody hosts: they make a gathering, change what it says, and hold the evening."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kith.errors import RefusalError
from kith.web.gatherings import access, actions, forms, queries
from kith.web.gatherings.bridge import hours, plans
from kith.web.gatherings.bridge.meetings import Meeting
from kith.web.gatherings.choices import PHYSICAL, Joining, Status
from kith.web.gatherings.models import Gathering, Host
from kith.web.people.models import Person
from kith.web.people.views.doors import posted
from kith.web.safety.views.doors import for_me_among_others

Act = Callable[[Person, Gathering, Meeting | None], None]


@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the one page on which a gathering is written, and make it."""
    form = forms.HostingForm(posted(request), zone=hours.zone_kept(request.COOKIES))
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            made = actions.create(person=person, plan=form.plan())
        except RefusalError as error:
            refusal = error
        else:
            return redirect(made.get_absolute_url())
    return _show_form(request, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def edit(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Show what a gathering says, to be changed by its hosts."""
    found = access.open_hosted(person, slug)
    zone = hours.zone_kept(request.COOKIES) or found.timezone
    form = forms.HostingForm(posted(request), gathering=found, zone=zone)
    if form.is_bound and form.is_valid():
        actions.change(gathering=found, plan=form.plan())
        return redirect(found.get_absolute_url())
    return _show_form(request, form, None)


def _show_form(
    request: HttpRequest, form: forms.HostingForm, refusal: RefusalError | None
) -> HttpResponse:
    shown = {
        "form": form,
        "gathering": form.gathering,
        "meant": form.meant,
        # What is written in, or wrong, is not folded away.
        "is_for_some": bool(form.gathering) or _has(form, "audience", "access"),
        "is_careful": form["practice"].value() in PHYSICAL or _has(form, *_CARE),
        "refusal": refusal,
        "current": "gatherings",
    }
    is_well = refusal is None and not form.errors
    return render(request, "gatherings/hosting_form.html", shown, status=200 if is_well else 400)


_CARE = (
    "risk_words",
    "room_words",
    "first_aid_words",
    "waiver",
    "naloxone_words",
    "authority_words",
)


def _has(form: forms.HostingForm, *names: str) -> bool:
    """Return whether one of these fields is filled in, or wrong."""
    is_changed = form.is_bound and not set(names).isdisjoint(form.changed_data)
    return is_changed or any(name in form.errors or form.initial.get(name) for name in names)


@require_safe
@for_me_among_others
def yours(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody what they host, and what is kept for them and nobody else finds."""
    shown = {
        "hosted": queries.hosted_by(person),
        "kept": queries.kept_for(person),
        "current": "gatherings",
    }
    return render(request, "gatherings/yours.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def hosting(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Show hosts their evening; or remember that they are there, or cannot be."""
    found = access.open_hosted(person, slug)
    refusal = None
    if request.method == "POST":
        try:
            do = _DOINGS.get(request.POST.get("do", ""), _nothing)
            do(person, found, next_of(found))
        except RefusalError as error:
            refusal = error
        else:
            return redirect("gatherings:hosting", slug=slug)
    return show_hosting(request, person, found, refusal=refusal)


def show_hosting(
    request: HttpRequest,
    person: Person,
    found: Gathering,
    *,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    """Show hosts their evening, and what a rule just said."""
    meeting = next_of(found)
    hosts = access.hosts_beside(person, found)
    shown = {
        "gathering": found,
        "meeting": meeting,
        "title": title_of(found, meeting),
        "is_evening": meeting is not None and actions.is_evening_of(meeting),
        "is_waiting": found.status == Status.WAITING,
        "is_paused": found.status == Status.PAUSED,
        **evening_of(person, hosts, meeting),
        **second_host(request, person, found),
        "steps": _steps(found, meeting),
        "arrivals": queries.arrivals_of(found, meeting.on, seen_by=person) if meeting else [],
        "back": reverse("gatherings:hosting", args=[found.slug]) + "#door",
        "tell_path": f"{reverse('safety:tell')}?{urlencode({'where': found.get_absolute_url()})}",
        "steward_contact": settings.KITH_STEWARD_CONTACT,
        "refusal": refusal,
        "current": "gatherings",
    }
    return render(request, "gatherings/hosting.html", shown, status=400 if refusal else 200)


def next_of(found: Gathering) -> Meeting | None:
    """Return the next date of `found` that is not called off."""
    return next((m for m in actions.meetings_ahead(found) if not m.called_off), None)


def title_of(found: Gathering, meeting: Meeting | None) -> str:
    """Return "Riverside choir, tonight"."""
    if meeting is None:
        return found.name
    within = {
        gettext("Tonight"): gettext("tonight"),
        gettext("Today"): gettext("today"),
        gettext("Tomorrow"): gettext("tomorrow"),
    }
    day = within.get(meeting.day, meeting.day)
    return gettext("%(name)s, %(day)s") % {"name": found.name, "day": day}


def evening_of(person: Person, hosts: list[Host], meeting: Meeting | None) -> dict[str, object]:
    """Return who of the hosts is there, is on the way, or cannot be."""
    on = meeting.on if meeting else None
    mine = next(host for host in hosts if host.person_id == person.pk)
    others = [host for host in hosts if host.person_id != person.pk]
    coming = [host for host in others if on is None or host.away_on != on]
    return {
        "mine": mine,
        # Before there is a date to be there for, whoever has said yes is not dark.
        "windows": [(host.person.called, on in {None, host.here_on}) for host in (mine, *coming)],
        "other": coming[0].person if coming else None,
        "others": [host.person for host in others],
        "is_more_than_two": len(hosts) > access.HOSTS_LEAST,
        "am_here": on is not None and mine.here_on == on,
        "am_away": on is not None and mine.away_on == on,
        "other_is_here": any(on is not None and host.here_on == on for host in coming),
    }


def second_host(request: HttpRequest, person: Person, found: Gathering) -> dict[str, object]:
    """Return what is missing before it opens, and the link to hand on."""
    link = queries.link_of(person, found, Joining.BESIDE)
    return {
        "lacks": queries.lacks(person, found),
        "link": link,
        "link_address": link_address(request, link.code) if link else "",
        "new_days": settings.KITH_NEW_DAYS,
    }


def link_address(request: HttpRequest, code: str) -> str:
    """Return the whole address of a link for another host."""
    return request.build_absolute_uri(f"/host/with/{code}/")


def _steps(found: Gathering, meeting: Meeting | None) -> list[tuple[str, str, bool]]:
    """Return the steps of the evening, and which one is on."""
    steps = found.steps
    is_soon = meeting is not None and actions.is_evening_of(meeting)
    now = None
    if meeting is not None and is_soon:
        clock = hours.zone(found.timezone)
        now = plans.step_now(steps, start=meeting.begins, now=timezone.now().astimezone(clock))
    return [(at, step, place == now) for place, (at, step) in enumerate(steps)]


def _here(person: Person, found: Gathering, meeting: Meeting | None) -> None:
    if meeting is None:
        raise actions.NotYetError
    actions.say_here(person=person, gathering=found, meeting=meeting, all_are=False)


def _all_here(person: Person, found: Gathering, meeting: Meeting | None) -> None:
    if meeting is None:
        raise actions.NotYetError
    actions.say_here(person=person, gathering=found, meeting=meeting, all_are=True)


def _away(person: Person, found: Gathering, meeting: Meeting | None) -> None:
    actions.say_away(person=person, gathering=found, meeting=meeting)


def _nothing(_person: Person, _found: Gathering, _meeting: Meeting | None) -> None:
    """Do nothing: the form sent no word we know."""


_DOINGS: dict[str, Act] = {"here": _here, "all_here": _all_here, "away": _away}
