"""People who meet in these tests, each with a browser, and what they are shown."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.safety import actions
from kith.web.safety.choices import Category
from kith.web.safety.models import Pause, Report

WORDS = "He stood by my car until I let him drive me home."


def somebody(called: str = "", **more: Any) -> Person:
    """Return somebody who joined long ago, and is called that."""
    person = Person.objects.create(called=called, **more)
    Person.objects.filter(pk=person.pk).update(joined_on=timezone.localdate() - timedelta(days=400))
    person.refresh_from_db()
    return person


def newcomer(called: str = "", days: int = 0) -> Person:
    """Return somebody who joined `days` ago."""
    person = somebody(called)
    Person.objects.filter(pk=person.pk).update(
        joined_on=timezone.localdate() - timedelta(days=days)
    )
    person.refresh_from_db()
    return person


def browser_of(person: Person) -> Client:
    """Return a browser in which `person` is in."""
    browser = Client()
    browser.force_login(person)
    return browser


def reference(other: Person, seen_by: Person) -> str:
    """Return what a page that `seen_by` was shown calls `other` by."""
    return people.reference_to(other, seen_by=seen_by)


def card(other: Person, seen_by: Person) -> str:
    """Return the address of the card of `other` that `seen_by` was shown."""
    return f"/person/{reference(other, seen_by)}/"


def tell(**given: Any) -> Report:
    """Return a report that somebody made."""
    involved = given.pop("involved", ())
    report = Report(**{"category": Category.CROSSED, "words": WORDS, **given})
    actions.tell(report=report, involved=involved)
    return report


def paused(person: Person, *, days: int = 7, why: str = "Please rest a while.") -> Pause:
    """Return a pause of `person` that began a moment ago."""
    now = timezone.now()
    return Pause.objects.create(person=person, since=now, until=now + timedelta(days=days), why=why)


def html(answer: Any) -> str:
    """Return the page, with every stretch of white space as one space."""
    return re.sub(r"\s+", " ", answer.content.decode())


def said(answer: Any) -> tuple[int, str]:
    """Return how a page answered, its own address left out (the form for languages holds it)."""
    path = answer.wsgi_request.get_full_path()
    body = answer.content.decode().replace(f'value="{path}"', 'value=""')
    return answer.status_code, re.sub(r'name="next" value="[^"]*"', "", body)


def nothing_there(browser: Client) -> tuple[int, str]:
    """Return what `browser` is answered at an address that never was."""
    return said(browser.get("/nothing/was/ever/here/"))
