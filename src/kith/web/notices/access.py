"""The doors of notices: what somebody is to know, and the ways that are theirs."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.core import signing
from django.db.models import DateTimeField, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kith.web.kit.prepared import ME, Given, Prepared
from kith.web.notices.models import KEPT_FOR, EmailAddress, Notice, Subscription
from kith.web.people.models import Person
from kith.web.safety import access as safety


class Token(Enum):
    """What a link in an e-mail may do."""

    CONFIRM = "confirm"
    STOP = "stop"


CONFIRM_WITHIN: Final = timedelta(days=2)
# Whoever wants no more mail may say so for as long as they have one of ours.
_HOLDS: Final = {Token.CONFIRM: CONFIRM_WITHIN, Token.STOP: None}


def unseen_by(person: Person, *, at: datetime | None = None) -> list[Notice]:
    """Return what `person` is to know and has not seen, the newest first.

    What somebody said whom they no longer see is not among it.
    """
    since = (at or timezone.now()) - KEPT_FOR
    return _UNSEEN.ask(me=person.pk, since=since)


def _make_unseen() -> QuerySet[Notice]:
    since = Given("since", DateTimeField())
    seen = Q(by=None) | safety.is_seen_by(ME, whom="by")
    kept = Notice.objects.filter(seen, person=ME, seen_at=None, made_at__gt=since)
    return kept.order_by("-made_at", "-pk")


_UNSEEN: Final = Prepared(_make_unseen)


def open_subscription(person: Person, number: int) -> Subscription:
    """Return the browser of `person` that is told, by its number.

    Raises:
        Http404: If they have none such.
    """
    found = Subscription.objects.filter(person=person, pk=number).first()
    if found is None:
        raise Http404
    return found


def address_of(person: Person) -> EmailAddress | None:
    """Return where `person` wants to be written to, confirmed or not yet."""
    return EmailAddress.objects.filter(person=person).first()


def token_for(email: EmailAddress, purpose: Token) -> str:
    """Return what a link carries so that whoever reads mail at `email` may do `purpose`."""
    said = {"number": email.pk, "address": _mark(email)}
    return signing.dumps(said, salt=f"kith mail {purpose.value}")


def open_address(token: str, purpose: Token) -> EmailAddress:
    """Return the address that `token` was sent to for `purpose`.

    Raises:
        Http404: If kith did not sign it, it is too old, or the address was taken away.
    """
    try:
        said = signing.loads(token, salt=f"kith mail {purpose.value}", max_age=_HOLDS[purpose])
    except signing.BadSignature as error:
        raise Http404 from error
    found = EmailAddress.objects.filter(pk=said["number"]).first()
    if found is None or _mark(found) != said["address"]:
        raise Http404
    return found


def _mark(email: EmailAddress) -> str:
    """Return what tells one address from another, and nobody what it is."""
    return salted_hmac("kith mail", email.address).hexdigest()[:20]
