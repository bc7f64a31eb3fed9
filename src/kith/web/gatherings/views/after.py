"""Afterwards: I was there; whom did you talk with; thank somebody. All of it may be left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kith.errors import RefusalError
from kith.web.gatherings import access, actions, queries
from kith.web.gatherings.choices import Thanks
from kith.web.gatherings.models import Gathering
from kith.web.gatherings.views.said_dates import date_of_page
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.people.views.doors import for_me
from kith.web.safety import access as safety
from kith.web.safety.views.doors import for_me_among_others


@dataclass(frozen=True, slots=True)
class Gone:
    """An evening of late: which gathering, and which date."""

    gathering: Gathering
    on: date

    @property
    def page(self) -> str:
        """The address of the page about it."""
        return reverse("gatherings:after", args=[self.gathering.slug, self.on.isoformat()])


class NobodyChosenError(RefusalError):
    """They thanked, and did not say whom."""

    def __init__(self) -> None:
        super().__init__(gettext("Choose whom first. Or nobody in particular."))


@require_safe
@for_me
def after(request: HttpRequest, person: Person, slug: str, on: str) -> HttpResponse:
    """Ask one thing about an evening that is over, and end when there is nothing more to ask."""
    gone = _open(person, slug, on)
    wanted = next((step for step in ("end", "thanks") if step in request.GET), "talked")
    return _show(request, person, gone, wanted=wanted)


@require_POST
@for_me_among_others
def talked(request: HttpRequest, person: Person, slug: str, on: str) -> HttpResponse:
    """Write down whom somebody talked with, and ask whether they want to thank one of them."""
    gone = _open(person, slug, on)
    others = _others(request, person, gone)
    if "nobody" in request.POST or not others:
        return redirect(f"{gone.page}?end")
    try:
        actions.say_talked(person=person, others=others, gathering=gone.gathering, on=gone.on)
    except RefusalError as error:
        return _show(request, person, gone, wanted="talked", refusal=error)
    return redirect(f"{gone.page}?thanks")


@require_POST
@for_me_among_others
def thank(request: HttpRequest, person: Person, slug: str, on: str) -> HttpResponse:
    """Thank somebody, and ask whether there is somebody else."""
    gone = _open(person, slug, on)
    others = _others(request, person, gone)
    said = request.POST.get("said", "")
    try:
        if not others or said not in Thanks.values:
            raise NobodyChosenError
        for other in others:
            actions.thank(
                person=person, other=other, gathering=gone.gathering, on=gone.on, said=Thanks(said)
            )
    except RefusalError as error:
        return _show(request, person, gone, wanted="thanks", refusal=error)
    return redirect(f"{gone.page}?thanks")


def _open(person: Person, slug: str, on: str) -> Gone:
    """Return the evening of late that a page is about.

    Raises:
        Http404: If there is no such gathering, or it did not meet then.
    """
    gone = Gone(access.open_gathering(slug, seen_by=person), date_of_page(on))
    try:
        actions.minutes_held(gone.gathering, gone.on)
    except actions.NoSuchDateError as error:
        raise Http404(gettext("There is no gathering at this address.")) from error
    return gone


def _others(request: HttpRequest, person: Person, gone: Gone) -> list[Person]:
    """Return whom the form chose.

    Raises:
        Http404: If the page cannot have shown one of them.
    """
    chosen = [safety.open_person(person, ref) for ref in request.POST.getlist("person")]
    known = queries.who_was_there(person, gone.gathering, gone.on)
    if any(other not in known for other in chosen):
        raise Http404(gettext("There is no gathering at this address."))
    return chosen


def _show(
    request: HttpRequest,
    person: Person,
    gone: Gone,
    *,
    wanted: str,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    evening = (person, gone.gathering, gone.on)
    others = queries.who_was_there(*evening)
    talked_with, thanked = queries.talked_with(*evening), queries.thanked(*evening)
    was_there = queries.was_there(*evening)
    asked_of: dict[str, list[Person]] = {
        "was": [],
        "talked": [other for other in others if other.pk not in talked_with],
        "thanks": [other for other in others if other.pk in talked_with - thanked],
        "end": [],
    }
    step = _step(wanted, asked_of, was_there=bool(was_there))
    context = {
        "gathering": gone.gathering,
        "on": gone.on,
        "page": gone.page,
        "step": step,
        "was_there": was_there,
        "has_thanked": bool(thanked),
        "people": [(people.reference_to(o, seen_by=person), o.called) for o in asked_of[step]],
        "sentences": Thanks.choices,
        "refusal": refusal,
        "current": "tonight",
    }
    return render(request, "gatherings/after.html", context, status=400 if refusal else 200)


def _step(wanted: str, asked_of: Mapping[str, Sequence[Person]], *, was_there: bool) -> str:
    """Return what is asked next; where there is nobody to ask about, nothing."""
    if wanted == "end":
        return "end"
    if not was_there:
        return "was"
    steps = ("thanks",) if wanted == "thanks" else ("talked", "thanks")
    return next((step for step in steps if asked_of[step]), "end")
