"""To read of a study, to say yes to some of it or no to all, and to take it back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.people.models import Person
from kith.web.people.views.doors import for_me, posted, read_or_sent
from kith.web.study import access, actions, bridge, queries
from kith.web.study.actions import Said, Told
from kith.web.study.choices import Part
from kith.web.study.forms import CheckForm, SaidForm
from kith.web.study.models import Consent, Study

_SMALL = {"current": "you"}


@require_safe
@for_me
def studies(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what is being studied here, what somebody takes part in, and what waits for them."""
    consents = list(access.consents_of(person))
    shown = {
        "studies": access.open_beside(consents),
        "consents": consents,
        "reports": access.reports(),
        "waiting": access.waiting_for(person, at=timezone.now()) if consents else [],
        **_SMALL,
    }
    return render(request, "study/studies.html", shown)


@require_safe
@for_me
def study(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show what a study is, and four switches, each off."""
    found = access.open_study(person, token)
    consent = access.consent_of(person, found)
    held = Said() if consent is None else said_of(consent)
    return _show(request, found, consent, SaidForm(initial=asdict(held)))


@require_POST
@for_me
def choose(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take down what somebody said; who says yes is asked three questions first, to see if we were clear."""
    found, now, sent = access.open_study(person, token), timezone.now(), request.POST
    form = SaidForm(sent)
    said = Said(**form.cleaned_data) if form.is_valid() else Said()
    consent = access.consent_of(person, found)
    try:
        if said.is_no or sent.get("answer") == "no":
            actions.refuse_all(person=person, study=found, at=now)
            return redirect("study:no", token)
        told = told_in(found, sent)
        actions.check_age(person=person, study=found, told=told)
        wrong = bridge.wrong_ones(found, sent) if consent is None or consent.stopped_at else []
        if wrong:
            return _ask(request, found, (said, told), wrong if "checked" in sent else [])
        actions.join(person=person, study=found, said=said, told=told, at=now)
    except RefusalError as error:
        return _show(request, found, consent, form, refusal=error, status=400)
    return redirect("study:mine", token)


@require_safe
@for_me
def no(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Say that a no is a good answer, and that nothing changed."""
    shown = {"study": access.open_study(person, token), **_SMALL}
    return render(request, "study/no.html", shown)


@require_safe
@for_me
def mine(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show somebody what they said yes to, what was drawn, and their own answers in words."""
    consent = access.open_consent(person, token)
    return render(request, "study/mine.html", _mine(person, consent))


@require_POST
@for_me
def stop(_request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Ask somebody nothing more."""
    actions.stop(consent=access.open_consent(person, token), at=timezone.now())
    return redirect("study:mine", token)


@read_or_sent
@for_me
def take_back(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Take somebody out with all that they gave: the page asks once, the button does it."""
    consent = access.open_consent(person, token)
    refusal = None
    if posted(request) is not None:
        try:
            actions.take_back(consent=consent, at=timezone.now())
            return redirect("study:studies")
        except RefusalError as error:
            refusal = error
    shown = {"study": consent.study, "refusal": refusal, **_SMALL}
    return render(request, "study/take_back.html", shown, status=400 if refusal else 200)


def said_of(consent: Consent) -> Said:
    """Return what somebody said yes to."""
    return Said(**{part.value: getattr(consent, part.value) for part in Part})


def told_in(found: Study, sent: Mapping[str, str]) -> Told:
    """Return what somebody told of themselves, of what the study asks."""
    facts = bridge.facts_said(bridge.plan_of(found), sent)
    return Told(is_old_enough="is_old_enough" in sent, facts=facts)


def _mine(person: Person, consent: Consent) -> dict[str, Any]:
    drawn = access.assignment_of(person, consent.study) if consent.draw else None
    plan = bridge.plan_of(consent.study)
    return {
        "study": consent.study,
        "consent": consent,
        "plan": plan,
        "arm": plan.arm(drawn.arm) if drawn else None,
        "parts": [part.label for part in Part if getattr(consent, part.value)],
        "lines": queries.results_of(access.prompts_of(person, consent.study)),
        **_SMALL,
    }


def _show(
    request: HttpRequest,
    found: Study,
    consent: Consent | None,
    form: SaidForm,
    *,
    refusal: RefusalError | None = None,
    status: int = 200,
) -> HttpResponse:
    plan = bridge.plan_of(found)
    is_drawn = consent is not None and access.assignment_of(consent.person, found) is not None
    shown = {
        "study": found,
        "consent": consent,
        "plan": plan,
        "least_age": actions.age_asked(found) if consent is None else 0,
        "facts": [] if is_drawn else bridge.facts_asked(plan),
        "picked": _picked(plan, consent, request),
        "words": bridge.consent_words(found),
        "form": form,
        "refusal": refusal,
        **_SMALL,
    }
    return render(request, "study/study.html", shown, status=status)


def _picked(
    plan: bridge.Plan, consent: Consent | None, request: HttpRequest
) -> list[tuple[str, str]]:
    """Return each fact that was chosen, now or before, with each of its values."""
    before = (consent.facts if consent else None) or {}
    chosen = bridge.facts_said(plan, request.POST or before)
    return [(key, value) for key, values in chosen.items() for value in (values, *values.split())]


def _ask(
    request: HttpRequest, found: Study, given: tuple[Said, Told], wrong: list[bridge.Check]
) -> HttpResponse:
    """Ask the three questions; of those that were answered otherwise, say how it is."""
    checks, (said, told) = bridge.three_questions(found), given
    switched = [(name, "on") for name, is_on in asdict(said).items() if is_on]
    age = [("is_old_enough", "on")] if told.is_old_enough else []
    form = CheckForm(request.POST if "checked" in request.POST else None, checks=checks)
    unclear = {one.key for one in wrong}
    asked = [(form[one.key], one.why if one.key in unclear else "") for one in checks]
    shown = {
        "study": found,
        "asked": asked,
        "is_unclear": bool(wrong),
        "said": [*switched, *age, *told.facts.items()],
        **_SMALL,
    }
    return render(request, "study/three.html", shown)
