"""Tonight: the next thing, what just was, and the end of the page."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kith.web.circles.queries import tonight as of_circles
from kith.web.gatherings import queries
from kith.web.gatherings.actions import words_of_greeter
from kith.web.gatherings.bridge import asks, evenings, hours
from kith.web.gatherings.bridge.suggesting import something_to_try
from kith.web.notices import queries as notices
from kith.web.people.models import Person
from kith.web.people.views.doors import for_me
from kith.web.plans import queries as plans
from kith.web.service import queries as service
from kith.web.tonight.choices import PRACTICES
from kith.web.tonight.queries import ahead_of

AFTER_SHOWN = 3
_DAWN, _NOON, _EVENING, _NIGHT = 4, 12, 17, 22


@require_safe
@for_me
def tonight(request: HttpRequest, person: Person) -> HttpResponse:
    """Show somebody what they mean to come to next."""
    now = datetime.now(UTC)
    zone = _zone(request)
    comings = queries.comings_of(person)
    occasions = queries.dates_of(comings)
    ahead = evenings.evenings_of(comings, occasions, zone=zone, now=now)
    soonest = ahead[0] if ahead else None
    holding = queries.holding_of([coming.gathering for coming in comings], person)
    past = evenings.just_past(comings, occasions, now=now)
    here = now.astimezone(hours.zone(zone))
    circles = of_circles.glance_of(person, zone=zone, now=now)
    next_ones = ahead_of(ahead, circles.evenings, most=AFTER_SHOWN)
    expected = _expected(next_ones.gathering, holding)
    said = {expected, *(line.path for line in circles.lines)}
    could: dict[str, object] = {
        "ask": asks.ask_i_could_answer(person, ahead, holding=holding, now=now),
        "could_ask": asks.something_i_could_ask(person, soonest, holding=holding),
    }
    if not could["ask"]:
        could["favor"] = circles.ask or service.tonight_of(person, at=now).could
    # What the cards above say already is not said twice.
    told = [one for one in notices.unseen(person) if said.isdisjoint((one.words, one.path))]
    if not told and not any(could.values()):
        goes_to = {coming.gathering_id for coming in comings}
        could["could_try"] = something_to_try(person, besides=goes_to, zone=zone, now=now)
    context = {
        "person": person,
        "evening_of": _said_day(here),
        "greeting": _greeting(here.hour),
        "next": next_ones.gathering,
        "circle": next_ones.circle,
        "circle_is_on": next_ones.circle is not None and next_ones.circle.is_on(now),
        "is_mine": soonest is not None and person.pk in holding.get(soonest.gathering.pk, {}),
        "expected": expected,
        **could,
        "could": any(could.values()),
        "back": request.path,
        "lines": circles.lines,
        "may_listen": circles.may_listen,
        "notices": told,
        "after": next_ones.after,
        "past": past[0] if past else None,
        "plan": plans.tonight_of(person),
        "practice": PRACTICES[here.weekday()],
        "current": "tonight",
    }
    return render(request, "tonight/tonight.html", context)


@require_safe
@for_me
def practice(request: HttpRequest, _person: Person) -> HttpResponse:
    """Show today's small practice, step by step."""
    today = datetime.now(UTC).astimezone(hours.zone(_zone(request)))
    shown = {"practice": PRACTICES[today.weekday()], "current": "tonight"}
    return render(request, "tonight/practice.html", shown)


def _zone(request: HttpRequest) -> str:
    return hours.zone_kept(request.COOKIES) or settings.TIME_ZONE


def _said_day(here: datetime) -> str:
    """Return what part of which day it is: "Thursday evening"."""
    # At two in the morning it is still the night of the day before.
    day = {"day": date_format(here - timedelta(hours=_DAWN), "l")}
    if here.hour < _DAWN or here.hour >= _NIGHT:
        return gettext("%(day)s night") % day
    if here.hour < _NOON:
        return gettext("%(day)s morning") % day
    if here.hour < _EVENING:
        return gettext("%(day)s afternoon") % day
    return gettext("%(day)s evening") % day


def _expected(evening: evenings.Evening | None, holding: queries.Holding) -> str:
    """Return who looks out for somebody at the door, if a host of today said so; or ""."""
    once = evening.said.once if evening else None
    if once is None or once.greeter_id is None:
        return ""
    greeter = holding.get(once.gathering_id, {}).get(once.greeter_id)
    return words_of_greeter(greeter) if greeter else ""


def _greeting(hour: int) -> str:
    """Return what people say to each other at that hour."""
    if hour < _DAWN or hour >= _NIGHT:
        return gettext("Still up")
    if hour < _NOON:
        return gettext("Good morning")
    return gettext("Good afternoon") if hour < _EVENING else gettext("Good evening")
