"""Brings "something for you" to a browser that is shut, by its push service (RFC 8030)."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext, override

from kith.web.kit import fetch
from kith.web.notices.actions.encrypting import SALT_BYTES, Reader, encrypted, raw
from kith.web.notices.actions.vouching import voucher
from kith.web.notices.models import Subscription

LIMITS: Final = fetch.Limits(max_bytes=0, max_seconds=8)
# A phone that was off for longer finds it on Tonight.
_KEPT_THERE: Final = timedelta(hours=12)
# One that was not delivered yet is replaced by the next: one on the screen, never a pile.
_TOPIC: Final = "kith"


def push(
    subscription: Subscription,
    *,
    is_urgent: bool,
    at: datetime,
    limits: fetch.Limits = LIMITS,
    carrier: fetch.Carrier,
) -> int:
    """Return the status with which a push service took in that there is something.

    Raises:
        RefusalError: If we may not go there, or nobody answers in time.
    """
    place = fetch.place_to_send(subscription.endpoint, limits)
    port = f":{place.port}" if place.port else ""
    headers = {
        "Authorization": voucher(f"{place.scheme}://{place.host}{port}", at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(_KEPT_THERE.total_seconds())),
        "Topic": _TOPIC,
        "Urgency": "high" if is_urgent else "normal",
    }
    body = encrypted(
        shown(subscription.language),
        Reader(raw(subscription.key), raw(subscription.auth)),
        salt=secrets.token_bytes(SALT_BYTES),
        own=ec.generate_private_key(ec.SECP256R1()),
    )
    return fetch.send_to(
        subscription.endpoint, body, headers=headers, limits=limits, carrier=carrier
    )


def shown(language: str) -> bytes:
    """Return all that a lock screen shows: the same for everybody, whatever it is about."""
    with override(language):
        said = {"title": settings.KITH_NAME, "body": gettext("Something for you")}
    return json.dumps(said, ensure_ascii=False).encode()
