"""People who may write to each other, and what they wrote."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kith.web.messages.actions import open_ground
from kith.web.messages.choices import Reason
from kith.web.messages.models import Message
from kith.web.people.access import reference_to
from kith.web.people.models import Person


def joined(called, *, days_ago=200):
    """Return somebody who joined so long ago."""
    person = Person.objects.create(called=called)
    Person.objects.filter(pk=person.pk).update(
        joined_on=timezone.localdate() - timedelta(days=days_ago)
    )
    person.refresh_from_db()
    return person


def inside(person):
    """Return the browser of `person`."""
    browser = Client()
    browser.force_login(person)
    return browser


def ground(one, other, reason=Reason.CIRCLE, number=1, **more):
    return open_ground(one=one, other=other, reason=reason, number=number, **more)


def wrote(by, to, words="At seven, by the gate?", *, at=None):
    """Return what `by` wrote, whatever the rules say today."""
    return Message.objects.create(by=by, to=to, words=words, at=at or timezone.now())


def page(person, other):
    """Return the address under which `person` is shown what they and `other` wrote."""
    return f"/messages/{reference_to(other, seen_by=person)}/"
