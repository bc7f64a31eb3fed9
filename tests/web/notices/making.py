"""Ways by which somebody is told, made as pages make them."""

from django.contrib.auth import SESSION_KEY
from django.utils import timezone
from tests.web.notices.receiving import Browser

from kith.web.notices.actions import tell
from kith.web.notices.actions.ways import subscribe
from kith.web.notices.choices import About
from kith.web.notices.models import EmailAddress, Subscription
from kith.web.people.models import Session
from kith.web.people.models.session import SessionStore, kept_as


def door(person):
    """Return a session in which `person` is in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store.create()
    return Session.objects.get(session_key=kept_as(store.session_key))


def told_by(person, service=None, *, language="en", zone="", path="/to/me"):
    """Return a browser of `person` that is told through `service`, or through one far away."""
    browser = Browser()
    sent = browser.gives("https://push.example/" + path.strip("/"))
    made = subscribe(person=person, session=door(person), sent=sent, zone=zone, language=language)
    if service is not None:
        # A page may not give an address on this machine; a test has to.
        made.endpoint = f"{service.origin}{path}"
        made.save(update_fields=["endpoint"])
    return browser


def mailed_to(person, address="ruth@example.org", *, confirmed_at):
    """Return an address at which `person` is told."""
    return EmailAddress.objects.create(
        person=person, address=address, given_at=timezone.now(), confirmed_at=confirmed_at
    )


def say(person, path="/gatherings/hut/", words="“Hut” is called off.", **more):
    """Tell `person` something."""
    return tell(person=person, about=About.CALLED_OFF, words=words, path=path, **more)


def browsers_told(person):
    return Subscription.objects.filter(person=person).count()
