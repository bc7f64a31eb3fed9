"""The walk itself: each way to leak, planted, and found.

`planted` is a map of addresses that each do one thing wrong.
"""

import pytest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.test import override_settings
from django.urls import include, path
from tests.doors.table import AMONG, EVERYBODY, IN, TABLE, Address
from tests.doors.town import held_slugs, passkeys, references, slugs
from tests.doors.walk import every_address, faults, unsaid

from kith.web.gatherings import access as gatherings
from kith.web.people import access as people
from kith.web.people import actions
from kith.web.people.views.doors import for_me, read_or_sent, unkept
from kith.web.safety import access as safety
from kith.web.safety.views.doors import for_me_among_others


@read_or_sent
@for_me_among_others
def well(request, person, reference):
    """As it should be."""
    safety.open_person(person, reference)
    return HttpResponse("somebody")


@read_or_sent
@for_me_among_others
def well_held(request, person, slug):
    """As it should be, for hosts."""
    gatherings.open_hosted(person, slug)
    return HttpResponse("arrivals")


@read_or_sent
@for_me
def blocked_see(request, person, reference):
    people.open_reference(person, reference)
    return HttpResponse("somebody")


@read_or_sent
@for_me_among_others
def forbidden(request, person, reference):
    try:
        safety.open_person(person, reference)
    except Http404:
        return HttpResponse("You may not see Noor.", status=403)
    return HttpResponse("somebody")


@read_or_sent
@for_me_among_others
def own_words(request, person, reference):
    try:
        safety.open_person(person, reference)
    except Http404:
        return HttpResponse("Nobody here.", status=404)
    return HttpResponse("somebody")


@read_or_sent
@for_me
def header(request, person, number):
    try:
        people.open_passkey(person, number)
    except Http404:
        response = HttpResponse(status=302, headers={"Location": "/enter/?next=x"})
        if number < 10**6:
            response["X-Kith"] = "somebody's"
        return response
    return HttpResponse("yours")


@read_or_sent
@for_me
def changes(request, person, number):
    actions.call(person=person, called=f"{person.called} was here")
    people.open_passkey(person, number)
    return HttpResponse("yours")


def looks_first(request, slug):
    if slug == "never-was":
        raise Http404
    return redirect("/enter/?next=/")


@for_me
def any_method(request, person):
    return HttpResponse("yours")


@read_or_sent
def kept(request):
    if not people.is_in(request):
        return redirect("/enter/?next=/")
    # What says nothing of it is not kept, whoever forgets to say so; see keep_no_page_of_somebody.
    return HttpResponse("yours", headers={"Cache-Control": "private, max-age=60"})


@read_or_sent
@for_me
def broken(request, person):
    return unkept(HttpResponse("oh", status=500))


@read_or_sent
def everybody(request, slug):
    return HttpResponse("a host's page")


urlpatterns = [
    path("planted/well/<str:reference>/", well, name="well"),
    path("planted/well-held/<str:slug>/", well_held, name="well_held"),
    path("planted/blocked-see/<str:reference>/", blocked_see, name="blocked_see"),
    path("planted/forbidden/<str:reference>/", forbidden, name="forbidden"),
    path("planted/own-words/<str:reference>/", own_words, name="own_words"),
    path("planted/header/<int:number>/", header, name="header"),
    path("planted/changes/<int:number>/", changes, name="changes"),
    path("planted/looks-first/<str:slug>/", looks_first, name="looks_first"),
    path("planted/any-method/", any_method, name="any_method"),
    path("planted/kept/", kept, name="kept"),
    path("planted/broken/", broken, name="broken"),
    path("planted/everybody/<str:slug>/", everybody, name="everybody"),
    path("", include("kith.project.urls")),
]
BOTH = "GET POST"
PLANTED = {
    "well": Address(AMONG, BOTH, references),
    "well_held": Address(AMONG, BOTH, held_slugs),
    "blocked_see": Address(AMONG, BOTH, references),
    "forbidden": Address(AMONG, BOTH, references),
    "own_words": Address(AMONG, BOTH, references),
    "header": Address(IN, BOTH, passkeys),
    "changes": Address(IN, BOTH, passkeys),
    "looks_first": Address(IN, BOTH, slugs),
    "any_method": Address(IN, BOTH),
    "kept": Address(IN, BOTH),
    "broken": Address(IN, BOTH),
    "everybody": Address(AMONG, BOTH, held_slugs),
}
planted = override_settings(ROOT_URLCONF="tests.doors.test_the_walk")


def found_at(town, name, kind):
    with planted:
        [address] = [one for one in every_address() if one.name == name]
        return faults(address, PLANTED[name], town, town.comers[kind])


@pytest.mark.parametrize("name", ["well", "well_held"])
@pytest.mark.parametrize(
    "kind",
    ["stranger", "curious", "host", "stale", "blocked", "paused", "former", "stopped", "steward"],
)
def test_door_that_is_well_has_no_fault(town, name, kind):
    assert found_at(town, name, kind) == []


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("blocked_see", "blocked", "answered 200, not 404"),
        ("blocked_see", "paused", "answered 200 in a pause"),
        ("blocked_see", "curious", "answered otherwise than for what never was"),
        ("forbidden", "curious", "answered 403, not 404"),
        ("own_words", "blocked", "its page is not that of what never was"),
        ("header", "curious", "answered otherwise than for what never was"),
        ("header", "curious", "answered 302, not 404"),
        ("changes", "curious", "something was changed by somebody who may not"),
        ("looks_first", "former", "answered 404, not to /enter/?next="),
        ("looks_first", "stranger", "answered otherwise than for what never was"),
        ("any_method", "curious", "answered 200, not 405"),
        ("kept", "curious", "may be kept by a browser"),
        ("broken", "curious", "answered 500 to its owner"),
        ("everybody", "curious", "answered 200, not 404"),
        ("everybody", "stopped", "answered 200, not to /enter/?next="),
    ],
)
def test_planted_fault_is_found(town, name, kind, said):
    found = found_at(town, name, kind)

    assert [fault for fault in found if fault.endswith(said)] != []


@planted
def test_address_that_nobody_spoke_of_is_named_with_what_to_do():
    [sentence, *rest] = unsaid(TABLE)

    assert sentence == (
        '"well" at /planted/well/<str:reference>/ stands in no line of tests/doors/table.py. Add '
        "one: who may open it, by which methods, and the maker of what stands in the address."
    )
    assert len(rest) == len(PLANTED) - 1


def test_line_for_an_address_that_is_no_more_is_named():
    assert unsaid({**TABLE, "gone": Address(EVERYBODY, "GET")}) == [
        '"gone" stands in tests/doors/table.py and is no address any more. Take its line out.'
    ]
