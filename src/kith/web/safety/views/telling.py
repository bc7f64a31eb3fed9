"""Somebody tells a steward, with or without a door of their own."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kith.errors import RefusalError
from kith.web.people import access as people
from kith.web.people.actions import count
from kith.web.people.choices import Tried
from kith.web.people.models import Person
from kith.web.people.views.browsers import whence
from kith.web.people.views.doors import for_me, unkept
from kith.web.safety import access, actions, forms, queries
from kith.web.safety.choices import Category
from kith.web.safety.models import Report

_NOBODY_LOOKS = "nobody-looks"


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Ask what happened, and keep it for a steward who has no part in it."""
    person = _who_asks(request)
    if request.method != "POST":
        where = forms.local_path(request.GET.get("where", ""))
        return _ask(request, person, forms.TellForm(initial={"where": where}))
    form = forms.TellForm(request.POST)
    if not form.is_valid():
        return _ask(request, person, form, status=400)
    try:
        count(Tried.REPORT, whence=person.pk.hex if person else whence(request))
    except RefusalError as error:
        return _ask(request, person, form, status=429, refusal=error)
    return _kept(person, form)


@require_safe
@for_me
def tell_of(request: HttpRequest, person: Person, reference: str) -> HttpResponse:
    """Ask what happened with somebody."""
    access.open_person_to_tell_of(person, reference)
    return _ask(request, person, forms.TellForm(initial={"who": reference}))


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Say that it arrived, and what became of what somebody told earlier."""
    person = _who_asks(request)
    shown = {
        "nobody_looks": _NOBODY_LOOKS in request.GET,
        "outside_contact": settings.KITH_OUTSIDE_CONTACT,
        "reports": queries.told_by(person) if person else (),
        "is_in": person is not None,
    }
    return unkept(render(request, "safety/told.html", shown))


def _who_asks(request: HttpRequest) -> Person | None:
    try:
        return people.me(request)
    except people.StrangerError:
        return None


def _kept(person: Person | None, form: forms.TellForm) -> HttpResponse:
    given = form.cleaned_data
    report = Report(
        category=Category(given["category"]),
        words=given["words"],
        where=given["where"],
        about=access.told_of(person, given["who"]),
        by=person,
        is_named=given["is_named"],
    )
    actions.tell(report=report)
    query = None if access.somebody_looks(report) else {_NOBODY_LOOKS: ""}
    return HttpResponseRedirect(reverse("safety:told", query=query))


def _ask(
    request: HttpRequest,
    person: Person | None,
    form: forms.TellForm,
    *,
    status: int = 200,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "categories": Category.choices,
        "about": _shown_as(person, form["who"].value() or ""),
        "is_in": person is not None,
        "refusal": refusal,
    }
    return unkept(render(request, "safety/tell.html", shown, status=status))


def _shown_as(person: Person | None, reference: str) -> str:
    """Return what the person a form speaks of is called, or "" if that is not to be seen."""
    if person is None or not reference:
        return ""
    try:
        return str(access.open_person_to_tell_of(person, reference))
    except Http404:
        return ""
