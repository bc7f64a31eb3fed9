"""Stay with me: agreed company for a dangerous hour. Both read what will happen, before it begins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.people import access as people_access
from kith.web.people.models import Person
from kith.web.people.views.doors import read_or_sent
from kith.web.reach import access, actions, forms, queries
from kith.web.reach.choices import By
from kith.web.reach.views.lines import lines_for
from kith.web.safety import access as safety
from kith.web.safety.views.doors import for_me_among_others


@read_or_sent
@for_me_among_others
def stay_with_me(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what company is, and ask somebody for it."""
    now = timezone.now()
    notices.saw_page(person=person, paths=[request.path])
    asked = access.company_of(person, at=now)
    if request.method != "POST" and asked is not None:
        return redirect(asked)
    people = access.near_people(person, queries.plan_of(person, at=now))
    form = forms.StayForm(request.POST or None, initial={"by": By.TAPS, "every": 10, "hours": 1})
    refusal: RefusalError | None = None
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        other = safety.open_person(person, said.pop("who"))
        if other not in people:
            raise Http404
        agreed = actions.Agreed(**said)
        try:
            return redirect(actions.ask_to_stay(person=person, other=other, agreed=agreed, at=now))
        except RefusalError as error:
            refusal = error
    shown = {
        "form": form,
        "people": [(people_access.reference_to(one, seen_by=person), str(one)) for one in people],
        "refusal": refusal,
        **lines_for(request),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "reach/stay.html", shown, status=status)


@require_safe
@for_me_among_others
def company(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show the two what they agreed, and how it stands."""
    now = timezone.now()
    found = access.open_company(person, token, at=now)
    notices.saw_page(person=person, paths=[found.get_absolute_url()])
    shown = {
        "company": found,
        "is_mine": found.person_id == person.pk,
        "is_due": found.is_due(at=now),
        "is_missed": found.is_missed(at=now),
        **lines_for(request),
    }
    return render(request, "reach/company.html", shown)


@require_safe
@for_me_among_others
def company_was(request: HttpRequest, _person: Person) -> HttpResponse:
    """Say that company is over, to whoever still had its page open; nothing of it is kept."""
    shown = {"is_mine": True, "had_begun": True, **lines_for(request)}
    return render(request, "reach/company_over.html", shown)


@require_POST
@for_me_among_others
def company_yes(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Begin, if it is the other one who says so."""
    found = access.open_company(person, token, at=timezone.now())
    if found.other_id == person.pk:
        actions.stay(company=found, at=timezone.now())
    return redirect(found)


@require_POST
@for_me_among_others
def company_here(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Note that whoever asked is there."""
    found = access.open_company(person, token, at=timezone.now())
    if found.person_id == person.pk:
        actions.am_here(company=found, at=timezone.now())
    return redirect(found)


@require_POST
@for_me_among_others
def company_end(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """End it, whichever of the two says so."""
    found = access.open_company(person, token, at=timezone.now())
    had_begun = found.begun_at is not None
    shown = {"is_mine": found.person_id == person.pk, "had_begun": had_begun}
    actions.end_company(company=found, by=person)
    return render(request, "reach/company_over.html", {**shown, **lines_for(request)})
