"""People who host, what they write, and a gathering that two of them hold."""

from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from kith.web.gatherings import access, actions, forms
from kith.web.gatherings.choices import Joining
from kith.web.gatherings.models import Gathering, Host
from kith.web.notices.models import Notice
from kith.web.people.models import Person
from kith.web.safety.choices import Kind
from kith.web.safety.models import Distance, Pause

WORDS = "A blue door beside the ramp, said Ruth."


def somebody(called: str = "", *, days: int = 200) -> Person:
    """Return somebody who joined so many days ago."""
    person = Person.objects.create(called=called)
    Person.objects.filter(pk=person.pk).update(
        joined_on=timezone.localdate() - timedelta(days=days)
    )
    person.refresh_from_db()
    return person


def browser_of(person: Person, zone: str = "Europe/Dublin") -> Client:
    """Return a browser in which `person` is in."""
    browser = Client()
    browser.force_login(person)
    browser.cookies["tz"] = zone
    return browser


def written(**changes: Any) -> dict[str, Any]:
    """Return what a form for a choir in Dublin sends: Tuesdays at 19:00, but for `changes`.

    A field that is None is left out, as browsers leave out a box that is not ticked.
    """
    sent = {
        "name": "Riverside Choir", "practice": "choir", "repeat": "weekly", "weekday": "1",
        "on": "", "start": "19:00", "minutes": "90", "mode": "in_person",
        "place_name": "Boathouse 2", "street": "1 River Walk", "town": "Dublin",
        "find_the_door": WORDS, "languages": ["en"], "found_by": "all", "touch": "none",
        "meets": "Somebody with a yellow scarf.", "begins": "Tea.\nWe warm up.",
        "ends": "A minute of quiet.", **changes,
    }  # fmt: skip
    return {name: value for name, value in sent.items() if value is not None}


def waiting(ruth: Person, **changes: Any) -> Gathering:
    """Return a gathering that Ruth made, and that waits for a second host."""
    form = forms.HostingForm(typed(written(**changes)), zone="Europe/Dublin")
    assert form.errors == {}
    return actions.create(person=ruth, plan=form.plan())


def held(ruth: Person, kofi: Person, **changes: Any) -> Gathering:
    """Return a gathering that Ruth and Kofi hold."""
    gathering = waiting(ruth, **changes)
    join(gathering, ruth, kofi)
    gathering.refresh_from_db()
    return gathering


def join(
    gathering: Gathering, by: Person, other: Person, joining: Joining = Joining.BESIDE
) -> None:
    """Let `other` say yes to the link that `by` handed them."""
    link = actions.invite(person=by, gathering=gathering, joining=joining)
    found = access.open_link(other, link.code)
    assert found is not None
    actions.accept(person=other, link=found)


def block(one: Person, other: Person) -> None:
    """Let `one` and `other` see each other no more."""
    Distance.objects.create(by=one, whom=other, kind=Kind.BLOCK)


def pause(person: Person) -> None:
    """Let a steward pause `person`."""
    Pause.objects.create(person=person, until=timezone.now() + timedelta(days=7))


def told(person: Person) -> list[str]:
    """Return what `person` is to know, the first first."""
    return [notice.words for notice in Notice.objects.filter(person=person).order_by("pk")]


def hosts_of(gathering: Gathering) -> list[str]:
    """Return what the hosts of `gathering` are called."""
    rows = Host.objects.filter(gathering=gathering).select_related("person").order_by("pk")
    return [host.person.called for host in rows]


def typed(sent: dict[str, Any]) -> QueryDict:
    """Return `sent` as a browser sends it."""
    query = QueryDict(mutable=True)
    for name, value in sent.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
