"""To ask somebody into a plan, to answer who asks, and to step back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.people import queries as people_queries
from kith.web.people.models import Person
from kith.web.people.views import browsers
from kith.web.people.views.doors import posted, read_or_sent
from kith.web.plans import access, actions
from kith.web.plans.forms import AnswerForm, OpennessForm
from kith.web.plans.models import Answer, Asking
from kith.web.plans.queries import page
from kith.web.safety.views.doors import for_me_among_others


@read_or_sent
@for_me_among_others
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    """Show whom somebody may ask, and ask whom they chose."""
    now, sent, refusal = timezone.now(), posted(request), None
    if sent is not None:
        other = access.open_person_to_ask(person, sent.get("whom", ""), at=now)
        try:
            actions.ask(planner=person, person=other, at=now)
            return redirect("plans:mine")
        except RefusalError as error:
            refusal = error
    shown = {"people": page.askable_by(person, at=now), "refusal": refusal, "current": "plan"}
    return render(request, "plans/ask.html", shown, status=400 if refusal else 200)


@read_or_sent
@for_me_among_others
def asked(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show somebody who asks for them, and take down what they say."""
    now = timezone.now()
    asking = access.open_question(person, token, at=now)
    said = access.answer_to(asking)
    sent = posted(request)
    if sent is None:
        notices.saw_page(person=person, paths=[request.path])
        return _show(request, asking, said, AnswerForm(initial=_held(said)))
    form, is_yes = AnswerForm(sent), sent.get("answer") == "yes"
    if is_yes and not form.is_valid():
        return _show(request, asking, said, form, status=400)
    limits = form.cleaned_data if is_yes else {}
    try:
        zone = browsers.zone_of(request) or people_queries.clock_of(person)
        actions.answer(asking=asking, is_yes=is_yes, limits=limits, zone=zone, at=now)
    except RefusalError as error:
        return _show(request, asking, said, form, refusal=error, status=400)
    return redirect("plans:asked", token) if is_yes else redirect("plans:thanks")


@require_POST
@for_me_among_others
def step_back(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Let somebody out of a plan they are in."""
    now = timezone.now()
    asking = access.open_question(person, token, at=now)
    try:
        actions.step_back(asking=asking, at=now)
    except RefusalError as error:
        said = access.answer_to(asking)
        form = AnswerForm(initial=_held(said))
        return _show(request, asking, said, form, refusal=error, status=400)
    return redirect("plans:thanks")


@require_safe
@for_me_among_others
def thanks(request: HttpRequest, _person: Person) -> HttpResponse:
    """Say that not now, and stepping back, are good answers."""
    return render(request, "plans/thanks.html", {"current": "plan"})


@require_POST
@for_me_among_others
def take_out(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take somebody out of one's own plan."""
    asking = access.open_asking(person, token)
    try:
        actions.take_out(asking=asking)
    except RefusalError as error:
        raise Http404 from error
    return redirect("plans:mine")


@require_POST
@for_me_among_others
def openness(request: HttpRequest, person: Person) -> HttpResponse:
    """Keep by whom somebody may be asked."""
    form = OpennessForm(posted(request))
    if not form.is_valid():
        raise Http404
    actions.choose_who_may_ask(person=person, may_ask=form.cleaned_data["may_ask"])
    return redirect("plans:mine")


def _show(
    request: HttpRequest,
    asking: Asking,
    said: Answer | None,
    form: AnswerForm,
    *,
    refusal: RefusalError | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "asking": asking,
        "who": asking.planner,
        "said_no": said is not None and not said.is_yes,
        "form": form,
        "refusal": refusal,
        "current": "plan",
    }
    return render(request, "plans/asked.html", shown, status=status)


def _held(said: Answer | None) -> dict[str, object]:
    if said is None or not said.is_yes:
        return {}
    lists = {"ways": said.ways.split(), "parts": said.parts.split()}
    return {**lists, "days": said.days, "often": said.often}
