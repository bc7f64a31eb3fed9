"""Who hosts a gathering: links that are handed on, names shown or not, and an end to it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.errors import RefusalError
from kith.web.gatherings import access, actions, queries
from kith.web.gatherings.bridge import words
from kith.web.gatherings.choices import PRACTICES, Joining, Mode, Status
from kith.web.gatherings.models import Gathering, HostLink
from kith.web.gatherings.views.hosting import evening_of, link_address, next_of, second_host
from kith.web.kit import times
from kith.web.people.models import Person
from kith.web.safety.views.doors import for_me_among_others

_Do = Callable[[HttpRequest, Person, Gathering], HttpResponse | None]


@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def hosts(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Show who hosts a gathering, and do what a host asked for."""
    found = access.open_hosted(person, slug)
    refusal = None
    if request.method == "POST":
        try:
            answer = _DOINGS.get(request.POST.get("do", ""), _nothing)(request, person, found)
            return answer or redirect("gatherings:hosts", slug=slug)
        except RefusalError as error:
            refusal = error
    instead = queries.link_of(person, found, Joining.INSTEAD)
    shown = {
        "gathering": found,
        **evening_of(person, access.hosts_beside(person, found), next_of(found)),
        **second_host(request, person, found),
        "hand_over": instead,
        "hand_over_address": link_address(request, instead.code) if instead else "",
        "ends_soon": queries.ends_soon(person, found),
        "is_waiting": found.status == Status.WAITING,
        "refusal": refusal,
        "current": "gatherings",
    }
    page = "gatherings/hosting_hosts.html"
    return render(request, page, shown, status=400 if refusal else 200)


def _invite(_request: HttpRequest, person: Person, found: Gathering) -> None:
    actions.invite(person=person, gathering=found, joining=Joining.BESIDE)


def _hand_over(_request: HttpRequest, person: Person, found: Gathering) -> None:
    actions.invite(person=person, gathering=found, joining=Joining.INSTEAD)


def _take_back(_request: HttpRequest, person: Person, found: Gathering) -> None:
    actions.take_back(person=person, gathering=found)


def _name(request: HttpRequest, person: Person, found: Gathering) -> None:
    actions.show_name(person=person, gathering=found, is_named="is_named" in request.POST)


def _again(_request: HttpRequest, person: Person, found: Gathering) -> None:
    actions.go_on_hosting(person=person, gathering=found)


def _leave(_request: HttpRequest, person: Person, found: Gathering) -> HttpResponse:
    actions.leave(person=person, gathering=found)
    return redirect("gatherings:yours")


def _nothing(_request: HttpRequest, _person: Person, _found: Gathering) -> None:
    """Do nothing: the form sent no word we know."""


_DOINGS: dict[str, _Do] = {
    "invite": _invite,
    "hand_over": _hand_over,
    "take_back": _take_back,
    "name": _name,
    "again": _again,
    "leave": _leave,
}


# ---- the other end of a link ------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@for_me_among_others
def link(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """Show somebody what they are asked to host, and take their yes or no."""
    found = access.open_link(person, code)
    if found is None:
        return render(request, "gatherings/host_link_gone.html", status=404)
    refusal = None
    if request.method == "POST":
        try:
            return _answered(request, person, found)
        except RefusalError as error:
            refusal = error
    return _show_link(request, person, found, refusal)


def _answered(request: HttpRequest, person: Person, found: HostLink) -> HttpResponse:
    if request.POST.get("answer") == "yes":
        gathering = actions.accept(person=person, link=found)
        return redirect("gatherings:hosting", slug=gathering.slug)
    actions.decline(link=found)
    return render(request, "gatherings/host_link_declined.html")


def _show_link(
    request: HttpRequest, person: Person, found: HostLink, refusal: RefusalError | None
) -> HttpResponse:
    gathering = found.gathering
    shown = {
        "link": found,
        "gathering": gathering,
        "practice": PRACTICES.get(gathering.practice, ""),
        "rhythm": words.said_rhythm(gathering),
        "once": queries.only_date_of(gathering) if not gathering.rule else None,
        "at": times.said_time(gathering.start) if gathering.start else "",
        "is_online": gathering.mode == Mode.ONLINE,
        "is_instead": found.joining == Joining.INSTEAD,
        "is_own": found.by_id == person.pk,
        "today": timezone.localdate(),
        "refusal": refusal,
        "current": "gatherings",
    }
    page = "gatherings/host_link.html"
    return render(request, page, shown, status=400 if refusal else 200)
