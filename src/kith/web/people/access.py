"""The doors of people: who is asking, and what of theirs they may open."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from typing_extensions import override

from kith.errors import RefusalError
from kith.web.kit import sealed
from kith.web.people.choices import ALWAYS_PRIVATE, ShownTo, Topic
from kith.web.people.models import Passkey, Person, Said, Session
from kith.web.people.models.session import kept_as, whose_was_read

# Before keys change or somebody erases themselves, they show that it is them, if longer ago.
FRESH_FOR: Final = timedelta(minutes=15)
_SEEN: Final = "seen_on"


class StrangerError(RefusalError):
    """Somebody has to come in first."""


class StaleError(StrangerError):
    """Somebody is in, and has to show once more that it is them."""


class Door(ModelBackend):
    """Who a session is of: read with its row, in one question, on every page of somebody's."""

    @override
    def get_user(self, user_id: Any) -> Person | None:
        """Return the person with this key, if they are here."""
        found = whose_was_read(user_id)
        if found is not None:
            return found if found.is_active else None
        return Person.objects.filter(pk=user_id, is_active=True).first()


def me(request: HttpRequest) -> Person:
    """Return the person who asks.

    Raises:
        StrangerError: If nobody came in by this browser.
    """
    if not isinstance(request.user, Person) or not request.user.is_active:
        raise StrangerError(_("Come in first."))
    today = timezone.localdate().isoformat()
    if request.session.get(_SEEN) != today or request.session.get("is_shared"):
        # Writing it down keeps the door open for as long again.
        request.session[_SEEN] = today
    # The person, and not what stands in for them until they are asked for: whatever is read of that
    # goes through three functions, and a page reads a lot of who asks.
    person: Person = getattr(request.user, "_wrapped", request.user)
    return person


def me_for_sure(request: HttpRequest) -> Person:
    """Return the person who asks, if they came in by this browser a short while ago.

    Raises:
        StrangerError: If nobody did.
        StaleError: If it is longer ago.
    """
    person = me(request)
    entered_at = request.session.get("entered_at", 0)
    if timezone.now().timestamp() - entered_at > FRESH_FOR.total_seconds():
        raise StaleError(_("Please show once more that it is you."))
    return person


def is_in(request: HttpRequest) -> bool:
    """Return whether somebody came in by this browser."""
    return isinstance(request.user, Person) and request.user.is_active


def is_steward(request: HttpRequest) -> bool:
    """Return whether a steward came in by this browser."""
    return is_in(request) and me(request).is_steward


def open_passkeys(person: Person) -> list[Passkey]:
    """Return the passkeys of `person`, the oldest first."""
    return list(person.passkeys.all())


def open_passkey(person: Person, number: int) -> Passkey:
    """Return the passkey of `person` with this number.

    Raises:
        Http404: If they have none such.
    """
    found = person.passkeys.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def open_sessions(person: Person) -> list[Session]:
    """Return where the door of `person` stands open, the last used first."""
    now = timezone.now()
    return list(person.sessions.filter(expire_date__gt=now).order_by("-seen_on", "session_key"))


def session_here(request: HttpRequest) -> str:
    """Return the key of the row that keeps the session of the browser that asks."""
    return kept_as(request.session.session_key)


def this_session(request: HttpRequest, person: Person) -> Session | None:
    """Return the session by which `person` asks."""
    return person.sessions.filter(session_key=session_here(request)).first()


def open_session(person: Person, name: str) -> Session:
    """Return the session of `person` that the page knows as `name`.

    Raises:
        Http404: If there is none.
    """
    for session in open_sessions(person):
        if session.shown_as == name:
            return session
    raise Http404


def said_about(topic: Topic) -> QuerySet[Said]:
    """Return what people said about `topic`, for rules that no page shows."""
    return Said.objects.filter(topic=topic)


def those(people: Collection[UUID]) -> QuerySet[Person]:
    """Return the people with these keys, for rules and matching that no page shows."""
    return Person.objects.filter(pk__in=people)


def said_of_all(people: Collection[UUID]) -> QuerySet[Said]:
    """Return all that these people said, for rules and matching that no page shows."""
    return Said.objects.filter(person__in=people)


def said_shown_to(viewer: ShownTo, person: Person) -> QuerySet[Said]:
    """Return what `person` said of themselves that such a viewer may see.

    A host sees what is shown to hosts and what is shown to everybody here; so does a circle with
    what is its own. What is always private is shown to `ShownTo.ME` alone.
    """
    if viewer is ShownTo.ME:
        return person.said.all()
    shown = person.said.exclude(topic__in=ALWAYS_PRIVATE)
    return shown.filter(shown_to__in={viewer, ShownTo.HERE})


def is_new(person: Person) -> bool:
    """Return whether `person` joined so short a while ago that nobody may write to them first."""
    return (timezone.localdate() - person.joined_on).days < settings.KITH_NEW_DAYS


def reference_to(other: Person, *, seen_by: Person) -> str:
    """Return what a page calls `other` by, in the addresses that `seen_by` is shown.

    It is another one each time, opens for `seen_by` only, and tells neither of them anything.
    """
    closed = sealed.seal(other.pk.hex, column=_reference_column(seen_by))
    return urlsafe_b64encode(closed).rstrip(b"=").decode()


def open_reference(person: Person, reference: str) -> Person:
    """Return whom a page showed to `person` under `reference`.

    Raises:
        Http404: If it showed nobody so.
    """
    found = Person.objects.filter(pk=referred(person, reference), is_active=True).first()
    if found is None:
        raise Http404
    return found


def referred(person: Person, reference: str) -> UUID:
    """Return the key of whom a page showed to `person` under `reference`.

    It is a key that nobody has if no page showed it: so that looking for them takes as long as
    for somebody who is there and not to be seen.
    """
    try:
        closed = urlsafe_b64decode(reference + "=" * (-len(reference) % 4))
        return UUID(sealed.unseal(closed, column=_reference_column(person)))
    except (ValueError, sealed.SealBrokenError):
        return uuid4()


def _reference_column(person: Person) -> str:
    return f"reference for {person.pk.hex}"
