"""By what ways somebody is told: they open one, and shut it again in one tap."""

import hashlib
import hmac
from binascii import Error as NotBase64Error
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.kit import fetch
from kith.web.notices.actions.encrypting import raw
from kith.web.notices.actions.pacing import keep_zone
from kith.web.notices.actions.pushing import LIMITS
from kith.web.notices.actions.telling import told
from kith.web.notices.models import Delivery, EmailAddress, Subscription
from kith.web.notices.models.way import ENDPOINT_MOST
from kith.web.people.models import Person, Session

# Nobody looks at more devices than that; the one told longest makes room.
SUBSCRIPTIONS_MOST = 5
_AUTH_BYTES = 16


class BadSubscriptionError(RefusalError):
    """What a browser sent is no address that we may send to."""

    def __init__(self) -> None:
        super().__init__(
            _("This browser gave an address that cannot be used. Try again, or use another way.")
        )


@transaction.atomic
def subscribe(
    *, person: Person, session: Session, sent: dict[str, str], zone: str, language: str
) -> Subscription:
    """Tell the browser of `session` from now on; it is told for one person only.

    The browser `sent` an `endpoint`, and its keys `p256dh` and `auth`.

    Raises:
        BadSubscriptionError: If that is no address on the open internet, or no key.
    """
    endpoint, key, auth = sent["endpoint"], sent["p256dh"], sent["auth"]
    _refuse_unless_usable(endpoint, key, auth)
    digest = hmac.digest(settings.SECRET_KEY.encode(), endpoint.encode(), hashlib.sha256)
    Subscription.objects.filter(endpoint_digest=digest).delete()
    Subscription.objects.filter(session=session).delete()
    made = Subscription.objects.create(
        person=person, session=session, endpoint=endpoint, endpoint_digest=digest, key=key,
        auth=auth, language=language,
    )  # fmt: skip
    kept = Subscription.objects.filter(person=person).order_by("-pk")[:SUBSCRIPTIONS_MOST]
    Subscription.objects.filter(person=person).exclude(pk__in=[one.pk for one in kept]).delete()
    keep_zone(person=person, zone=zone)
    return made


def drop_subscription(*, subscription: Subscription) -> None:
    """Tell that browser no more."""
    subscription.delete()


@transaction.atomic
def give_address(*, person: Person, address: str, zone: str, language: str) -> None:
    """Ask at `address` whether it is theirs; until somebody there says so it gets nothing else."""
    now = timezone.now()
    EmailAddress.objects.filter(person=person).delete()
    email = EmailAddress.objects.create(
        person=person, address=address, language=language, given_at=now
    )
    Delivery.objects.create(email=email, made_at=now, next_try_at=now)
    transaction.on_commit(lambda: told.send(sender=EmailAddress))
    keep_zone(person=person, zone=zone)


def confirm_address(*, email: EmailAddress, at: datetime) -> None:
    """Write to `email` from now on."""
    email.confirmed_at = at
    email.save(update_fields=["confirmed_at"])


def drop_address(*, email: EmailAddress) -> None:
    """Write there no more, and forget the address."""
    email.delete()


def _refuse_unless_usable(endpoint: str, key: str, auth: str) -> None:
    try:
        fetch.place_to_send(endpoint, LIMITS)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
        is_whole = len(raw(auth)) == _AUTH_BYTES and len(endpoint) <= ENDPOINT_MOST
    except (fetch.NotAllowedError, NotBase64Error, ValueError) as error:
        raise BadSubscriptionError from error
    if not is_whole:
        raise BadSubscriptionError
