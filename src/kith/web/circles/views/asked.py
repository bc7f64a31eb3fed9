"""What somebody is asked: would they sit with these people? And what they answer."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from kith.web.circles import access, actions, queries
from kith.web.circles.choices import Answer, ChairState
from kith.web.circles.forms import AnswerForm
from kith.web.circles.models import Chair
from kith.web.circles.views.said import hour_for
from kith.web.notices import actions as notices
from kith.web.people.models import Person
from kith.web.people.views.doors import read_or_sent
from kith.web.safety.views.doors import for_me_among_others


@read_or_sent
@for_me_among_others
def asked(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    """Show somebody what they are asked, or what became of it; and take down their answer."""
    chair = access.open_question(person, token)
    if request.method == "POST":
        return _answered(request, person, chair)
    notices.saw_page(person=person, paths=[request.path])
    return _show(request, person, chair)


def _answered(request: HttpRequest, person: Person, chair: Chair) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, person, chair, refusal=_("Choose one of the answers."))
    try:
        actions.answer(chair=chair, answer=form.cleaned_data["answer"], at=datetime.now(UTC))
    except actions.OverError as error:
        chair = access.open_question(person, chair.circle.token)
        return _show(request, person, chair, refusal=str(error))
    return redirect("circles:asked", chair.circle.token)


def _show(request: HttpRequest, person: Person, chair: Chair, refusal: str = "") -> HttpResponse:
    circle = chair.circle
    if chair.state == ChairState.SITS:
        return redirect("circles:circle", circle.token)
    status = 400 if refusal else 200
    is_open = chair.state in {ChairState.ASKED, ChairState.YES} and circle.state in access.OPEN
    if not is_open:
        return _show_after(request, person, chair, status)
    shown = {
        "circle": circle,
        "hour": hour_for(request, circle),
        "where": queries.where_of(circle),
        "things": queries.things_in_words(chair.reasons),
        "answers": Answer,
        "said_yes": chair.state == ChairState.YES,
        "refusal": refusal,
        "current": "circle",
    }
    return render(request, "circles/asked.html", shown, status=status)


def _show_after(request: HttpRequest, person: Person, chair: Chair, status: int) -> HttpResponse:
    wish = access.wish_of(person)
    is_theirs = chair.answered_at is not None and chair.state != ChairState.YES
    shown = {
        "said": chair.state if is_theirs else "",
        "wish": wish if wish and wish.circle else None,
        "is_resting": bool(
            wish and wish.rests_until and wish.rests_until > datetime.now(UTC).date()
        ),
        "run_day": WEEKDAYS[settings.KITH_CIRCLES_DAY],
        "current": "circle",
    }
    return render(request, "circles/asked_after.html", shown, status=status)
