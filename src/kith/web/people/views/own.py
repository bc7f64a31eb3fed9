"""What is somebody's own: what they are called, where they are in, all of it to take, and the end."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people import access, actions, forms, queries
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.people.views.doors import for_me, for_me_for_sure, read_or_sent, unkept


@require_safe
@for_me
def you(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody what is theirs."""
    return show_you(request, person)


def show_you(
    request: HttpRequest,
    person: Person,
    *,
    refusal: RefusalError | None = None,
    form: forms.CalledForm | None = None,
) -> HttpResponse:
    """Show somebody what is theirs, and what a rule just said or a form is missing."""
    shown = {
        "person": person,
        "form": form or forms.CalledForm({"called": person.called}),
        "passkeys": access.open_passkeys(person),
        "ways_in": queries.ways_in(person),
        "sessions": access.open_sessions(person),
        "session_key": access.session_here(request),
        "may_keep_passkeys": browsers.may_keep_passkeys(request),
        "shown_by": queries.shown_by(person),
        "refusal": refusal,
        "current": "you",
    }
    is_well = refusal is None and form is None
    return render(request, "people/you.html", shown, status=200 if is_well else 400)


@require_POST
@for_me
def called(request: HttpRequest, person: Person) -> HttpResponse:
    """Remember what people call somebody."""
    form = forms.CalledForm(request.POST)
    if not form.is_valid():
        return show_you(request, person, form=form)
    actions.call(person=person, called=form.cleaned_data["called"])
    return redirect("people:you")


@require_POST
@for_me
def end_session(_request: HttpRequest, person: Person, name: str) -> HttpResponse:
    """Shut the door in one browser."""
    actions.end_session(session=access.open_session(person, name))
    return redirect(f"{reverse('people:you')}#doors")


@require_POST
@for_me
def end_others(request: HttpRequest, person: Person) -> HttpResponse:
    """Shut the door everywhere else."""
    actions.end_other_sessions(person=person, session_key=request.session.session_key or "")
    return redirect(f"{reverse('people:you')}#doors")


@require_safe
@for_me
def export(request: HttpRequest, person: Person) -> HttpResponse:
    """Show all that is kept about somebody."""
    shown = {"drawers": queries.everything_of(person)}
    return render(request, "people/export.html", shown)


@require_safe
@for_me
def export_json(_request: HttpRequest, person: Person) -> HttpResponse:
    """Give all that is kept about somebody, for a program to read."""
    everything = {drawer.name: drawer.things for drawer in queries.everything_of(person)}
    response = JsonResponse(everything, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="kith.json"'
    return response


@read_or_sent
@for_me_for_sure
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask whether somebody means it; then erase them, and say so."""
    if request.method == "POST":
        actions.erase(person=person)
        actions.leave(request)
        response = unkept(render(request, "people/erased.html", _limits()))
        response["Clear-Site-Data"] = '"cache", "cookies"'
        return response
    return render(request, "people/erase.html", _limits())


def _limits() -> dict[str, object]:
    return {"backup_days": settings.KITH_BACKUP_DAYS}
