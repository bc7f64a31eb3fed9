"""A gathering with hosts, and people who come to it."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from tests.web.gatherings.making import TUESDAY, gatherings, meeting, take_in

from kith.web.gatherings import actions
from kith.web.gatherings.choices import Answer
from kith.web.gatherings.models import Gathering, Host, Told
from kith.web.people import actions as saying
from kith.web.people.choices import Topic
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause

TODAY, NEXT_WEEK, LAST_WEEK = date(2026, 11, 24), date(2026, 12, 1), date(2026, 11, 17)
AFTER = TUESDAY + timedelta(hours=2)


def held(*hosts: Person, **changes: Any) -> Gathering:
    """Return Early Birds, which meets on Tuesdays at 7 pm in London, held by `hosts`."""
    take_in(meeting(**changes))
    gathering = gatherings()[-1]
    for host in hosts:
        Host.objects.create(gathering=gathering, person=host, until=date(2027, 11, 1))
    return gathering


def person(called: str = "", *, joined_on: date = date(2025, 1, 1)) -> Person:
    """Return somebody who has long been here."""
    somebody = Person.objects.create(called=called)
    Person.objects.filter(pk=somebody.pk).update(joined_on=joined_on)
    somebody.refresh_from_db()
    return somebody


def comes(
    somebody: Person, gathering: Gathering, *, on: date | None = TODAY, maybe: bool = False
) -> Person:
    """Let somebody say that they come, and return them."""
    said = Answer.MAYBE if maybe else Answer.COME
    actions.answer(person=somebody, gathering=gathering, on=on, said=said)
    return somebody


def tells(
    somebody: Person, gathering: Gathering, *, on: date = TODAY, only: bool = False, **told: Any
) -> Person:
    """Let somebody tell the hosts something, and return them."""
    actions.tell_hosts(
        person=somebody, gathering=gathering, on=on, told=Told(**told), is_for_once=only
    )
    return somebody


def may_be_named(somebody: Person) -> Person:
    """Let somebody say that others may name them, and return them."""
    saying.say(person=somebody, topic=Topic.MAY_BE_NAMED, value=True)
    return somebody


def block(one: Person, other: Person) -> None:
    """Let `one` block `other`."""
    Distance.objects.create(by=one, whom=other, kind=Kind.BLOCK)


def pause(somebody: Person) -> None:
    """Let a steward pause somebody."""
    Pause.objects.create(person=somebody, until=TUESDAY + timedelta(days=30))


def inside(somebody: Person) -> Client:
    """Return the browser of somebody who is in, in London."""
    browser = Client()
    browser.force_login(somebody)
    browser.cookies["tz"] = "Europe/London"
    return browser
